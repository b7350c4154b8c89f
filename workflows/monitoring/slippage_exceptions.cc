#include "workflows/monitoring/slippage_exceptions.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/committee/follow_up_requests.h"
#include "workflows/engine/civil_date.h"
#include "workflows/monitoring/percent.h"

namespace kasundo::monitoring {
namespace {

namespace pv1 = plans::v1;

bool AsksForAReport(const pv1::SlippageBand& band) {
  return std::any_of(band.starts().begin(), band.starts().end(), [](int action) {
    return action == pv1::BAND_ACTION_EXCEPTION_REPORT || action == pv1::BAND_ACTION_INSPECTION ||
           action == pv1::BAND_ACTION_PROBLEM_SOLVING_SESSION ||
           action == pv1::BAND_ACTION_TERMINATION_RECOMMENDED;
  });
}

// The title of an activity, or of the plan.
std::string TitleOf(const pv1::PlanState& plan, const std::string& item) {
  for (const pv1::PlanItem& one : plan.tree().items()) {
    if (one.id() == item) return one.title();
  }
  return plan.title();
}

std::string NameOfFinding(const workflows::v1::EventRecord& record, const std::string& id) {
  return fmt::format("{}/findings/{}", RealmOf(record.instance()), id);
}

// "cmd-2016-desks-icu-2016-06-30": plan, activity, band and the day of the figures, so that people
// know beforehand what it is called. Where that is taken, because the band was left and entered
// again on the same figures' day, the position of the event follows; where it is too long for an
// id, the position stands alone.
std::string IdOfException(const workflows::v1::EventRecord& record,
                          const pv1::SlippageBandEntered& entered, const Context::Lookup& related) {
  std::string id = std::string(IdOf(record.instance()));
  if (!entered.item().empty()) id += "-" + entered.item();
  id += fmt::format("-{}-{}", entered.band().id(), ToString(entered.figures().as_of()));
  if (related(NameOfFinding(record, id)) != nullptr) id += fmt::format("-{}", record.position());
  return IsValidId(id) ? id : fmt::format("exception-{}", record.position());
}

class Exceptions final : public ProcessManager {
 public:
  std::string_view name() const override { return "slippage-exceptions"; }

  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override {
    std::vector<FollowUp> follow_ups;
    const auto* event = dynamic_cast<const pv1::PlanEvent*>(&payload);
    if (event == nullptr || !event->has_slippage_band_entered()) return follow_ups;
    const pv1::SlippageBandEntered& entered = event->slippage_band_entered();
    const RelatedInstance* found = related(record.instance());
    const auto* plan =
        found == nullptr ? nullptr : dynamic_cast<const pv1::PlanState*>(found->state);
    if (plan == nullptr || !AsksForAReport(entered.band())) return follow_ups;
    Raise(record, entered, *plan, IdOfException(record, entered, related), follow_ups);
    return follow_ups;
  }

 private:
  static void Raise(const workflows::v1::EventRecord& record,
                    const pv1::SlippageBandEntered& entered, const pv1::PlanState& plan,
                    const std::string& id, std::vector<FollowUp>& follow_ups) {
    auto& request =
        committees::SendNew<v1::RaiseFindingRequest>(NameOfFinding(record, id), follow_ups);
    const pv1::SlippageFigures& figures = entered.figures();
    request.set_finding_id(id);
    request.set_title(TitleOf(plan, entered.item()));
    request.set_details(fmt::format("{}: slippage of {} percentage points. {}",
                                    entered.band().title(), InWords(figures.slippage()),
                                    entered.band().definition()));
    request.set_origin(v1::FINDING_ORIGIN_SLIPPAGE);
    request.set_about(record.instance());
    request.set_item(entered.item());
    if (!plan.territories().empty()) request.set_territory(plan.territories(0));
    request.set_implementing_office(entered.office().empty() ? plan.owner_office()
                                                             : entered.office());
    request.set_body(plan.body());
    request.set_source_of_information(
        fmt::format("{} version {}", figures.policy(), figures.policy_version()));
    v1::SlippageCause& cause = *request.mutable_slippage();
    cause.set_slippage(figures.slippage());
    cause.set_target(figures.target());
    cause.set_actual(figures.actual());
    cause.set_band(entered.band().title());
    cause.set_policy(figures.policy());
    cause.set_policy_version(figures.policy_version());
    cause.set_required_action(entered.band().follow_up());
    *cause.mutable_as_of() = figures.as_of();
  }
};

}  // namespace

std::unique_ptr<ProcessManager> SlippageExceptions() { return std::make_unique<Exceptions>(); }

}  // namespace kasundo::monitoring
