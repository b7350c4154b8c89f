#include "workflows/monitoring/template_items.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/decimal/decimal.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::monitoring {
namespace {

Refuse ItemInvalid(const std::string& field, std::string what) {
  Refuse refusal(absl::StatusCode::kInvalidArgument, v1::REASON_ITEM_INVALID, std::move(what));
  refusal.Field(field);
  return refusal;
}

absl::Status CheckBounds(const v1::TemplateItem& item, const std::string& field) {
  if (item.least().empty() && item.most().empty()) return absl::OkStatus();
  if (item.type() != v1::ANSWER_TYPE_NUMBER) {
    return ItemInvalid(field + (item.least().empty() ? ".most" : ".least"),
                       fmt::format("\"{}\" is no number", item.id()))
        .Mend("Only numbers have a least or a greatest.");
  }
  RETURN_IF_ERROR(CheckNumber(item.least(), field + ".least"));
  RETURN_IF_ERROR(CheckNumber(item.most(), field + ".most"));
  const auto least = Decimal::Parse(item.least());
  const auto most = Decimal::Parse(item.most());
  if (!least.has_value() || !most.has_value() || *least <= *most) return absl::OkStatus();
  return ItemInvalid(field + ".most",
                     fmt::format("no number lies between {} and {}", item.least(), item.most()))
      .Mend("Give a greatest number that is not below the least.");
}

absl::Status CheckItem(const v1::TemplateItem& item, const std::string& field) {
  if (!IsValidId(item.id())) {
    return ItemInvalid(field + ".id", fmt::format("\"{}\" is no id", item.id()))
        .Mend("Use 1 to 63 lower-case letters, digits and hyphens, not at the ends.");
  }
  const bool choice = item.type() == v1::ANSWER_TYPE_CHOICE;
  if (choice != (item.choices_size() >= 2)) {
    return ItemInvalid(field + ".choices",
                       fmt::format("\"{}\" has {} choices", item.id(), item.choices_size()))
        .Mend("Give two or more choices to a choice, and none to other types.");
  }
  const auto weight = Decimal::Parse(item.weight().empty() ? "1" : item.weight());
  if (!weight.has_value() || weight->IsNegative()) {
    return ItemInvalid(field + ".weight", fmt::format("\"{}\" is no weight", item.weight()))
        .Mend("Give a decimal number from 0 on, as in 1.5.");
  }
  if (item.has_gap() &&
      (item.type() != v1::ANSWER_TYPE_YES_NO_PARTLY ||
       item.gap().kind() == v1::GAP_KIND_UNSPECIFIED || item.gap().gap().empty())) {
    return ItemInvalid(field + ".gap", fmt::format("\"{}\" cannot show a gap", item.id()))
        .Mend("A gap question is answered by yes, partly or no; say the list and what is missing.");
  }
  const bool numeric = item.type() == v1::ANSWER_TYPE_NUMBER;
  if (!numeric && (item.includes_lower_units() || item.aggregation() == v1::AGGREGATION_SUM ||
                   item.aggregation() == v1::AGGREGATION_AVERAGE)) {
    return ItemInvalid(field + ".aggregation", fmt::format("\"{}\" is no number", item.id()))
        .Mend("Only numbers are added up or include those of lower units.");
  }
  RETURN_IF_ERROR(CheckBounds(item, field));
  RETURN_IF_ERROR(CheckNumber(item.indicator().baseline(), field + ".indicator.baseline"));
  return CheckNumber(item.indicator().target(), field + ".indicator.target");
}

absl::Status AnswerInvalid(const v1::TemplateItem& item, std::string_view field,
                           std::string_view wanted) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ANSWER_INVALID,
                fmt::format("item \"{}\" is answered by {}", item.id(), wanted))
      .Field(field)
      .Mend("Give an answer of that type, or not_applicable with a remark.")
      .With("item", item.id());
}

// "a decimal number from 0 to 5".
std::string NumberInWords(const v1::TemplateItem& item) {
  std::string words = "a decimal number";
  if (!item.least().empty()) words += fmt::format(" from {}", item.least());
  if (!item.most().empty()) words += fmt::format(" to {}", item.most());
  return words;
}

bool IsNumberFor(const v1::TemplateItem& item, const std::string& text) {
  const auto number = Decimal::Parse(text);
  if (!number.has_value()) return false;
  const auto least = Decimal::Parse(item.least());
  const auto most = Decimal::Parse(item.most());
  return (!least.has_value() || *number >= *least) && (!most.has_value() || *number <= *most);
}

// Who claims that an answer of yes, partly or a number is true shows a document for it.
bool Claims(const v1::Answer& answer) {
  return answer.choice_of_three() == v1::YES_NO_PARTLY_YES ||
         answer.choice_of_three() == v1::YES_NO_PARTLY_PARTLY || answer.has_number();
}

absl::Status ItemTwice(std::string_view item, std::string_view other, const std::string& field) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ITEM_TWICE,
                fmt::format("{} asks something else under \"{}\"", other, item))
      .Field(field)
      .Mend("Give the rider's item another id: answers and figures are found by it alone.")
      .With("item", item);
}

}  // namespace

bool ShowsSomething(const v1::AnswerEvidence& evidence) {
  return !evidence.title().empty() || !evidence.document().empty();
}

bool LacksEvidence(const v1::TemplateItem& item, const v1::Answer& answer) {
  return item.evidence_needed() && Claims(answer) && !ShowsSomething(answer.evidence());
}

absl::Status CheckNotAskedBy(const v1::ChecklistTemplateState& core, std::string_view name,
                             const TemplateItems& items) {
  for (int i = 0; i < items.size(); ++i) {
    for (const v1::TemplateVersion& version : core.versions()) {
      if (std::none_of(version.items().begin(), version.items().end(),
                       [&](const v1::TemplateItem& old) { return old.id() == items[i].id(); })) {
        continue;
      }
      return ItemTwice(items[i].id(), fmt::format("version {} of {}", version.number(), name),
                       fmt::format("items[{}].id", i));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckApart(const std::vector<AskedItem>& asked, const std::string& field) {
  std::map<std::string_view, std::string_view> asked_by;
  for (const AskedItem& one : asked) {
    const auto [place, added] = asked_by.emplace(one.item->id(), one.rider);
    if (added || place->second == one.rider) continue;
    return ItemTwice(
        one.item->id(),
        place->second.empty() ? "the core" : fmt::format("the rider {}", place->second), field);
  }
  return absl::OkStatus();
}

absl::Status CheckItems(const TemplateItems& items) {
  std::set<std::string> seen;
  for (int i = 0; i < items.size(); ++i) {
    const std::string field = fmt::format("items[{}]", i);
    RETURN_IF_ERROR(CheckItem(items[i], field));
    if (!seen.insert(items[i].id()).second) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ITEM_TWICE,
                    fmt::format("two items are called \"{}\"", items[i].id()))
          .Field(field + ".id")
          .Mend("Give each item an id of its own.");
    }
  }
  for (int i = 0; i < items.size(); ++i) {
    const std::string& indicator = items[i].gap().indicator();
    if (!indicator.empty() && !seen.contains(indicator)) {
      return ItemInvalid(fmt::format("items[{}].gap.indicator", i),
                         fmt::format("there is no item \"{}\"", indicator))
          .Mend("Name an item of this template, or none.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckSameTypes(const v1::ChecklistTemplateState& before, const TemplateItems& items) {
  for (int i = 0; i < items.size(); ++i) {
    for (const v1::TemplateVersion& version : before.versions()) {
      // A draft that nobody answered can be changed freely.
      if (!version.has_validated_on()) continue;
      for (const v1::TemplateItem& old : version.items()) {
        if (old.id() != items[i].id() || old.type() == items[i].type()) continue;
        return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ITEM_TYPE_CHANGED,
                      fmt::format("version {} asks \"{}\" for another type of answer",
                                  version.number(), old.id()))
            .Field(fmt::format("items[{}].type", i))
            .Mend("Give the new question an id of its own: answers are compared by item.");
      }
    }
  }
  return absl::OkStatus();
}

const v1::TemplateVersion* FindVersion(const v1::ChecklistTemplateState& state, int32_t number) {
  const auto found =
      std::find_if(state.versions().begin(), state.versions().end(),
                   [&](const v1::TemplateVersion& version) { return version.number() == number; });
  return found == state.versions().end() ? nullptr : &*found;
}

std::vector<AskedItem> ItemsOf(const Context::Lookup& lookup, const v1::ChecklistState& checklist) {
  std::vector<AskedItem> asked;
  const auto add = [&](const std::string& name, int32_t number, const std::string& rider) {
    const RelatedInstance* found = lookup ? lookup(name) : nullptr;
    const auto* state =
        found == nullptr ? nullptr : dynamic_cast<const v1::ChecklistTemplateState*>(found->state);
    const v1::TemplateVersion* version = state == nullptr ? nullptr : FindVersion(*state, number);
    if (version == nullptr) return;
    for (const v1::TemplateItem& item : version->items()) asked.push_back({&item, rider});
  };
  add(checklist.checklist_template(), checklist.template_version(), "");
  for (const v1::AttachedRider& rider : checklist.riders()) {
    add(rider.rider(), rider.version(), rider.rider());
  }
  return asked;
}

const v1::TemplateItem* FindItem(const std::vector<AskedItem>& asked, std::string_view id) {
  const auto found = std::find_if(asked.begin(), asked.end(),
                                  [&](const AskedItem& one) { return one.item->id() == id; });
  return found == asked.end() ? nullptr : found->item;
}

absl::Status CheckAnswer(const v1::TemplateItem& item, const v1::Answer& answer,
                         std::string_view field) {
  if (answer.value_case() == v1::Answer::kNotApplicable) {
    if (answer.not_applicable() && !answer.remark().empty()) return absl::OkStatus();
    return AnswerInvalid(item, field,
                         "an answer, or not_applicable: true with a remark that says why");
  }
  switch (item.type()) {
    case v1::ANSWER_TYPE_YES_NO_PARTLY:
      if (answer.has_choice_of_three() &&
          answer.choice_of_three() != v1::YES_NO_PARTLY_UNSPECIFIED) {
        return absl::OkStatus();
      }
      return AnswerInvalid(item, field, "yes, partly or no");
    case v1::ANSWER_TYPE_NUMBER:
      if (answer.has_number() && IsNumberFor(item, answer.number())) return absl::OkStatus();
      return AnswerInvalid(item, field, NumberInWords(item));
    case v1::ANSWER_TYPE_TEXT:
      if (answer.has_text() && !answer.text().empty()) return absl::OkStatus();
      return AnswerInvalid(item, field, "words");
    case v1::ANSWER_TYPE_CHOICE:
      if (answer.has_choice() && std::find(item.choices().begin(), item.choices().end(),
                                           answer.choice()) != item.choices().end()) {
        return absl::OkStatus();
      }
      return AnswerInvalid(item, field, "one of its choices");
    case v1::ANSWER_TYPE_EVIDENCE:
      if (answer.value_case() == v1::Answer::VALUE_NOT_SET && ShowsSomething(answer.evidence())) {
        return absl::OkStatus();
      }
      return AnswerInvalid(item, field, "the title or the number of a document");
    default:
      return absl::OkStatus();
  }
}

absl::Status CheckNumber(std::string_view text, std::string_view field) {
  if (text.empty() || Decimal::Parse(text).has_value()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NUMBER_INVALID,
                fmt::format("\"{}\" is no decimal number", text))
      .Field(field)
      .Mend("Write it without group marks, with a point, as in 1250.50.");
}

v1::AnswerStanding StandingOf(const v1::Answer* answer) {
  if (answer == nullptr) return v1::ANSWER_STANDING_NOT_ANSWERED;
  if (answer->not_applicable()) return v1::ANSWER_STANDING_NOT_APPLICABLE;
  if (answer->has_number()) {
    const auto number = Decimal::Parse(answer->number());
    if (number.has_value() && number->IsZero()) return v1::ANSWER_STANDING_ZERO;
  }
  return v1::ANSWER_STANDING_ANSWERED;
}

const v1::Answer* FindAnswer(const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
                             std::string_view item) {
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [&](const v1::Answer& answer) { return answer.item() == item; });
  return found == answers.end() ? nullptr : &*found;
}

absl::Status ItemNotFound(const std::string& item, const std::string& field) {
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_ITEM_NOT_FOUND,
                fmt::format("the checklist does not ask for \"{}\"", item))
      .Field(field)
      .Mend("Name an item of the version and the riders to which it is bound.")
      .With("item", item);
}

absl::Status CheckAnswers(const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
                          const std::vector<AskedItem>& asked) {
  std::set<std::string> seen;
  for (int i = 0; i < answers.size(); ++i) {
    const std::string field = fmt::format("answers[{}]", i);
    const v1::TemplateItem* item = FindItem(asked, answers[i].item());
    if (item == nullptr) return ItemNotFound(answers[i].item(), field + ".item");
    RETURN_IF_ERROR(CheckAnswer(*item, answers[i], field));
    if (!seen.insert(answers[i].item()).second) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ANSWERED_TWICE,
                    fmt::format("\"{}\" is answered twice", answers[i].item()))
          .Field(field)
          .Mend("Answer each item once in a request.");
    }
  }
  return absl::OkStatus();
}

}  // namespace kasundo::monitoring
