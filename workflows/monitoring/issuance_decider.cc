#include "workflows/monitoring/issuance_decider.h"

#include <set>

#include "absl/time/time.h"
#include "fmt/format.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_events.pb.h"
#include "kasundo/monitoring/v1/issuances_service.pb.h"
#include "kasundo/monitoring/v1/monitoring_follow_ups.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/committee/instants.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/issued_units.h"
#include "workflows/monitoring/oversight.h"
#include "workflows/monitoring/reporting_period.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using State = v1::IssuanceState;
using Decision = absl::StatusOr<std::vector<v1::IssuanceEvent>>;

constexpr int kDueDays = 15;
constexpr int kRemindDays = 5;
constexpr int kCloseDays = 30;
constexpr int kMostNamedUnits = 5'000;

// The version that goes out. TEMPLATE_NOT_VALIDATED if no body has validated any (requirement 77).
absl::StatusOr<int32_t> IssuableVersion(const std::string& name, const std::string& field,
                                        const Context& context) {
  const auto* found = context.Related<v1::ChecklistTemplateState>(name);
  if (found != nullptr && found->issuable_version() != 0) return found->issuable_version();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEMPLATE_NOT_VALIDATED,
                fmt::format("no version of {} is validated and in use", name))
      .Field(field)
      .Mend("Let its body validate it first.")
      .With("template", name);
}

Refuse UnitTwice(const std::string& field, std::string_view unit, std::string what) {
  Refuse refusal(absl::StatusCode::kInvalidArgument, v1::REASON_UNIT_TWICE, std::move(what));
  refusal.Field(field).With("unit", unit);
  return refusal;
}

// Each unit gets one checklist, called as the unit. `day`: the last of the period.
absl::Status CheckUnits(const v1::UnitSet& units, const CivilDate& day, const Context& context) {
  const bool by_tree = !units.within().empty() && !units.levels().empty();
  if ((units.units().empty() && !by_tree) || units.units_size() > kMostNamedUnits) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NO_UNITS,
                  "it is not said who gets a checklist")
        .Field("units")
        .Mend("Name up to 5,000 units, or territories and the levels within them.");
  }
  std::set<std::string_view> ids;
  for (const std::string& unit : units.units()) {
    if (!ids.insert(IdOf(unit)).second) {
      return UnitTwice("units.units", unit,
                       fmt::format("{} is named twice, or another unit with its id is", unit))
          .Mend("Name each unit once.");
    }
    // The territory that is the unit, or that has its id.
    const std::string territory =
        fmt::format("{}/territories/{}", RealmOf(context.instance), IdOf(unit));
    if (IsReached(units, territory, day, context.lookup)) {
      return UnitTwice(
                 "units.units", unit,
                 fmt::format("{} gets a checklist already, within a named territory", territory))
          .Mend("Leave the unit out.");
    }
  }
  std::set<std::string_view> roots;
  for (const std::string& root : units.within()) {
    if (roots.insert(root).second) continue;
    return UnitTwice("units.within", root, fmt::format("{} is named twice", root))
        .Mend("Name each territory once.");
  }
  // A root within another root would be reached twice.
  for (const std::string& root : units.within()) {
    const auto around = TerritoriesAround(context.lookup, root, day);
    for (size_t i = 1; i < around.size(); ++i) {
      if (!roots.contains(around[i])) continue;
      return UnitTwice("units.within", root, fmt::format("{} lies within {}", root, around[i]))
          .Mend("Name only the larger one.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckMayIssue(const std::string& body, const Context& context) {
  if (context.actor.administrator() || context.actor.system() || ActsForBody(context, body)) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_IN_CHAIN,
                fmt::format("only the secretariat or the presider of {} issues in its name", body))
      .Field("oversight_body")
      .Mend("Ask them, or name the body for which you act.");
}

// "profiles" of "profiles-2016-q1".
std::string SeriesOf(std::string_view id, std::string_view period) {
  const std::string end = fmt::format("-{}", period);
  if (id.ends_with(end)) id.remove_suffix(end.size());
  return std::string(id);
}

// A series goes on after an issuance that nothing follows yet, by whoever issued that.
// NOT_THE_TIME, NOT_IN_CHAIN, DATE_OUT_OF_ORDER.
absl::Status CheckFollows(const v1::BeginIssuanceRequest& request, const CivilDate& from,
                          const Context& context) {
  const auto* before = context.Related<State>(request.follows());
  if (before == nullptr || !before->has_next_after()) {
    const bool followed = before != nullptr && !before->next().empty();
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_THE_TIME,
                  followed ? fmt::format("{} follows it already", before->next())
                           : fmt::format("the series of {} has ended", request.follows()))
        .Field("follows")
        .Mend("Name the last issuance of a series that goes on, or leave it out to begin another.");
  }
  RETURN_IF_ERROR(CheckMayIssue(before->settings().oversight_body(), context));
  const CivilDate& until = before->settings().period().until();
  if (Before(until, from)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                fmt::format("{} reports on the time until {}", request.follows(), ToString(until)))
      .Field("period")
      .Mend("Give a day of a later period.");
}

std::string SeriesOf(const v1::BeginIssuanceRequest& request, const v1::ReportingPeriod& period,
                     const Context& context) {
  if (!request.series().empty()) return request.series();
  const auto* before =
      request.follows().empty() ? nullptr : context.Related<State>(request.follows());
  if (before != nullptr) return before->settings().series();
  return SeriesOf(IdOf(context.instance), period.id());
}

// A core and its riders are one checklist, and the figures of all units come together.
absl::Status CheckRidersApart(const v1::IssuanceBegun& begun, const Context& context) {
  v1::ChecklistState asked_of;
  asked_of.set_checklist_template(begun.checklist_template());
  asked_of.set_template_version(begun.template_version());
  for (const v1::IssuedRider& issued : begun.riders()) {
    v1::AttachedRider& rider = *asked_of.add_riders();
    rider.set_rider(issued.rider());
    rider.set_version(issued.version());
  }
  return CheckApart(ItemsOf(context.lookup, asked_of), "riders");
}

absl::StatusOr<v1::IssuanceBegun> Settings(const v1::BeginIssuanceRequest& request,
                                           const Context& context) {
  v1::IssuanceBegun begun;
  begun.set_title(request.title());
  begun.set_checklist_template(request.checklist_template());
  ASSIGN_OR_RETURN(const int32_t version,
                   IssuableVersion(request.checklist_template(), "checklist_template", context));
  begun.set_template_version(version);
  begun.set_cadence(request.cadence() == v1::REPORTING_CADENCE_UNSPECIFIED
                        ? v1::REPORTING_CADENCE_QUARTERLY
                        : request.cadence());
  *begun.mutable_period() =
      PeriodAround(begun.cadence(), request.has_period() ? request.period() : context.today);
  if (!request.follows().empty()) {
    RETURN_IF_ERROR(CheckFollows(request, begun.period().from(), context));
  }
  begun.set_follows(request.follows());
  begun.set_series(SeriesOf(request, begun.period(), context));
  *begun.mutable_units() = request.units();
  for (const v1::IssuedRider& asked : request.riders()) {
    v1::IssuedRider& rider = *begun.add_riders();
    rider = asked;
    const auto* state = context.Related<v1::ChecklistTemplateState>(asked.rider());
    if (state == nullptr || state->rider_to() != request.checklist_template()) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NOT_A_RIDER,
                    fmt::format("{} is no rider to this template", asked.rider()))
          .Field("riders")
          .Mend("Name a template that is a rider to the one that is issued.");
    }
    ASSIGN_OR_RETURN(const int32_t rider_version,
                     IssuableVersion(asked.rider(), "riders", context));
    rider.set_version(rider_version);
  }
  RETURN_IF_ERROR(CheckRidersApart(begun, context));
  begun.set_oversight_body(request.oversight_body());
  begun.set_validating_level(request.validating_level());
  begun.set_due_days(request.due_days() == 0 ? kDueDays : request.due_days());
  begun.set_remind_days(request.remind_days() == 0 ? kRemindDays : request.remind_days());
  begun.set_close_days(request.close_days() == 0 ? kCloseDays : request.close_days());
  if (begun.due_days() < 0 || begun.remind_days() < 0 || begun.close_days() < 0 ||
      begun.remind_days() > begun.due_days()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("{} days to the due day, reminded {} days before, closed {} after",
                              begun.due_days(), begun.remind_days(), begun.close_days()))
        .Field("remind_days")
        .Mend("Remind between the end of the period and the due day; give no negative days.");
  }
  const absl::CivilDay due = Last(begun.period().until()) + begun.due_days();
  *begun.mutable_due_on() = FromDay(due);
  *begun.mutable_remind_on() = FromDay(due - begun.remind_days());
  *begun.mutable_close_on() = FromDay(due + begun.close_days());
  return begun;
}

// The units reached with one command, and whether that was all.
void GoOn(const State& state, const Context& context, std::vector<v1::IssuanceEvent>& events) {
  NextUnits next = UnitsAfter(state, context);
  const int issued = state.issued() + next.reached.units_size();
  if (!next.done) {
    *next.reached.mutable_next_time() =
        committees::TimestampOf(context.now + absl::Milliseconds(1));
  }
  *events.emplace_back().mutable_units_reached() = std::move(next.reached);
  if (next.done) events.emplace_back().mutable_issuance_completed()->set_issued(issued);
}

Decision BeginIssuance(const v1::BeginIssuanceRequest& request, const State& state,
                       const Context& context) {
  RETURN_IF_ERROR(CheckMayIssue(request.oversight_body(), context));
  ASSIGN_OR_RETURN(v1::IssuanceBegun settings, Settings(request, context));
  RETURN_IF_ERROR(CheckUnits(request.units(), settings.period().until(), context));
  std::vector<v1::IssuanceEvent> events(1);
  *events.front().mutable_issuance_begun() = std::move(settings);
  GoOn(Issuance::Evolve(state, events.front()), context, events);
  return events;
}

Decision IssueNextUnits(const v1::IssueNextUnitsRequest&, const State& state,
                        const Context& context) {
  RETURN_IF_ERROR(CheckMayIssue(state.settings().oversight_body(), context));
  std::vector<v1::IssuanceEvent> events;
  GoOn(state, context, events);
  return events;
}

Decision LinkNextIssuance(const v1::LinkNextIssuanceRequest& request, const State&,
                          const Context&) {
  v1::IssuanceEvent event;
  event.mutable_series_continued()->set_next(request.next());
  return {{std::move(event)}};
}

Decision EndSeries(const v1::EndSeriesRequest&, const State& state, const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  if (!state.has_next_after()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_THE_TIME,
                  state.next().empty() ? "the series has ended already"
                                       : fmt::format("{} has followed already", state.next()))
        .Mend("End the series in its last issuance.");
  }
  v1::IssuanceEvent event;
  event.mutable_series_ended()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State Issuance::Evolve(State state, const Event& event) {
  using E = v1::IssuanceEvent;
  switch (event.event_case()) {
    case E::kIssuanceBegun:
      *state.mutable_settings() = event.issuance_begun();
      if (state.settings().cadence() != v1::REPORTING_CADENCE_ONCE) {
        *state.mutable_next_after() = state.settings().period().until();
      }
      break;
    case E::kUnitsReached: {
      const v1::UnitsReached& reached = event.units_reached();
      *state.mutable_places() = reached.places();
      state.set_begun(reached.begun());
      state.set_issued(state.issued() + reached.units_size());
      if (reached.has_next_time()) {
        *state.mutable_next_time() = reached.next_time();
      } else {
        state.clear_next_time();
      }
      break;
    }
    case E::kIssuanceCompleted:
      break;
    case E::kSeriesContinued:
      state.set_next(event.series_continued().next());
      state.clear_next_after();
      break;
    case E::kSeriesEnded:
      state.set_ended_reason(event.series_ended().reason());
      state.clear_next_after();
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Issuance::Traits() {
  static const KindTraits traits{"issuance", "issuances", ""};
  return traits;
}

const std::vector<CommandCase<Issuance>>& Issuance::Commands() {
  static const std::vector<CommandCase<Issuance>> cases = {
      On(&BeginIssuance, {"IssuanceBegun", "UnitsReached", "IssuanceCompleted"}),
      On(&IssueNextUnits, {"UnitsReached", "IssuanceCompleted"}),
      On(&LinkNextIssuance, {"SeriesContinued"}),
      On(&EndSeries, {"SeriesEnded"}),
  };
  return cases;
}

const std::vector<RoleCase<Issuance>>& Issuance::Roles() {
  static const std::vector<RoleCase<Issuance>> roles = {
      {"oversight-body", "who presides the topmost body of the chain, or is its secretariat",
       [](const State& state, const Context& context) {
         const std::string& body = state.settings().oversight_body();
         return !body.empty() && ActsForBody(context, body);
       }},
  };
  return roles;
}

const std::vector<GuardCase<Issuance>>& Issuance::Guards() {
  static const std::vector<GuardCase<Issuance>> guards;
  return guards;
}

}  // namespace kasundo::monitoring
