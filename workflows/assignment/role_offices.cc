#include "workflows/assignment/role_offices.h"

#include "fmt/format.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/term.h"

namespace kasundo::assignments {
namespace {

Refuse NotYoursToSay(const std::string& office, std::string_view mend) {
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_YOURS_TO_SAY,
                fmt::format("only who acts in {} may say so", office))
      .Field("office")
      .Mend(mend)
      .With("office", office);
}

}  // namespace

bool HasRole(const v1::AssignmentState& state, const std::string& office, const Context& context) {
  const v1::Tenure* now = TenureOn(state.tenures(), context.today);
  const v1::Tenure* last = LastTenure(state.tenures());
  return (now != nullptr && IsAnswerable(now->offices(), office)) ||
         (last != nullptr && IsAnswerable(last->offices(), office));
}

absl::StatusOr<std::string> OfficeInRole(const std::string& office,
                                         const v1::AssignmentState& state, const Context& context) {
  if (office.empty()) {
    if (HasRole(state, context.actor.office(), context)) return context.actor.office();
    return LastTenure(state.tenures())->offices().accountable();
  }
  if (HasRole(state, office, context)) return office;
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_ASSIGNED,
                fmt::format("{} neither is accountable nor responsible here", office))
      .Field("office")
      .Mend("Name one of the offices that are.")
      .With("office", office);
}

absl::Status CheckSpeaksFor(const std::string& office, const Context& context) {
  if (context.actor.office() == office || ActsForAll(context)) return absl::OkStatus();
  return NotYoursToSay(office, "Act in that office, or let it, or an administrator, do it.");
}

absl::Status CheckRecordsFor(const std::string& office, const Context& context) {
  const std::string& organisation = context.actor.organisation();
  if (!organisation.empty() && organisation == OrganisationOfOffice(office, context)) {
    return absl::OkStatus();
  }
  if (context.actor.office() == office || ActsForAll(context)) return absl::OkStatus();
  return NotYoursToSay(office, "Act in that office or in another one of its organisation.");
}

std::string OrganisationOfOffice(const std::string& office, const Context& context) {
  const auto* found = context.Related<directory::v1::OfficeState>(office);
  return found == nullptr ? "" : directory::OrganisationOn(*found, context.today);
}

}  // namespace kasundo::assignments
