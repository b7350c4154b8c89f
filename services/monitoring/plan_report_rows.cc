#include "services/monitoring/plan_report_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/decimal/decimal.h"
#include "workflows/engine/civil_date.h"
#include "workflows/monitoring/percent.h"

namespace kasundo::monitoring {
namespace {

namespace pv1 = plans::v1;
using Fields = std::map<std::string, std::string>;

constexpr std::array kMonths = {"January",   "February", "March",    "April",
                                "May",       "June",     "July",     "August",
                                "September", "October",  "November", "December"};

const pv1::ActivityProgress* ProgressOf(const pv1::PlanState& plan, const std::string& item) {
  for (const pv1::ActivityProgress& progress : plan.progress()) {
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

void AddMoney(const pv1::PlanState& plan, const pv1::PlanItem& item, const PlanTitles& titles,
              Fields& fields) {
  std::vector<std::string> sources;
  std::vector<std::string> agencies;
  for (const pv1::BudgetLine& line : plan.tree().budget()) {
    if (line.item() != item.id()) continue;
    sources.push_back(line.source_title());
    if (!line.source_organisation().empty()) {
      agencies.push_back(titles.title_of(line.source_organisation()));
    }
  }
  std::erase(sources, "");
  fields["fund-source"] = fmt::format("{}", fmt::join(sources, "; "));
  fields["funding-agency"] = fmt::format("{}", fmt::join(agencies, "; "));
  fields["cost"] = item.cost().amount();
}

void AddProgress(const pv1::ActivityProgress& progress, Fields& fields) {
  const pv1::Financials& money = progress.report().financials();
  fields["appropriations"] = money.appropriations();
  fields["allotment"] = money.allotment();
  fields["obligations"] = money.obligations();
  fields["disbursements"] = money.disbursements();
  fields["funding-support"] = Share(money.allotment(), money.appropriations());
  fields["fund-utilization"] = Share(money.disbursements(), money.allotment());
  fields["target"] = progress.figures().target();
  fields["actual"] = progress.figures().actual();
  fields["slippage"] = progress.figures().slippage();
  if (progress.report().has_employed_men()) {
    fields["employment-m"] = fmt::format("{}", progress.report().employed_men());
  }
  if (progress.report().has_employed_women()) {
    fields["employment-f"] = fmt::format("{}", progress.report().employed_women());
  }
  fields["remarks"] = progress.report().remarks();
}

void AddIndicators(const pv1::PlanItem& item, const pv1::ActivityProgress* progress,
                   Fields& fields) {
  if (item.indicators().empty()) return;
  const pv1::Indicator& indicator = item.indicators(0);
  fields["output-indicator"] = indicator.title();
  fields["output-indicators"] = indicator.title();
  fields["end-target"] = indicator.target();
  fields["indicator-target"] = fmt::format("{}: {}", indicator.title(), indicator.target());
  if (progress == nullptr) return;
  for (const pv1::IndicatorActual& actual : progress->report().indicators()) {
    if (actual.indicator() != indicator.id()) continue;
    fields["actual-to-date"] = actual.value();
    fields["observed"] = actual.value();
  }
}

// Form 1: the target of the year, then of each month.
void AddMonths(const pv1::PlanItem& item, const ReportScope& scope, const ReportLine& line,
               std::vector<ReportLine>& lines) {
  const auto target_by = [&](absl::CivilDay day) {
    std::string percent;
    for (const pv1::TargetPoint& point : item.schedule()) {
      if (Last(point.on()) <= day) percent = point.percent();
    }
    return percent;
  };
  ReportLine total = line;
  total.fields["month"] = "Total Target for the Year";
  total.fields["physical-target"] = target_by(Last(scope.until));
  lines.push_back(std::move(total));
  for (int month = 1; month <= 12; ++month) {
    ReportLine one;
    one.source = line.source;
    one.fields["month"] = kMonths.at(static_cast<size_t>(month - 1));
    const absl::CivilDay end =
        absl::CivilDay(absl::CivilMonth(First(scope.until).year(), month) + 1) - 1;
    one.fields["physical-target"] = target_by(end);
    lines.push_back(std::move(one));
  }
}

}  // namespace

void AddPlanLines(const v1::ReportForm& form, const ReportScope& scope, const std::string& plan,
                  const pv1::PlanState& state, const std::map<std::string, std::string>& location,
                  const PlanTitles& titles, std::vector<ReportLine>& lines) {
  for (const pv1::PlanItem& item : state.tree().items()) {
    if (item.level() != pv1::ITEM_LEVEL_ACTIVITY || !item.skipped().empty()) continue;
    const std::string& office =
        item.owner_office().empty() ? state.owner_office() : item.owner_office();
    if (!scope.implementing_office.empty() && office != scope.implementing_office) continue;
    const bool runs = (!item.has_starts_on() || First(item.starts_on()) <= Last(scope.until)) &&
                      (!item.has_ends_on() || Last(item.ends_on()) >= First(scope.from));
    if (!runs) continue;
    const pv1::ActivityProgress* progress = ProgressOf(state, item.id());
    ReportLine line{plan, location};
    line.fields["title"] = item.title();
    line.fields["component"] = state.title();
    line.fields["objectives"] = item.description();
    line.fields["agency"] = titles.agency_of(office);
    line.fields["start"] = Printed(item.starts_on());
    line.fields["end"] = Printed(item.ends_on());
    AddMoney(state, item, titles, line.fields);
    AddIndicators(item, progress, line.fields);
    if (form.number() == "1") {
      AddMonths(item, scope, line, lines);
      continue;
    }
    if (progress != nullptr) AddProgress(*progress, line.fields);
    lines.push_back(std::move(line));
  }
}

}  // namespace kasundo::monitoring
