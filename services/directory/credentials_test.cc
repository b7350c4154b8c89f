#include "services/directory/credentials.h"

#include "gtest/gtest.h"
#include "tests/support/test_engine.h"
#include "workflows/engine/refusal.h"

namespace kasundo::directory {
namespace {

TEST(Credentials, HashesPasswordsWithArgon2id) {
  const auto hash = HashPassword("correct horse battery");
  ASSERT_TRUE(hash.ok());
  EXPECT_EQ(hash->rfind("$argon2id$v=19$m=65536,t=2,p=1$", 0), 0u) << *hash;
  EXPECT_TRUE(PasswordMatches(*hash, "correct horse battery"));
  EXPECT_FALSE(PasswordMatches(*hash, "correct horse batterz"));
  EXPECT_FALSE(PasswordMatches("", "correct horse battery"));
  EXPECT_FALSE(PasswordMatches("", "nobody has this password"));
}

TEST(Credentials, SaltPasswords) {
  EXPECT_NE(*HashPassword("correct horse battery"), *HashPassword("correct horse battery"));
}

TEST(Credentials, RefuseShortAndEndlessPasswords) {
  EXPECT_REFUSED(HashPassword("elevenbytes").status(), absl::StatusCode::kInvalidArgument,
                 "PASSWORD_LENGTH");
  EXPECT_REFUSED(HashPassword(std::string(1025, 'x')).status(), absl::StatusCode::kInvalidArgument,
                 "PASSWORD_LENGTH");
}

TEST(Credentials, MakeTokensOfThirtyTwoRandomBytes) {
  const std::string token = NewToken();
  EXPECT_EQ(token.rfind("kasundo_", 0), 0u);
  EXPECT_EQ(token.size(), 8u + 43u);
  EXPECT_NE(token, NewToken());
  EXPECT_EQ(HashToken(token).size(), 32u);
  EXPECT_EQ(HashToken(token), HashToken(token));
  EXPECT_EQ(NewTokenId().size(), 10u);
}

}  // namespace
}  // namespace kasundo::directory
