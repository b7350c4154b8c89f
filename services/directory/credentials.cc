#include "services/directory/credentials.h"

#include <sodium.h>

#include <array>

#include "fmt/format.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/engine/check.h"
#include "workflows/engine/refusal.h"

namespace kasundo::directory {
namespace {

constexpr std::string_view kTokenPrefix = "kasundo_";

void BeginSodium() {
  static const bool begun = sodium_init() >= 0;
  KASUNDO_CHECK(begun);
}

absl::StatusOr<std::string> Argon2id(std::string_view password) {
  BeginSodium();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(),
                            crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return absl::ResourceExhaustedError("not enough memory to hash a password; try again");
  }
  return std::string(hash.data());
}

// What passwords of accounts that do not exist are compared with.
const std::string& NobodysHash() {
  static const std::string hash = Argon2id("nobody has this password").value_or("");
  return hash;
}

}  // namespace

absl::StatusOr<std::string> HashPassword(std::string_view password) {
  if (password.size() < kPasswordBytesMin || password.size() > kPasswordBytesMax) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PASSWORD_LENGTH,
                  fmt::format("the password has {} bytes; {} to {} are needed", password.size(),
                              kPasswordBytesMin, kPasswordBytesMax))
        .Field("password")
        .Mend("Four or five words that do not belong together are long enough and easy to keep.");
  }
  return Argon2id(password);
}

bool PasswordMatches(std::string_view hash, std::string_view password) {
  BeginSodium();
  const std::string against(hash.empty() ? NobodysHash() : hash);
  const bool same =
      crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !hash.empty();
}

std::string NewToken() {
  BeginSodium();
  std::array<unsigned char, 32> random{};
  randombytes_buf(random.data(), random.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), random.data(), random.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return fmt::format("{}{}", kTokenPrefix, text.data());
}

std::string HashToken(std::string_view token) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(token.data()), token.size());
  return hash;
}

std::string NewTokenId() {
  BeginSodium();
  std::array<unsigned char, 5> random{};
  randombytes_buf(random.data(), random.size());
  std::string text(random.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), random.data(), random.size());
  text.pop_back();
  return text;
}

}  // namespace kasundo::directory
