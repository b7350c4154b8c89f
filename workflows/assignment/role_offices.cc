#include "workflows/assignment/role_offices.h"

#include "fmt/format.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/tenures.h"

namespace kasundo::assignments {

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

}  // namespace kasundo::assignments
