#include "services/cli/session.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gtest/gtest.h"
#include "services/cli/problem.h"

namespace kasundo::cli {
namespace {

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() {
    std::filesystem::remove_all(folder_);
    console_.environment["HOME"] = folder_;
    console_.environment["XDG_CONFIG_HOME"] = folder_;
  }
  ~SessionTest() override { std::filesystem::remove_all(folder_); }

  void Store() {
    v1::Session session;
    session.set_server("one:1");
    session.set_token("secret");
    session.set_account("realms/calabarzon/accounts/ana");
    session.set_realm("realms/calabarzon");
    ASSERT_TRUE(SaveSession(console_, session).ok());
  }

  const std::string folder_ = ::testing::TempDir() + "session_test_" + std::to_string(getpid());
  std::stringstream in_, out_, err_;
  Console console_{in_, out_, err_, 0, false, {}, {}};
};

TEST_F(SessionTest, IsEmptyWithoutAFileAndHasDefaults) {
  const auto session = EffectiveSession(console_, {});
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->server(), kDefaultServer);
  EXPECT_EQ(session->token(), "");
}

TEST_F(SessionTest, IsReadBackAsItWasWrittenAndPrivate) {
  Store();
  const auto session = LoadSession(console_);
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->token(), "secret");
  EXPECT_EQ(session->realm(), "realms/calabarzon");
  struct stat file {};
  ASSERT_EQ(stat(SessionPath(console_).c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
}

TEST_F(SessionTest, GivesWayToTheEnvironmentAndBothToFlags) {
  Store();
  console_.environment["KASUNDO_REALM"] = "bicol";
  EXPECT_EQ(EffectiveSession(console_, {})->realm(), "realms/bicol");
  EXPECT_EQ(EffectiveSession(console_, {.realm = "realms/naga"})->realm(), "realms/naga");
  console_.environment["KASUNDO_TOKEN"] = "other";
  EXPECT_EQ(EffectiveSession(console_, {})->token(), "other");
  std::ofstream(folder_ + "/token") << "third\n";
  EXPECT_EQ(EffectiveSession(console_, {.token_file = folder_ + "/token"})->token(), "third");
}

TEST_F(SessionTest, NeverSendsATokenToAServerThatDidNotGiveIt) {
  Store();
  EXPECT_EQ(EffectiveSession(console_, {})->token(), "secret");
  EXPECT_EQ(EffectiveSession(console_, {.server = "two:2"})->token(), "");
  console_.environment["KASUNDO_SERVER"] = "two:2";
  EXPECT_EQ(EffectiveSession(console_, {})->token(), "");
}

TEST_F(SessionTest, RefusesAFileThatIsNoSession) {
  Store();
  std::ofstream(SessionPath(console_)) << "servr: one\n";
  EXPECT_EQ(ExitOf(LoadSession(console_).status()), Exit::kUsage);
}

TEST_F(SessionTest, RefusesARealmThatIsNone) {
  EXPECT_EQ(ExitOf(EffectiveSession(console_, {.realm = "committees/cmd"}).status()), Exit::kUsage);
}

}  // namespace
}  // namespace kasundo::cli
