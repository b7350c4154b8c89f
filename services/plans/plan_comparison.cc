#include "services/plans/plan_comparison.h"

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/descriptor.h"
#include "workflows/engine/civil_date.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_reports.h"
#include "workflows/plan/plan_review.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string InWords(const Message& message);

// One value of a field in words; `index` counts only in repeated fields.
std::string ValueInWords(const Message& message, const FieldDescriptor& field, int index) {
  const auto& reflection = *message.GetReflection();
  const bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return many ? reflection.GetRepeatedString(message, &field, index)
                  : reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnum(message, &field)->name();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return InWords(many ? reflection.GetRepeatedMessage(message, &field, index)
                          : reflection.GetMessage(message, &field));
    default:
      return "";
  }
}

std::string FieldInWords(const Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  if (!field.is_repeated()) {
    return reflection.HasField(message, &field) ? ValueInWords(message, field, 0) : "";
  }
  std::vector<std::string> values;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    values.push_back(ValueInWords(message, field, i));
  }
  return fmt::format("{}", fmt::join(values, "; "));
}

// A message inside a field: dates and money as people write them, else its fields one after the
// other.
std::string InWords(const Message& message) {
  if (const auto* date = dynamic_cast<const CivilDate*>(&message)) return ToString(*date);
  if (const auto* money = dynamic_cast<const v1::Money*>(&message)) {
    return fmt::format("{} {}", money->amount(), money->currency());
  }
  std::vector<std::string> parts;
  const auto& descriptor = *message.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const std::string words = FieldInWords(message, *descriptor.field(i));
    if (!words.empty()) parts.push_back(fmt::format("{} {}", descriptor.field(i)->name(), words));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

// The fields in which two messages of one type differ; nullptr stands for one that is not there.
void AddFieldChanges(const Message* left, const Message* right, v1::PlanDifference& difference) {
  const auto& descriptor = *(left == nullptr ? right : left)->GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    if (field.name() == "id") continue;
    const std::string before = left == nullptr ? "" : FieldInWords(*left, field);
    const std::string after = right == nullptr ? "" : FieldInWords(*right, field);
    if (before == after) continue;
    v1::FieldChange& change = *difference.add_fields();
    change.set_field(field.name());
    change.set_left(before);
    change.set_right(after);
  }
}

const v1::ActivityProgress* ProgressOf(const v1::PlanState& state, const std::string& item) {
  for (const v1::ActivityProgress& progress : state.progress()) {
    if (progress.item() == item) return &progress;
  }
  return nullptr;
}

// Appends how an entry differs, if it does. `with_progress` of items only.
template <typename Entry>
void Compare(const std::string& part, const std::string& title, const Entry* left,
             const Entry* right, const v1::ActivityProgress* left_progress,
             const v1::ActivityProgress* right_progress, std::vector<v1::PlanDifference>& into) {
  v1::PlanDifference difference;
  difference.set_part(part);
  difference.set_id(left == nullptr ? right->id() : left->id());
  difference.set_title(title);
  AddFieldChanges(left, right, difference);
  if (left_progress != nullptr) *difference.mutable_left_progress() = *left_progress;
  if (right_progress != nullptr) *difference.mutable_right_progress() = *right_progress;
  const bool progressed = difference.left_progress().SerializeAsString() !=
                          difference.right_progress().SerializeAsString();
  if (left == nullptr) {
    difference.set_difference(v1::DIFFERENCE_ADDED);
  } else if (right == nullptr) {
    difference.set_difference(v1::DIFFERENCE_REMOVED);
  } else if (!difference.fields().empty()) {
    difference.set_difference(v1::DIFFERENCE_CHANGED);
  } else if (progressed) {
    difference.set_difference(v1::DIFFERENCE_PROGRESS);
  } else {
    return;
  }
  into.push_back(std::move(difference));
}

// Entries of the right side with their counterparts, then those that only the left has.
template <typename Entries, typename Title, typename Progress>
void CompareAll(const std::string& part, const Entries& left, const Entries& right,
                const Title& title, const Progress& progress,
                std::vector<v1::PlanDifference>& into) {
  using Entry = typename Entries::value_type;
  for (const Entry& entry : right) {
    const auto [before, after] = progress(entry.id());
    Compare<Entry>(part, title(entry), FindById(left, entry.id()), &entry, before, after, into);
  }
  for (const Entry& entry : left) {
    if (FindById(right, entry.id()) != nullptr) continue;
    const auto [before, after] = progress(entry.id());
    Compare<Entry>(part, title(entry), &entry, nullptr, before, after, into);
  }
}

}  // namespace

std::vector<v1::PlanDifference> DifferencesOf(const v1::PlanState& left,
                                              const v1::PlanState& right) {
  using Both = std::pair<const v1::ActivityProgress*, const v1::ActivityProgress*>;
  const auto reports = [&](const std::string& item) {
    return Both(ProgressOf(left, item), ProgressOf(right, item));
  };
  const auto none = [](const std::string&) { return Both(nullptr, nullptr); };
  std::vector<v1::PlanDifference> differences;
  CompareAll(
      "item", left.tree().items(), right.tree().items(),
      [](const v1::PlanItem& item) { return item.title(); }, reports, differences);
  CompareAll(
      "budget", left.tree().budget(), right.tree().budget(),
      [](const v1::BudgetLine& line) { return line.use(); }, none, differences);
  CompareAll(
      "contribution", left.tree().contributions(), right.tree().contributions(),
      [](const v1::InKindContribution& contribution) { return contribution.what(); }, none,
      differences);
  return differences;
}

Touched TouchedBy(const v1::PlanEvent& event) {
  const auto& reflection = *event.GetReflection();
  const FieldDescriptor* fact =
      reflection.GetOneofFieldDescriptor(event, v1::PlanEvent::descriptor()->oneof_decl(0));
  if (fact == nullptr) return {};
  const Message& message = reflection.GetMessage(event, fact);
  const auto& descriptor = *message.GetDescriptor();
  Touched touched;
  if (const FieldDescriptor* finding = descriptor.FindFieldByName("finding")) {
    touched.finding = message.GetReflection()->GetString(message, finding);
  }
  for (const auto& [field_name, part] : {std::pair("item", "item"), std::pair("line", "budget"),
                                         std::pair("contribution", "contribution")}) {
    const FieldDescriptor* field = descriptor.FindFieldByName(field_name);
    if (field == nullptr) continue;
    std::string id;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      id = message.GetReflection()->GetString(message, field);
    } else {
      const Message& entry = message.GetReflection()->GetMessage(message, field);
      id = entry.GetReflection()->GetString(entry, entry.GetDescriptor()->FindFieldByName("id"));
    }
    if (!id.empty()) touched.parts_and_ids.push_back(fmt::format("{}/{}", part, id));
  }
  for (const v1::PlanItem& item : event.improvements_taken().items()) {
    touched.parts_and_ids.push_back(fmt::format("item/{}", item.id()));
  }
  return touched;
}

void AddReasons(const std::vector<workflows::v1::EventRecord>& records, const v1::PlanState& right,
                std::vector<v1::PlanDifference>& differences) {
  std::map<std::string, v1::PlanDifference*> by_name;
  for (v1::PlanDifference& difference : differences) {
    by_name[fmt::format("{}/{}", difference.part(), difference.id())] = &difference;
  }
  std::map<std::string, std::string> findings;
  for (const v1::BaselineStudy& study : right.studies()) {
    for (const v1::Finding& finding : study.findings()) findings[finding.id()] = finding.text();
  }
  for (const workflows::v1::EventRecord& record : records) {
    const std::optional<v1::PlanEvent> event = FactOf(record);
    // A band that was entered says nothing of why the tree changed.
    if (!event.has_value() || event->has_slippage_band_entered() ||
        event->has_slippage_band_left()) {
      continue;
    }
    const Touched touched = TouchedBy(*event);
    v1::ChangeReason reason;
    reason.set_position(record.position());
    reason.set_event(record.event());
    *reason.mutable_on() =
        record.has_occurred_on()
            ? record.occurred_on()
            : FromDay(absl::ToCivilDay(absl::FromUnixSeconds(record.recorded_time().seconds()),
                                       absl::UTCTimeZone()));
    reason.set_office(record.actor().office());
    reason.set_reason(record.reason());
    reason.set_finding(touched.finding);
    const auto text = findings.find(touched.finding);
    if (text != findings.end()) reason.set_finding_text(text->second);
    for (const std::string& part_and_id : touched.parts_and_ids) {
      const auto found = by_name.find(part_and_id);
      if (found != by_name.end()) *found->second->add_reasons() = reason;
    }
  }
}

PlanTotals TotalsOf(const v1::PlanState& state) {
  const v1::Balance balance = BalanceOf(state.tree());
  return {balance.uses(), balance.sources()};
}

}  // namespace kasundo::plans
