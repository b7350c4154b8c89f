// An identity for tests: the token is the account, and what an account may do follows from its
// name.
//
//   realms/test/accounts/ana            ana, holder of realms/test/offices/ana
//   realms/test/accounts/ana-admin      an administrator
//   realms/test/accounts/former-ben     held realms/test/offices/former-ben until the end of 2015
// Every account is the person of its id and holds the office of its id, in
// realms/<realm>/organisations/test; "nobody" is refused.
#pragma once

#include "services/runtime/identity.h"

namespace kasundo::testing {

class TestIdentity : public Identity {
 public:
  absl::StatusOr<Caller> Authenticate(std::string_view token) const override;
  absl::StatusOr<workflows::v1::Actor> ActIn(const Caller& caller, std::string_view office,
                                             const api::v1::CivilDate& day) const override;
};

}  // namespace kasundo::testing
