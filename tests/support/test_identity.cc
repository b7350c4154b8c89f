#include "tests/support/test_identity.h"

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/context.h"
#include "workflows/engine/refusal.h"

namespace kasundo::testing {

absl::StatusOr<Caller> TestIdentity::Authenticate(std::string_view token) const {
  if (CollectionOf(token) != "accounts" || IdOf(token) == "nobody") {
    return Refuse(absl::StatusCode::kUnauthenticated, api::v1::REASON_IDENTITY_REQUIRED,
                  "the token is not known")
        .Mend("Send the name of an account as the token.");
  }
  Caller caller;
  caller.account = token;
  caller.person = fmt::format("{}/people/{}", RealmOf(token), IdOf(token));
  caller.administrator = IdOf(token).ends_with("admin");
  caller.offices = {fmt::format("{}/offices/{}", RealmOf(token), IdOf(token))};
  return caller;
}

absl::StatusOr<workflows::v1::Actor> TestIdentity::ActIn(const Caller& caller,
                                                         std::string_view office,
                                                         const api::v1::CivilDate& day) const {
  const bool gone = IdOf(caller.account).starts_with("former-") && day.year() > 2015;
  if (!office.empty() && (gone || office != caller.offices.front())) {
    return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_NOT_HOLDER_OF_OFFICE,
                  fmt::format("{} does not hold {}", caller.account, office))
        .Mend("Act in an office of the account.");
  }
  workflows::v1::Actor actor;
  actor.set_account(caller.account);
  actor.set_person(caller.person);
  actor.set_office(caller.offices.front());
  actor.set_organisation(fmt::format("{}/organisations/test", RealmOf(caller.account)));
  actor.set_administrator(caller.administrator);
  return actor;
}

}  // namespace kasundo::testing
