#include "workflows/agreement/agreement_checks.h"

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

absl::Status NotOfTheParty(const v1::Party& party, const Context& context) {
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_OF_THE_PARTY,
                fmt::format("you do not act for {}", NameOfParty(party, context)))
      .Field("party_id")
      .Mend("Act in an office of the party, or let the party appoint your office as its helper.")
      .With("party", party.id());
}

bool ActsForAll(const Context& context) {
  return context.actor.administrator() || context.actor.system();
}

}  // namespace

v1::AgreementEvent NewEvent(const Context& context) {
  v1::AgreementEvent event;
  *event.mutable_on() = context.today;
  event.set_entered_late(context.entered_late);
  return event;
}

absl::StatusOr<const v1::Party*> FindPartyOr(const AgreementState& state, std::string_view field,
                                             std::string_view party_id) {
  if (const v1::Party* party = FindParty(state, party_id)) return party;
  std::vector<std::string> ids;
  for (const v1::Party* party : PartiesOf(state)) ids.push_back(party->id());
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_PARTY_NOT_FOUND,
                fmt::format("there is no party \"{}\"", party_id))
      .Field(field)
      .Mend(fmt::format("Name one of: {}.", fmt::join(ids, ", ")))
      .With("party", party_id);
}

absl::StatusOr<v1::ActingFor> ActAs(const AgreementState& state, std::string_view party_id,
                                    v1::HelperScope scope, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, FindPartyOr(state, "party_id", party_id));
  v1::ActingFor acting;
  acting.set_party(party->id());
  if (ActsForAll(context) || IsOfParty(*party, context)) return acting;
  // Rule 38: both names and the scope stand on every act of a helper.
  if (!HelpsParty(*party, scope, context)) return NotOfTheParty(*party, context);
  acting.set_helper_office(context.actor.office());
  acting.set_scope(scope);
  return acting;
}

absl::StatusOr<const v1::Party*> ActAsOwn(const AgreementState& state, std::string_view party_id,
                                          const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, FindPartyOr(state, "party_id", party_id));
  if (ActsForAll(context) || IsOfParty(*party, context)) return party;
  return NotOfTheParty(*party, context);
}

std::string Count(size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace kasundo::agreements
