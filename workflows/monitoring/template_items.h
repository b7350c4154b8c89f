// Items of templates: whether they make sense, and whether an answer fits one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/repeated_field.h"
#include "kasundo/monitoring/v1/checklist_templates_events.pb.h"
#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::monitoring {

using TemplateItems = google::protobuf::RepeatedPtrField<v1::TemplateItem>;

// ITEM_INVALID or ITEM_TWICE with the item's path.
absl::Status CheckItems(const TemplateItems& items);

// ITEM_TYPE_CHANGED if an item of an earlier version asks for another type of answer now: answers
// of two versions are compared by item identity (requirement 85).
absl::Status CheckSameTypes(const v1::ChecklistTemplateState& before, const TemplateItems& items);

// nullptr if there is none.
const v1::TemplateVersion* FindVersion(const v1::ChecklistTemplateState& state, int32_t number);

// What one checklist asks: its core and its riders, in order.
struct AskedItem {
  const v1::TemplateItem* item = nullptr;
  std::string rider;  // "" for the core
};
std::vector<AskedItem> ItemsOf(const Context::Lookup& lookup, const v1::ChecklistState& checklist);

// nullptr if it asks no such item.
const v1::TemplateItem* FindItem(const std::vector<AskedItem>& asked, std::string_view id);

// ITEM_TWICE with the path "items[i].id" if a version of the core called `name` asks an item of the
// same id as the items of a rider to it.
absl::Status CheckNotAskedBy(const v1::ChecklistTemplateState& core, std::string_view name,
                             const TemplateItems& items);

// ITEM_TWICE if items of the core and of a rider, or of two riders, have one id: they would be one
// question, with one answer and one figure.
absl::Status CheckApart(const std::vector<AskedItem>& asked, const std::string& field);

// Whether it names anything.
bool ShowsSomething(const v1::AnswerEvidence& evidence);

// Whether the answer says something that a document has to show, and none is given.
bool LacksEvidence(const v1::TemplateItem& item, const v1::Answer& answer);

// ANSWER_INVALID if the answer is not of the item's type or not within its bounds, or says without
// a remark that the item does not apply.
absl::Status CheckAnswer(const v1::TemplateItem& item, const v1::Answer& answer,
                         std::string_view field);

// Each answers something that is asked, in the right type, once: ITEM_NOT_FOUND, ANSWER_INVALID,
// ANSWERED_TWICE with the path "answers[i]".
absl::Status CheckAnswers(const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
                          const std::vector<AskedItem>& asked);

// ITEM_NOT_FOUND.
absl::Status ItemNotFound(const std::string& item, const std::string& field);

// NUMBER_INVALID unless `text` is empty or a decimal number.
absl::Status CheckNumber(std::string_view text, std::string_view field);

// What became of an item: the three kinds of emptiness are told apart (requirement 88).
v1::AnswerStanding StandingOf(const v1::Answer* answer);

// nullptr if the item was not answered.
const v1::Answer* FindAnswer(const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
                             std::string_view item);

}  // namespace kasundo::monitoring
