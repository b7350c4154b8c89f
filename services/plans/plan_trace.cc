#include "services/plans/plan_trace.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "kasundo/plans/v1/reasons.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_reports.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using Obligations = std::map<std::string, const agreements::v1::ObligationState*>;

// What was shown for each item and indicator ("" for the whole report), the earliest first. A
// corrected report counts as corrected.
using Shown = std::map<std::pair<std::string, std::string>, std::vector<v1::TracedEvidence>>;

Shown EvidenceOf(const TracedPlan& plan) {
  // By item and day: the last word on a report.
  std::map<std::pair<std::string, absl::CivilDay>, std::pair<int64_t, v1::ActivityProgress>>
      reports;
  for (const workflows::v1::EventRecord& record : plan.records) {
    std::optional<v1::ActivityProgress> report = ReportOf(record);
    if (!report.has_value()) continue;
    const std::pair key(report->item(), Last(report->figures().as_of()));
    reports[key] = {record.position(), *std::move(report)};
  }
  std::map<int64_t, v1::ActivityProgress> in_order;
  for (auto& [key, report] : reports) in_order.insert(std::move(report));
  // Positions are unique but for reports of several activities in one command, which are events of
  // their own.
  Shown shown;
  for (const auto& [position, progress] : in_order) {
    for (const v1::ProgressEvidence& evidence : progress.report().evidence()) {
      v1::TracedEvidence& traced = shown[{progress.item(), evidence.indicator()}].emplace_back();
      *traced.mutable_evidence() = evidence;
      *traced.mutable_as_of() = progress.figures().as_of();
      traced.set_position(position);
    }
  }
  return shown;
}

bool Wanted(const std::string& asked, const std::string& is) {
  return asked.empty() || asked == is;
}

bool Holds(const v1::GetTraceRequest& request, const v1::TraceRow& row) {
  if (!Wanted(request.article(), row.article()) ||
      !Wanted(request.obligation(), row.obligation()) || !Wanted(request.plan(), row.plan()) ||
      !Wanted(request.item(), row.item()) || !Wanted(request.indicator(), row.indicator())) {
    return false;
  }
  if (request.evidence().empty()) return true;
  for (const v1::TracedEvidence& evidence : row.evidence()) {
    if (evidence.evidence().document() == request.evidence()) return true;
  }
  return false;
}

void AddEvidence(const Shown& shown, const std::string& item, const std::string& indicator,
                 v1::TraceRow& row) {
  const auto found = shown.find({item, indicator});
  if (found == shown.end()) return;
  for (const v1::TracedEvidence& evidence : found->second) *row.add_evidence() = evidence;
}

// The ways from one item on: one for each indicator, and one for what supports the whole item.
std::vector<v1::TraceRow> WaysOf(const TracedPlan& plan, const v1::PlanItem& item,
                                 const Shown& shown) {
  v1::TraceRow row;
  row.set_plan(plan.name);
  row.set_item(item.id());
  row.set_item_title(item.title());
  std::vector<v1::TraceRow> rows;
  for (const v1::Indicator& indicator : item.indicators()) {
    v1::TraceRow& way = rows.emplace_back(row);
    way.set_indicator(indicator.id());
    way.set_indicator_title(indicator.title());
    AddEvidence(shown, item.id(), indicator.id(), way);
    if (way.evidence().empty()) way.set_missing("no evidence");
  }
  v1::TraceRow whole = row;
  AddEvidence(shown, item.id(), "", whole);
  if (!whole.evidence().empty() || rows.empty()) {
    if (item.indicators().empty()) whole.set_missing("no indicator");
    rows.push_back(std::move(whole));
  }
  return rows;
}

}  // namespace

absl::Status CheckTraced(const v1::GetTraceRequest& request, const std::vector<TracedPlan>& plans) {
  if (request.item().empty() && request.indicator().empty()) return absl::OkStatus();
  bool has_item = false;
  for (const TracedPlan& plan : plans) {
    for (const v1::PlanItem& item : ApprovedTree(*plan.state).items()) {
      if (!Wanted(request.item(), item.id())) continue;
      has_item = true;
      if (request.indicator().empty() ||
          FindById(item.indicators(), request.indicator()) != nullptr) {
        return absl::OkStatus();
      }
    }
  }
  if (has_item || request.item().empty()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_INDICATOR_NOT_FOUND,
                  fmt::format("no item there has an indicator \"{}\"", request.indicator()))
        .Field("indicator")
        .Mend("Name an indicator of the item as the approved plan has it.");
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_ITEM_NOT_FOUND,
                fmt::format("there is no item \"{}\" in what is asked about", request.item()))
      .Field("item")
      .Mend("Give the id of an item of the plan; `kasundo get` of the plan lists them.")
      .With("item", request.item());
}

std::vector<v1::TraceRow> TraceOf(const v1::GetTraceRequest& request,
                                  const std::vector<TracedPlan>& plans,
                                  const Obligations& obligations) {
  std::vector<v1::TraceRow> rows;
  std::set<std::string> fulfilled;
  const auto keep = [&](v1::TraceRow row) {
    if (Holds(request, row)) rows.push_back(std::move(row));
  };
  for (const TracedPlan& plan : plans) {
    const Shown shown = EvidenceOf(plan);
    for (const v1::PlanItem& item : ApprovedTree(*plan.state).items()) {
      for (const v1::TraceRow& way : WaysOf(plan, item, shown)) {
        if (item.obligations().empty()) {
          v1::TraceRow row = way;
          if (row.missing().empty()) row.set_missing("no obligation");
          keep(std::move(row));
        }
        for (const std::string& name : item.obligations()) {
          v1::TraceRow row = way;
          row.set_obligation(name);
          const auto found = obligations.find(name);
          if (found != obligations.end()) {
            row.set_article(found->second->article());
            row.set_duty(found->second->duty());
          }
          fulfilled.insert(name);
          keep(std::move(row));
        }
      }
    }
  }
  for (const auto& [name, obligation] : obligations) {
    if (fulfilled.count(name) != 0) continue;
    v1::TraceRow row;
    row.set_article(obligation->article());
    row.set_obligation(name);
    row.set_duty(obligation->duty());
    row.set_missing("no activity");
    keep(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const v1::TraceRow& a, const v1::TraceRow& b) {
    return std::tie(a.article(), a.obligation(), a.plan()) <
           std::tie(b.article(), b.obligation(), b.plan());
  });
  return rows;
}

}  // namespace kasundo::plans
