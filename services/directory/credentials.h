// Secrets: how passwords and tokens are made, and what is stored in their place. The only file that
// knows libsodium.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kasundo::directory {

inline constexpr size_t kPasswordBytesMin = 12;
inline constexpr size_t kPasswordBytesMax = 1024;

// Argon2id of a password in the PHC string format, at libsodium's interactive limits (64 MiB, about
// a tenth of a second). INVALID_ARGUMENT, reason PASSWORD_LENGTH; RESOURCE_EXHAUSTED if there is no
// memory for it.
absl::StatusOr<std::string> HashPassword(std::string_view password);

// Whether it is the password of that hash. With an empty hash it takes the same time and answers
// false, so that one cannot tell from outside whether an account exists.
bool PasswordMatches(std::string_view hash, std::string_view password);

// A new token: "kasundo_" and 32 random bytes in URL-safe base64.
std::string NewToken();

// SHA-256 of a token's text. A fast hash is enough: the token itself is random.
std::string HashToken(std::string_view token);

// An id for a token, unlike any other: ten random hexadecimal digits.
std::string NewTokenId();

}  // namespace kasundo::directory
