#include "services/plans/plan_questions_service.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "kasundo/agreements/v1/obligations_events.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/plans/v1/plan_questions.pb.h"
#include "kasundo/plans/v1/reasons.pb.h"
#include "kasundo/plans/v1/slippage_policies_events.pb.h"
#include "services/plans/plan_comparison.h"
#include "services/plans/plan_progress_table.h"
#include "services/plans/plan_reading.h"
#include "services/plans/plan_trace.h"
#include "services/runtime/instance_history.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_assessment.h"
#include "workflows/plan/plan_reports.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo {
namespace {

namespace v1 = plans::v1;
using plans::NamedPlan;
using plans::PlanStateOf;
using workflows::v1::EventRecord;

std::vector<NamedPlan> Named(const std::vector<Instance>& instances) {
  std::vector<NamedPlan> named;
  for (const Instance& instance : instances) {
    named.push_back({instance.name, &PlanStateOf(instance), instance.record.lifecycle_state()});
  }
  return named;
}

v1::ComparedPlan Compared(const Instance& plan) {
  const v1::PlanState& state = PlanStateOf(plan);
  v1::ComparedPlan compared;
  compared.set_name(plan.name);
  compared.set_title(state.title());
  compared.set_position(plan.record.position());
  compared.set_state(plan.record.lifecycle_state());
  compared.set_version(state.versions_size());
  const plans::PlanTotals totals = plans::TotalsOf(state);
  compared.set_uses(totals.uses);
  compared.set_sources(totals.sources);
  compared.set_currency(state.currency());
  if (state.has_figures()) *compared.mutable_figures() = state.figures();
  return compared;
}

absl::StatusOr<v1::ComparePlansResponse> ComparePlans(const v1::ComparePlansRequest& request,
                                                      const CallContext& call) {
  RETURN_IF_ERROR(call.CheckRealm(request.left().name()));
  RETURN_IF_ERROR(call.CheckRealm(request.right().name()));
  ASSIGN_OR_RETURN(const Instance left, plans::PlanAt(request.left(), "left", call));
  ASSIGN_OR_RETURN(const Instance right, plans::PlanAt(request.right(), "right", call));
  v1::ComparePlansResponse response;
  *response.mutable_left() = Compared(left);
  *response.mutable_right() = Compared(right);
  std::vector<v1::PlanDifference> differences =
      plans::DifferencesOf(PlanStateOf(left), PlanStateOf(right));
  if (left.name == right.name) {
    // What happened between the two, whichever is the earlier.
    const auto [from, to] = std::minmax({left.record.revision(), right.record.revision()});
    ASSIGN_OR_RETURN(std::vector<EventRecord> records, plans::RecordsOf(left.name, from + 1, call));
    std::erase_if(records, [to = to](const EventRecord& record) { return record.revision() > to; });
    plans::AddReasons(records, PlanStateOf(right), differences);
  }
  for (v1::PlanDifference& difference : differences) {
    *response.add_differences() = std::move(difference);
  }
  if (response.left().currency() == response.right().currency()) {
    response.set_uses_change(plans::SumText(plans::FigureOf(response.right().uses()) -
                                            plans::FigureOf(response.left().uses())));
  }
  return response;
}

const agreements::v1::ObligationState* ObligationOf(const Instance& instance) {
  return dynamic_cast<const agreements::v1::ObligationState*>(instance.state.get());
}

absl::StatusOr<v1::GetTraceResponse> GetTrace(const v1::GetTraceRequest& request,
                                              const CallContext& call) {
  if (request.article().empty() && request.obligation().empty() && request.plan().empty() &&
      request.evidence().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TRACE_WITHOUT_START,
                  "from where shall the trace begin?")
        .Field("article")
        .Mend("Name an article, an obligation, a plan, or a document that was shown.");
  }
  ASSIGN_OR_RETURN(const std::vector<Instance> instances,
                   plans::AllPlans(request.parent(), request.plan(), call));
  std::vector<plans::TracedPlan> traced;
  std::vector<Instance> held;
  const auto remember = [&](const std::string& name) {
    const bool known = std::any_of(held.begin(), held.end(),
                                   [&](const Instance& instance) { return instance.name == name; });
    if (known) return;
    auto found = call.engine().Get(name);
    if (found.ok() && ObligationOf(*found) != nullptr) held.push_back(*std::move(found));
  };
  for (const Instance& instance : instances) {
    plans::TracedPlan& plan = traced.emplace_back();
    plan.name = instance.name;
    plan.state = &PlanStateOf(instance);
    ASSIGN_OR_RETURN(plan.records, plans::RecordsOf(instance.name, 1, call));
    for (const v1::PlanItem& item : plan.state->tree().items()) {
      for (const std::string& obligation : item.obligations()) remember(obligation);
    }
  }
  RETURN_IF_ERROR(plans::CheckTraced(request, traced));
  if (!request.obligation().empty()) remember(request.obligation());
  if (!request.article().empty()) {
    // Obligations that rest on it and that nobody plans for.
    ASSIGN_OR_RETURN(const std::vector<Instance> owed,
                     plans::AllOf("obligation", std::string(ParentOf(request.article())), call));
    for (const Instance& instance : owed) remember(instance.name);
  }
  std::map<std::string, const agreements::v1::ObligationState*> obligations;
  for (const Instance& instance : held) obligations[instance.name] = ObligationOf(instance);
  v1::GetTraceResponse response;
  for (v1::TraceRow& row : plans::TraceOf(request, traced, obligations)) {
    *response.add_rows() = std::move(row);
  }
  return response;
}

absl::StatusOr<v1::GetPlanProgressResponse> GetPlanProgress(
    const v1::GetPlanProgressRequest& request, const CallContext& call) {
  std::optional<api::v1::AsOf> as_of;
  if (request.has_as_of()) as_of = request.as_of();
  ASSIGN_OR_RETURN(const Instance plan, plans::ReadPlan(request.name(), as_of, call));
  v1::PlanState state = PlanStateOf(plan);
  plans::PolicyInUse policy;
  policy.name = state.slippage_policy();
  const auto held = call.engine().Get(policy.name, as_of);
  if (held.ok()) policy.state = dynamic_cast<const v1::SlippagePolicyState*>(held->state.get());
  CivilDate on = request.on();
  if (!request.has_on()) {
    on = state.progress().empty() && !state.has_figures() ? call.Today(RealmOf(plan.name))
                                                          : plans::LatestDay(state, MakeDate(1));
  }
  if (plans::IsReportedAfter(state, on)) {
    ASSIGN_OR_RETURN(const auto records, HistoryOf(call.engine(), plan.name, 1, as_of));
    *state.mutable_progress() = plans::ReportsUntil(records, on);
  }
  return plans::ProgressTable(state, on, policy);
}

absl::StatusOr<v1::GetUptakeResponse> GetUptake(const v1::GetUptakeRequest& request,
                                                const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance plan, plans::ReadPlan(request.name(), {}, call));
  ASSIGN_OR_RETURN(const std::vector<Instance> all,
                   plans::AllPlans(std::string(RealmOf(plan.name)), "", call));
  return plans::UptakeOf({plan.name, &PlanStateOf(plan)}, Named(all));
}

absl::StatusOr<v1::GetThemeResponse> GetTheme(const v1::GetThemeRequest& request,
                                              const CallContext& call) {
  ASSIGN_OR_RETURN(const std::vector<Instance> all, plans::AllPlans(request.parent(), "", call));
  return plans::ThemeOf(request.theme(), Named(all));
}

absl::StatusOr<v1::ListVariantsResponse> ListVariants(const v1::ListVariantsRequest& request,
                                                      const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance base, plans::ReadPlan(request.name(), {}, call));
  ASSIGN_OR_RETURN(const std::vector<Instance> all,
                   plans::AllPlans(std::string(RealmOf(base.name)), "", call));
  v1::ListVariantsResponse response;
  for (const NamedPlan& plan : Named(all)) {
    if (plan.state->provenance().variant_of() != base.name) continue;
    *response.add_variants() = plans::VariantOf(plan, PlanStateOf(base));
  }
  return response;
}

}  // namespace

void RegisterPlanQuestions(ServiceCatalog& catalog) {
  const std::string service = "kasundo.plans.v1.PlanQuestions";
  catalog.AddService(
      v1::ComparePlansRequest::descriptor()->file()->FindServiceByName("PlanQuestions"));
  catalog.Query<v1::ComparePlansRequest, v1::ComparePlansResponse>(service + ".ComparePlans",
                                                                   ComparePlans);
  catalog.Query<v1::GetTraceRequest, v1::GetTraceResponse>(service + ".GetTrace", GetTrace);
  catalog.Query<v1::GetPlanProgressRequest, v1::GetPlanProgressResponse>(
      service + ".GetPlanProgress", GetPlanProgress);
  catalog.Query<v1::GetUptakeRequest, v1::GetUptakeResponse>(service + ".GetUptake", GetUptake);
  catalog.Query<v1::GetThemeRequest, v1::GetThemeResponse>(service + ".GetTheme", GetTheme);
  catalog.Query<v1::ListVariantsRequest, v1::ListVariantsResponse>(service + ".ListVariants",
                                                                   ListVariants);
}

}  // namespace kasundo
