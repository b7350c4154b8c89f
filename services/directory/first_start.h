// A server that nobody can administer gets an administrator: the account
// realms/system/accounts/admin, with a one-time token that lives 24 hours and ends as soon as the
// account has a password or another token. Whoever starts the program on the machine may do that,
// and nobody else sees the token: it is given out here, once, and stored nowhere.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

struct OneTimeToken {
  std::string account;
  std::string token;
  absl::Time expires;
};

// nullopt if an administrator of realms/system can sign in: has a password or a token that has not
// expired. Else founds the account if it is not there and issues a token. REQUIRES: realms/system
// exists.
absl::StatusOr<std::optional<OneTimeToken>> EnsureAdministrator(Engine& engine);

}  // namespace kasundo::directory
