#include "workflows/plan/item_checks.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_tree.h"
#include "workflows/plan/sdg_target.h"

namespace kasundo::plans {

absl::Status CheckSchedule(std::string_view field,
                           const google::protobuf::RepeatedPtrField<v1::TargetPoint>& schedule) {
  Decimal before;
  for (int i = 0; i < schedule.size(); ++i) {
    const std::string at = fmt::format("{}[{}]", field, i);
    ASSIGN_OR_RETURN(const Decimal percent,
                     ReadPercent(fmt::format("{}.percent", at), schedule[i].percent()));
    const bool later = i == 0 || Last(schedule[i - 1].on()) < Last(schedule[i].on());
    if (!later || percent < before) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                    fmt::format("{} percent on {} come out of order", schedule[i].percent(),
                                ToString(schedule[i].on())))
          .Field(at)
          .Mend("Give the days one after the other, with percentages that do not fall.");
    }
    before = percent;
  }
  return absl::OkStatus();
}

absl::Status CheckIndicators(std::string_view field,
                             const google::protobuf::RepeatedPtrField<v1::Indicator>& indicators) {
  for (int i = 0; i < indicators.size(); ++i) {
    const std::string at = fmt::format("{}[{}]", field, i);
    const v1::Indicator& indicator = indicators[i];
    RETURN_IF_ERROR(CheckId(fmt::format("{}.id", at), indicator.id()));
    if (FindById(indicators, indicator.id()) != &indicator) {
      return AlreadyThere(fmt::format("{}.id", at),
                          fmt::format("two indicators are called \"{}\"", indicator.id()));
    }
    if (!indicator.baseline().empty()) {
      RETURN_IF_ERROR(ReadFigure(fmt::format("{}.baseline", at), indicator.baseline()).status());
    }
    if (!indicator.target().empty()) {
      RETURN_IF_ERROR(ReadFigure(fmt::format("{}.target", at), indicator.target()).status());
    }
  }
  return absl::OkStatus();
}

absl::Status NormaliseSdgTargets(std::string_view field,
                                 google::protobuf::RepeatedPtrField<std::string>& targets) {
  for (int i = 0; i < targets.size(); ++i) {
    const auto target = CanonicalSdgTarget(targets[i]);
    if (!target.has_value()) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SDG_TARGET_UNKNOWN,
                    fmt::format("\"{}\" is no target of the Sustainable Development Goals",
                                targets[i]))
          .Field(fmt::format("{}[{}]", field, i))
          .Mend("Give goal and target, as in 10.7 or 11.a.");
    }
    targets[i] = *target;
  }
  return absl::OkStatus();
}

absl::Status CheckOfficialLine(std::string_view field, const v1::OfficialLine& line) {
  const bool named = line.plan().empty() ? !line.document().empty() : !line.item().empty();
  const bool left_out = line.uptake() == v1::UPTAKE_LEFT_OUT;
  const bool in_full = line.uptake() == v1::UPTAKE_TAKEN_UP;
  // Of what was left out there is no line to be named.
  const bool whole = named || (left_out && !line.plan().empty());
  // Requirement 62: taken up, partly, or left out with reason.
  if (whole && (in_full || !line.reason().empty())) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_OFFICIAL_LINE_INCOMPLETE,
                whole ? "why not, or only in part?" : "which line of which official plan?")
      .Field(whole ? fmt::format("{}.reason", field) : std::string(field))
      .Mend(whole ? "Give the reason for which it was left out or taken up in part."
                  : "Name the plan with its item, or the document with its line.");
}

absl::Status CheckNewItem(const v1::PlanTree& tree, std::string_view currency, v1::PlanItem& item) {
  RETURN_IF_ERROR(CheckId("item.id", item.id()));
  if (FindItem(tree, item.id()) != nullptr) {
    return AlreadyThere("item.id", fmt::format("an item \"{}\" is there already", item.id()));
  }
  RETURN_IF_ERROR(CheckRoom("items", tree.items_size(), kMostItems));
  RETURN_IF_ERROR(CheckPlace(tree, "item.parent", item.id(), item.level(), item.parent()));
  RETURN_IF_ERROR(CheckSpan("item.ends_on", item.starts_on(), item.ends_on()));
  RETURN_IF_ERROR(CheckSchedule("item.schedule", item.schedule()));
  RETURN_IF_ERROR(CheckIndicators("item.indicators", item.indicators()));
  RETURN_IF_ERROR(NormaliseSdgTargets("item.sdg_targets", *item.mutable_sdg_targets()));
  for (int i = 0; i < item.official_lines_size(); ++i) {
    RETURN_IF_ERROR(
        CheckOfficialLine(fmt::format("item.official_lines[{}]", i), item.official_lines(i)));
  }
  if (item.has_cost()) {
    const bool has_conversion = item.has_cost_conversion();
    RETURN_IF_ERROR(Convert({"item.cost", "item.cost_conversion"}, item.cost(), currency,
                            has_conversion, *item.mutable_cost_conversion()));
    if (item.cost_conversion().currency().empty()) item.clear_cost_conversion();
  }
  v1::PlanTree with = tree;
  *with.add_items() = item;
  with.mutable_items()->rbegin()->clear_depends_on();
  return CheckDependencies(with, "item.depends_on", item.id(), item.depends_on());
}

absl::Status CheckFinding(const v1::PlanState& state, const std::string& finding) {
  const std::string& needed = state.revision().study();
  if (needed.empty() && finding.empty()) return absl::OkStatus();
  std::vector<std::string> findings;
  for (const v1::BaselineStudy& study : state.studies()) {
    if (!needed.empty() && study.id() != needed) continue;
    if (FindById(study.findings(), finding) != nullptr) return absl::OkStatus();
    for (const v1::Finding& each : study.findings()) findings.push_back(each.id());
  }
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FINDING_MISSING,
                finding.empty() ? fmt::format("study \"{}\" led to this revision: which of its "
                                              "findings is behind the change?",
                                              needed)
                                : fmt::format("there is no finding \"{}\"", finding))
      .Field("finding")
      .Mend(fmt::format("Name one of: {}.", fmt::join(findings, ", ")));
}

}  // namespace kasundo::plans
