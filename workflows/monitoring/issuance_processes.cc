#include "workflows/monitoring/issuance_processes.h"

#include <string>

#include "fmt/format.h"
#include "kasundo/monitoring/v1/checklists_service.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "kasundo/monitoring/v1/issuances_service.pb.h"
#include "kasundo/monitoring/v1/monitoring_follow_ups.pb.h"
#include "workflows/committee/follow_up_requests.h"
#include "workflows/engine/civil_date.h"
#include "workflows/monitoring/reporting_period.h"

namespace kasundo::monitoring {
namespace {

using committees::FollowUps;
using committees::Send;
using committees::SendNew;
using google::protobuf::Message;
using workflows::v1::EventRecord;

class ChecklistIssuing final : public ProcessManager {
 public:
  std::string_view name() const override { return "checklist-issuing"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::IssuanceEvent*>(&payload);
    if (event == nullptr || !event->has_units_reached()) return follow_ups;
    for (const std::string& unit : event->units_reached().units()) {
      auto& request = SendNew<v1::OpenChecklistRequest>(
          fmt::format("{}/checklists/{}", record.instance(), IdOf(unit)), follow_ups);
      request.set_checklist_id(std::string(IdOf(unit)));
      request.set_unit(unit);
    }
    return follow_ups;
  }
};

const v1::IssuanceState* IssuanceIn(const RelatedInstance* found) {
  return found == nullptr ? nullptr : dynamic_cast<const v1::IssuanceState*>(found->state);
}

// An issuance that goes on with a series is entered in the one before, once it has begun: a series
// whose next issuance was refused stays open.
class SeriesLinking final : public ProcessManager {
 public:
  std::string_view name() const override { return "series-linking"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::IssuanceEvent*>(&payload);
    if (event == nullptr || !event->has_issuance_begun()) return follow_ups;
    const std::string& before = event->issuance_begun().follows();
    const RelatedInstance* found = before.empty() ? nullptr : related(before);
    // One that was closed meanwhile takes nothing more.
    if (IssuanceIn(found) != nullptr && found->lifecycle_state != "closed") {
      Send<v1::LinkNextIssuanceRequest>(before, follow_ups).set_next(record.instance());
    }
    return follow_ups;
  }
};

class IssuanceSteps final : public ProcessManager {
 public:
  std::string_view name() const override { return "issuance-steps"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const workflows::v1::EngineEvent*>(&payload);
    if (event == nullptr || record.kind() != "issuance" || !event->has_deadline_reached()) {
      return follow_ups;
    }
    const std::string& deadline = event->deadline_reached().deadline();
    if (deadline == "next-units") {
      Send<v1::IssueNextUnitsRequest>(record.instance(), follow_ups);
    } else if (deadline == "next-period") {
      const v1::IssuanceState* state = IssuanceIn(related(record.instance()));
      if (state != nullptr) Continue(record.instance(), state->settings(), related, follow_ups);
    }
    return follow_ups;
  }

 private:
  static void Continue(const std::string& instance, const v1::IssuanceBegun& settings,
                       const Context::Lookup& related, FollowUps& follow_ups) {
    const CivilDate day = FromDay(Last(settings.period().until()) + 1);
    const std::string id =
        fmt::format("{}-{}", settings.series(), PeriodAround(settings.cadence(), day).id());
    const std::string next = fmt::format("{}/issuances/{}", ParentOf(instance), id);
    // The oversight body may have begun it by hand.
    const v1::IssuanceState* begun = IssuanceIn(related(next));
    if (begun != nullptr && begun->settings().series() == settings.series() &&
        begun->settings().oversight_body() == settings.oversight_body()) {
      Send<v1::LinkNextIssuanceRequest>(instance, follow_ups).set_next(next);
      return;
    }
    auto& request = SendNew<v1::BeginIssuanceRequest>(next, follow_ups);
    request.set_issuance_id(id);
    request.set_title(settings.title());
    request.set_series(settings.series());
    request.set_checklist_template(settings.checklist_template());
    request.set_cadence(settings.cadence());
    *request.mutable_period() = day;
    *request.mutable_units() = settings.units();
    *request.mutable_riders() = settings.riders();
    request.set_oversight_body(settings.oversight_body());
    request.set_validating_level(settings.validating_level());
    request.set_due_days(settings.due_days());
    request.set_remind_days(settings.remind_days());
    request.set_close_days(settings.close_days());
    request.set_follows(instance);
  }
};

}  // namespace

std::vector<std::unique_ptr<ProcessManager>> IssuanceProcesses() {
  std::vector<std::unique_ptr<ProcessManager>> processes;
  processes.push_back(std::make_unique<ChecklistIssuing>());
  processes.push_back(std::make_unique<IssuanceSteps>());
  processes.push_back(std::make_unique<SeriesLinking>());
  return processes;
}

}  // namespace kasundo::monitoring
