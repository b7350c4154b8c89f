// What is kept about those who have a role: that they can be reached (45), that they are trained
// and have time for it (53), what an ambassador reports (54).
#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "workflows/assignment/assignment_commands.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/role_offices.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::assignments {
namespace {

using Event = v1::AssignmentEvent;
using State = v1::AssignmentState;

constexpr int kMostDaysPerMonth = 31;

}  // namespace

AssignmentEvents ConfirmRole(const v1::ConfirmRoleRequest& request, const State& state,
                             const Context& context) {
  ASSIGN_OR_RETURN(const std::string office, OfficeInRole(request.office(), state, context));
  RETURN_IF_ERROR(CheckSpeaksFor(office, context));
  for (const v1::RoleConfirmation& known : state.confirmations()) {
    if (known.office() == office && Compare(known.on(), context.today) >= 0) {
      return NothingToChange(fmt::format("{} confirmed on {}", office, ToString(known.on())));
    }
  }
  Event event;
  v1::RoleConfirmed& confirmed = *event.mutable_role_confirmed();
  *confirmed.mutable_confirmation()->mutable_on() = context.today;
  confirmed.mutable_confirmation()->set_office(office);
  if (context.actor.office() == office) {
    confirmed.mutable_confirmation()->set_person(context.actor.person());
  }
  *confirmed.mutable_confirm_by() = MonthsAfter(context.today, 3);
  return {{std::move(event)}};
}

AssignmentEvents RecordRoleTraining(const v1::RecordRoleTrainingRequest& request,
                                    const State& state, const Context& context) {
  Event event;
  v1::TrainingRecord& training = *event.mutable_training_recorded()->mutable_training();
  ASSIGN_OR_RETURN(*training.mutable_office(), OfficeInRole(request.office(), state, context));
  RETURN_IF_ERROR(CheckRecordsFor(training.office(), context));
  const bool known = std::any_of(
      state.trainings().begin(), state.trainings().end(), [&](const v1::TrainingRecord& other) {
        return other.person() == request.person() && other.training() == request.training() &&
               other.office() == training.office();
      });
  if (known) {
    return AlreadyThere("training",
                        fmt::format("{} has {} already", request.person(), request.training()));
  }
  training.set_person(request.person());
  training.set_training(request.training());
  *training.mutable_on() = directory::DateOr(request.on(), context.today);
  training.set_document(request.document());
  return {{std::move(event)}};
}

AssignmentEvents GrantTime(const v1::GrantTimeRequest& request, const State& state,
                           const Context& context) {
  if (request.days_per_month() < 0 || request.days_per_month() > kMostDaysPerMonth) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TOO_LITTLE_SAID,
                  fmt::format("a month does not have {} working days", request.days_per_month()))
        .Field("days_per_month")
        .Mend("Give 0 to 31.");
  }
  Event event;
  v1::GrantedTime& time = *event.mutable_time_granted()->mutable_time();
  ASSIGN_OR_RETURN(*time.mutable_office(), OfficeInRole(request.office(), state, context));
  RETURN_IF_ERROR(CheckRecordsFor(time.office(), context));
  *time.mutable_since() = directory::DateOr(request.since(), context.today);
  for (const v1::GrantedTime& before : state.granted_times()) {
    if (before.office() != time.office()) continue;
    RETURN_IF_ERROR(
        RequireAfter("since", time.since(), before.since(), "when time was granted before"));
  }
  time.set_days_per_month(request.days_per_month());
  time.set_document(request.document());
  return {{std::move(event)}};
}

AssignmentEvents ReportOnRole(const v1::ReportOnRoleRequest& request, const State& state,
                              const Context& context) {
  if (!state.has_embassy()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NO_SUCH_DUTY,
                  "only ambassadors owe reports")
        .Field("name")
        .Mend("Report where the function says so; a plan or a checklist has reports of its own.");
  }
  Event event;
  v1::RoleReported& reported = *event.mutable_role_reported();
  *reported.mutable_report()->mutable_on() = context.today;
  reported.mutable_report()->set_summary(request.summary());
  reported.mutable_report()->set_document(request.document());
  reported.mutable_report()->set_late(Before(state.report_due(), context.today));
  *reported.mutable_report_due() =
      MonthsAfter(context.today, state.embassy().report_every_months());
  return {{std::move(event)}};
}

}  // namespace kasundo::assignments
