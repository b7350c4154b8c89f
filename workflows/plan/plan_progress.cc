// What was done: reports of the responsible offices, their correction, slippage.
#include <algorithm>

#include "fmt/format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_assessment.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_commands.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

absl::Status CheckResponsible(const v1::PlanItem& activity, std::string_view field,
                              const Context& context) {
  if (context.actor.administrator() || context.actor.system() ||
      (!activity.owner_office().empty() && activity.owner_office() == context.actor.office())) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_RESPONSIBLE,
                fmt::format("{} is responsible for \"{}\"", activity.owner_office(), activity.id()))
      .Field(field)
      .Mend("Act in the responsible office, or leave the report to it.")
      .With("responsible", activity.owner_office());
}

absl::Status CheckFinancials(const v1::PlanItem& activity, const v1::Financials& financials,
                             const std::string& field, const PlanState& state) {
  RETURN_IF_ERROR(CheckCurrency(fmt::format("{}.currency", field), financials.currency()));
  const std::string& currency = activity.has_cost() ? activity.cost().currency() : state.currency();
  if (financials.currency() != currency) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CURRENCY_INVALID,
                  fmt::format("the activity is planned in {}, not in {}", currency,
                              financials.currency()))
        .Field(fmt::format("{}.currency", field))
        .Mend("Report in the currency in which it was planned.");
  }
  const std::pair<const char*, const std::string&> figures[] = {
      {"appropriations", financials.appropriations()},
      {"allotment", financials.allotment()},
      {"obligations", financials.obligations()},
      {"disbursements", financials.disbursements()}};
  for (const auto& [name, text] : figures) {
    if (text.empty()) continue;
    v1::Money money;
    money.set_amount(text);
    money.set_currency(currency);
    const absl::Status status = CheckMoney(fmt::format("{}.{}", field, name), money);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status HasIndicator(const v1::PlanItem& activity, const std::string& indicator,
                          const std::string& field) {
  if (FindById(activity.indicators(), indicator) != nullptr) return absl::OkStatus();
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_INDICATOR_NOT_FOUND,
                fmt::format("\"{}\" has no indicator \"{}\"", activity.id(), indicator))
      .Field(field)
      .Mend("Name an indicator of the activity as the approved plan has it.");
}

// Everything that can be said against a report but its day.
absl::Status CheckReport(const v1::ActivityReport& report, const v1::PlanItem& activity,
                         const std::string& field, const PlanState& state) {
  RETURN_IF_ERROR(ReadPercent(fmt::format("{}.percent", field), report.percent()).status());
  if (report.has_financials()) {
    RETURN_IF_ERROR(
        CheckFinancials(activity, report.financials(), fmt::format("{}.financials", field), state));
  }
  for (int i = 0; i < report.indicators_size(); ++i) {
    const std::string at = fmt::format("{}.indicators[{}]", field, i);
    RETURN_IF_ERROR(HasIndicator(activity, report.indicators(i).indicator(), at + ".indicator"));
    RETURN_IF_ERROR(ReadFigure(at + ".value", report.indicators(i).value()).status());
  }
  for (int i = 0; i < report.evidence_size(); ++i) {
    const std::string& indicator = report.evidence(i).indicator();
    if (indicator.empty()) continue;
    RETURN_IF_ERROR(
        HasIndicator(activity, indicator, fmt::format("{}.evidence[{}].indicator", field, i)));
  }
  if (report.employed_women() < 0 || report.employed_men() < 0) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                  "fewer than nobody cannot have got work")
        .Field(fmt::format("{}.{}", field,
                           report.employed_women() < 0 ? "employed_women" : "employed_men"))
        .Mend("Give the number of people, or leave it out if nobody knows.");
  }
  return absl::OkStatus();
}

const v1::ActivityProgress* LatestOf(const PlanState& state, const std::string& item) {
  for (const v1::ActivityProgress& progress : state.progress()) {
    if (progress.item() == item) return &progress;
  }
  return nullptr;
}

v1::ActivityProgress MakeProgress(const v1::ActivityReport& report, const v1::PlanItem& activity,
                                  const CivilDate& as_of, const PlanState& state,
                                  const Context& context) {
  v1::ActivityProgress progress;
  progress.set_item(activity.id());
  *progress.mutable_report() = report;
  progress.set_office(activity.owner_office());
  Physical physical;
  physical.target = TargetOn(activity, as_of);
  physical.actual = FigureOf(report.percent());
  *progress.mutable_figures() = FiguresOf(physical, as_of, PolicyOf(state, context));
  return progress;
}

}  // namespace

PlanEvents ReportActivities(const v1::ReportActivitiesRequest& request, const PlanState& state,
                            const Context& context) {
  const CivilDate& as_of = request.has_as_of() ? request.as_of() : context.today;
  RETURN_IF_ERROR(CheckNotAhead("as_of", as_of, context));
  std::vector<v1::PlanEvent> events;
  for (int i = 0; i < request.reports_size(); ++i) {
    const v1::ActivityReport& report = request.reports(i);
    const std::string field = fmt::format("reports[{}]", i);
    ASSIGN_OR_RETURN(const v1::PlanItem* activity,
                     FindActivityOr(ApprovedTree(state), field + ".item", report.item()));
    RETURN_IF_ERROR(CheckResponsible(*activity, field + ".item", context));
    RETURN_IF_ERROR(CheckReport(report, *activity, field, state));
    for (int j = 0; j < i; ++j) {
      if (request.reports(j).item() == report.item()) {
        return AlreadyThere(field + ".item",
                            fmt::format("\"{}\" stands twice in this report", report.item()));
      }
    }
    const v1::ActivityProgress* latest = LatestOf(state, report.item());
    if (latest != nullptr && Last(latest->figures().as_of()) == Last(as_of)) {
      return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ALREADY_REPORTED,
                    fmt::format("\"{}\" was reported for {}: {} percent", report.item(),
                                ToString(as_of), latest->report().percent()))
          .Field(field + ".item")
          .Mend("Correct that report, with the reason (CorrectActivityReport).");
    }
    v1::ProgressReported& reported = *events.emplace_back().mutable_progress_reported();
    *reported.mutable_progress() = MakeProgress(report, *activity, as_of, state, context);
    reported.set_superseded(latest != nullptr && Last(as_of) < Last(latest->figures().as_of()));
  }
  AppendAssessment(state, as_of, JudgeWhole::kOnceAllHaveReported, context, events);
  return events;
}

PlanEvents CorrectActivityReport(const v1::CorrectActivityReportRequest& request,
                                 const PlanState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const v1::ActivityReport& report = request.report();
  ASSIGN_OR_RETURN(const v1::PlanItem* activity,
                   FindActivityOr(ApprovedTree(state), "report.item", report.item()));
  RETURN_IF_ERROR(CheckResponsible(*activity, "report.item", context));
  RETURN_IF_ERROR(CheckReport(report, *activity, "report", state));
  const v1::ActivityProgress* latest = LatestOf(state, report.item());
  if (latest == nullptr || Last(latest->figures().as_of()) != Last(request.as_of())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_REPORT_NOT_FOUND,
                  latest == nullptr
                      ? fmt::format("\"{}\" was never reported on", report.item())
                      : fmt::format("the latest report of \"{}\" is of {}", report.item(),
                                    ToString(latest->figures().as_of())))
        .Field("as_of")
        .Mend(
            "Correct the latest report of the activity; for an earlier day report anew "
            "(ReportActivities with that `as_of`): the last word on a day counts for it.");
  }
  if (latest->report().SerializeAsString() == report.SerializeAsString()) {
    return NothingToChange("the report says this already");
  }
  std::vector<v1::PlanEvent> events;
  v1::ProgressCorrected& corrected = *events.emplace_back().mutable_progress_corrected();
  *corrected.mutable_before() = *latest;
  *corrected.mutable_progress() =
      MakeProgress(report, *activity, latest->figures().as_of(), state, context);
  corrected.set_reason(context.reason);
  AppendAssessment(state, latest->figures().as_of(), JudgeWhole::kOnceAllHaveReported, context,
                   events);
  return events;
}

PlanEvents AssessSlippage(const v1::AssessSlippageRequest& request, const PlanState& state,
                          const Context& context) {
  const CivilDate& as_of = request.has_as_of() ? request.as_of() : context.today;
  RETURN_IF_ERROR(CheckNotAhead("as_of", as_of, context));
  const CivilDate latest = LatestDay(state, as_of);
  if (Last(as_of) < Last(latest)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("the plan was reported on or assessed for {}", ToString(latest)))
        .Field("as_of")
        .Mend("Give that day or a later one; the past is asked with `as_of` of GetPlan.");
  }
  std::vector<v1::PlanEvent> events;
  AppendAssessment(state, as_of, JudgeWhole::kNow, context, events);
  return events;
}

}  // namespace kasundo::plans
