#include "workflows/plan/plan_reports.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace kasundo::plans {

std::optional<v1::PlanEvent> FactOf(const workflows::v1::EventRecord& record) {
  v1::PlanEvent event;
  if (record.payload_type() != v1::PlanEvent::descriptor()->full_name() ||
      !event.ParseFromString(record.payload())) {
    return std::nullopt;
  }
  return event;
}

std::optional<v1::ActivityProgress> ReportOf(const workflows::v1::EventRecord& record) {
  const std::optional<v1::PlanEvent> event = FactOf(record);
  if (!event.has_value()) return std::nullopt;
  if (event->has_progress_reported()) return event->progress_reported().progress();
  if (event->has_progress_corrected()) return event->progress_corrected().progress();
  return std::nullopt;
}

bool IsReportedAfter(const v1::PlanState& plan, const CivilDate& day) {
  return std::any_of(plan.progress().begin(), plan.progress().end(),
                     [&](const v1::ActivityProgress& progress) {
                       return Last(progress.figures().as_of()) > Last(day);
                     });
}

google::protobuf::RepeatedPtrField<v1::ActivityProgress> ReportsUntil(
    const std::vector<workflows::v1::EventRecord>& records, const CivilDate& day) {
  std::map<std::string, std::pair<absl::CivilDay, v1::ActivityProgress>> latest;
  for (const workflows::v1::EventRecord& record : records) {
    std::optional<v1::ActivityProgress> report = ReportOf(record);
    if (!report.has_value()) continue;
    const absl::CivilDay of = Last(report->figures().as_of());
    if (of > Last(day)) continue;
    auto& [day_of_latest, progress] = latest.try_emplace(report->item(), of, *report).first->second;
    if (of < day_of_latest) continue;
    day_of_latest = of;
    progress = *std::move(report);
  }
  google::protobuf::RepeatedPtrField<v1::ActivityProgress> progress;
  for (auto& [item, report] : latest) *progress.Add() = std::move(report.second);
  return progress;
}

}  // namespace kasundo::plans
