#include "services/monitoring/plan_report_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/runtime/instance_history.h"
#include "workflows/decimal/decimal.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/percent.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_decider.h"
#include "workflows/plan/plan_reports.h"
#include "workflows/plan/plan_tree.h"
#include "workflows/plan/slippage.h"

namespace kasundo::monitoring {
namespace {

namespace pv1 = plans::v1;
using Fields = std::map<std::string, std::string>;
using Progress = google::protobuf::RepeatedPtrField<pv1::ActivityProgress>;

constexpr std::array kMonths = {"January",   "February", "March",    "April",
                                "May",       "June",     "July",     "August",
                                "September", "October",  "November", "December"};
constexpr int kOutputs = 5;  // columns of Form 1

// The reports that a form of the period can show.
absl::StatusOr<Progress> ReportsOf(const Instance& plan, const pv1::PlanState& state,
                                   const ReportScope& scope, const Engine& engine) {
  if (!plans::IsReportedAfter(state, scope.until)) return state.progress();
  ASSIGN_OR_RETURN(const auto records, HistoryOf(engine, plan.name, 1, scope.as_of));
  return plans::ReportsUntil(records, scope.until);
}

const pv1::ActivityProgress* ProgressOf(const Progress& reports, const std::string& item) {
  for (const pv1::ActivityProgress& progress : reports) {
    if (progress.item() == item) return &progress;
  }
  return nullptr;
}

// Allotment of appropriations, disbursements of allotment: blank where there is nothing to divide
// by.
std::string Share(const std::string& part, const std::string& whole) {
  const auto a = Decimal::Parse(part);
  const auto b = Decimal::Parse(whole);
  return a.has_value() && b.has_value() ? Percent(*a, *b) : "";
}

// "250000.50": money for people has its cents.
std::string MoneyInWords(const std::string& amount) {
  return amount.empty() ? "" : plans::SumText(plans::FigureOf(amount));
}

std::string SourceInWords(pv1::SourceType type) {
  switch (type) {
    case pv1::SOURCE_TYPE_OWN:
      return "Own budget";
    case pv1::SOURCE_TYPE_PARTNER_AGENCY:
      return "Partner agency";
    case pv1::SOURCE_TYPE_GENDER_FUND:
      return "Gender and development fund";
    case pv1::SOURCE_TYPE_EMPLOYMENT_OFFICE:
      return "Public employment service office";
    case pv1::SOURCE_TYPE_SCHOOL_FUND:
      return "School fund";
    case pv1::SOURCE_TYPE_NATIONAL:
      return "National programme";
    case pv1::SOURCE_TYPE_DONOR:
      return "Donor";
    case pv1::SOURCE_TYPE_PRIVATE:
      return "Private giver";
    case pv1::SOURCE_TYPE_DIASPORA:
      return "Diaspora";
    case pv1::SOURCE_TYPE_IN_KIND:
      return "In kind";
    case pv1::SOURCE_TYPE_SISTER_BODY:
      return "Sister body";
    default:
      return "";
  }
}

// Each budget line has an entry in both columns, so that the third source belongs to the third
// agency: what nobody named is called by the sort of source.
void AddMoney(const pv1::PlanTree& tree, const pv1::PlanItem& item, const PlanTitles& titles,
              Fields& fields) {
  std::vector<std::string> sources;
  std::vector<std::string> agencies;
  for (const pv1::BudgetLine& line : tree.budget()) {
    if (line.item() != item.id()) continue;
    const std::string sort = SourceInWords(line.source_type());
    const std::string agency =
        line.source_organisation().empty() ? "" : titles.title_of(line.source_organisation());
    sources.push_back(line.source_title().empty() ? sort : line.source_title());
    agencies.push_back(agency.empty() ? sort : agency);
  }
  fields["fund-source"] = fmt::format("{}", fmt::join(sources, "; "));
  fields["funding-agency"] = fmt::format("{}", fmt::join(agencies, "; "));
  fields["cost"] = MoneyInWords(item.cost().amount());
}

void AddProgress(const pv1::ActivityProgress& progress, Fields& fields) {
  const pv1::Financials& money = progress.report().financials();
  fields["appropriations"] = MoneyInWords(money.appropriations());
  fields["allotment"] = MoneyInWords(money.allotment());
  fields["obligations"] = MoneyInWords(money.obligations());
  fields["disbursements"] = MoneyInWords(money.disbursements());
  fields["funding-support"] = Share(money.allotment(), money.appropriations());
  fields["fund-utilization"] = Share(money.disbursements(), money.allotment());
  fields["target"] = InWords(progress.figures().target());
  fields["actual"] = InWords(progress.figures().actual());
  fields["slippage"] = InWords(progress.figures().slippage());
  if (progress.report().has_employed_men()) {
    fields["employment-m"] = fmt::format("{}", progress.report().employed_men());
  }
  if (progress.report().has_employed_women()) {
    fields["employment-f"] = fmt::format("{}", progress.report().employed_women());
  }
  fields["remarks"] = progress.report().remarks();
}

// What an indicator is to reach by a day: nothing is known of the way to its target.
std::string TargetBy(const pv1::PlanItem& item, const pv1::Indicator& indicator,
                     const CivilDate& day) {
  const CivilDate& by = indicator.has_target_on() ? indicator.target_on() : item.ends_on();
  return IsSet(by) && Last(by) <= Last(day) ? indicator.target() : "";
}

void AddIndicators(const pv1::PlanItem& item, const ReportScope& scope,
                   const pv1::ActivityProgress* progress, Fields& fields) {
  if (item.indicators().empty()) return;
  const pv1::Indicator& indicator = item.indicators(0);
  std::vector<std::string> titles;
  for (const pv1::Indicator& each : item.indicators()) titles.push_back(each.title());
  fields["output-indicator"] = indicator.title();
  fields["output-indicators"] = fmt::format("{}", fmt::join(titles, "; "));
  fields["end-target"] = indicator.target();
  fields["target-to-date"] = TargetBy(item, indicator, scope.until);
  fields["indicator-target"] = fmt::format("{}: {}", indicator.title(), indicator.target());
  if (progress == nullptr) return;
  for (const pv1::IndicatorActual& actual : progress->report().indicators()) {
    if (actual.indicator() != indicator.id()) continue;
    fields["actual-to-date"] = actual.value();
    fields["observed"] = actual.value();
  }
}

// What is to be done, to be spent and to be reached from the beginning to a day. A plan has no
// schedule of money: what is to be spent is that part of the cost which is to be done.
void AddTargets(const pv1::PlanItem& item, const CivilDate& day, Fields& fields) {
  if (!item.schedule().empty() || IsSet(item.ends_on())) {
    const Decimal percent = plans::TargetOn(item, day);
    fields["physical-target"] = InWords(percent.ToString());
    if (item.has_cost()) {
      const auto hundredfold = Product(plans::FigureOf(item.cost().amount()), percent);
      const auto money = Quotient(hundredfold.value_or(Decimal()), Decimal(100), plans::kCents);
      fields["financial-target"] = plans::SumText(money.value_or(Decimal()));
    }
  }
  for (int i = 0; i < std::min(item.indicators_size(), kOutputs); ++i) {
    fields[fmt::format("output-{}", i + 1)] = TargetBy(item, item.indicators(i), day);
  }
}

// Form 1: the targets of the year, then those by the end of each month.
void AddMonths(const pv1::PlanItem& item, const ReportScope& scope, const ReportLine& line,
               std::vector<ReportLine>& lines) {
  ReportLine total = line;
  total.fields["month"] = "Total Target for the Year";
  AddTargets(item, scope.until, total.fields);
  lines.push_back(std::move(total));
  for (int month = 1; month <= 12; ++month) {
    ReportLine one;
    one.source = line.source;
    one.continues = true;
    one.fields["month"] = kMonths.at(static_cast<size_t>(month - 1));
    AddTargets(item, MakeDate(First(scope.until).year(), month), one.fields);
    lines.push_back(std::move(one));
  }
}

}  // namespace

absl::Status AddPlanLines(const v1::ReportForm& form, const ReportScope& scope,
                          const Engine& engine, const Instance& plan,
                          const std::map<std::string, std::string>& location,
                          const PlanTitles& titles, std::vector<ReportLine>& lines) {
  if (plan.record.lifecycle_state() == plans::kAbandoned) return absl::OkStatus();
  const auto& state = static_cast<const pv1::PlanState&>(*plan.state);
  const pv1::PlanTree& tree = plans::ApprovedTree(state);
  ASSIGN_OR_RETURN(const Progress reports, ReportsOf(plan, state, scope, engine));
  for (const pv1::PlanItem* activity : plans::ActivitiesOf(tree)) {
    const pv1::PlanItem& item = *activity;
    const std::string& office =
        item.owner_office().empty() ? state.owner_office() : item.owner_office();
    if (!scope.implementing_office.empty() && office != scope.implementing_office) continue;
    const bool runs = (!item.has_starts_on() || First(item.starts_on()) <= Last(scope.until)) &&
                      (!item.has_ends_on() || Last(item.ends_on()) >= First(scope.from));
    if (!runs) continue;
    const pv1::ActivityProgress* progress = ProgressOf(reports, item.id());
    ReportLine line{plan.name, location};
    line.fields["title"] = item.title();
    line.fields["component"] = state.title();
    line.fields["objectives"] = item.description();
    line.fields["agency"] = titles.agency_of(office);
    line.fields["start"] = Printed(item.starts_on());
    line.fields["end"] = Printed(item.ends_on());
    AddMoney(tree, item, titles, line.fields);
    AddIndicators(item, scope, progress, line.fields);
    if (form.number() == "1") {
      AddMonths(item, scope, line, lines);
      continue;
    }
    if (progress != nullptr) AddProgress(*progress, line.fields);
    lines.push_back(std::move(line));
  }
  return absl::OkStatus();
}

}  // namespace kasundo::monitoring
