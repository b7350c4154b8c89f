#include "workflows/monitoring/rollup_figures.h"

#include <algorithm>

#include "workflows/decimal/decimal.h"

namespace kasundo::monitoring {
namespace {

// Of an answer, or of a sum of any number of them.
Decimal NumberOf(const std::string& text) {
  return text.empty() ? Decimal() : Decimal::ParseSum(text).value_or(Decimal());
}

// The entry with that key in a list sorted by key; made if there is none.
template <typename List, typename Key>
auto& EntryOf(List& list, const Key& key, const Key& (*key_of)(const typename List::value_type&),
              void (*set_key)(typename List::value_type&, const Key&)) {
  const auto place = std::lower_bound(
      list.begin(), list.end(), key,
      [&](const auto& entry, const Key& wanted) { return key_of(entry) < wanted; });
  const int index = static_cast<int>(place - list.begin());
  if (place != list.end() && key_of(*place) == key) return *list.Mutable(index);
  set_key(*list.Add(), key);
  for (int i = list.size() - 1; i > index; --i) list.SwapElements(i, i - 1);
  return *list.Mutable(index);
}

template <typename List, typename Empty>
void DropEmpty(List& list, const Empty& empty) {
  list.erase(std::remove_if(list.begin(), list.end(), empty), list.end());
}

v1::ItemFigures& ItemOf(v1::RollUpRow& row, const std::string& item) {
  return EntryOf<google::protobuf::RepeatedPtrField<v1::ItemFigures>, std::string>(
      *row.mutable_items(), item,
      [](const v1::ItemFigures& entry) -> const std::string& { return entry.item(); },
      [](v1::ItemFigures& entry, const std::string& key) { entry.set_item(key); });
}

v1::StageFigures& StageOf(v1::ItemFigures& item, v1::DataStage stage) {
  for (v1::StageFigures& entry : *item.mutable_stages()) {
    if (entry.stage() == stage) return entry;
  }
  item.add_stages()->set_stage(stage);
  auto& stages = *item.mutable_stages();
  for (int i = stages.size() - 1; i > 0 && stages[i].stage() < stages[i - 1].stage(); --i) {
    stages.SwapElements(i, i - 1);
  }
  for (v1::StageFigures& entry : stages) {
    if (entry.stage() == stage) return entry;
  }
  return stages.at(0);
}

}  // namespace

v1::FigureSums SumsOf(const v1::Answer& answer) {
  v1::FigureSums sums;
  if (answer.not_applicable()) {
    sums.set_not_applicable(1);
    return sums;
  }
  sums.set_answered(1);
  if (answer.has_number()) {
    const Decimal number = NumberOf(answer.number());
    if (number.IsZero()) {
      sums.set_zero(1);
    } else {
      sums.set_sum(number.ToString());
    }
  } else if (answer.has_choice()) {
    v1::ChoiceCount& count = *sums.add_choices();
    count.set_choice(answer.choice());
    count.set_count(1);
  } else if (answer.has_choice_of_three()) {
    sums.set_yes(answer.choice_of_three() == v1::YES_NO_PARTLY_YES ? 1 : 0);
    sums.set_partly(answer.choice_of_three() == v1::YES_NO_PARTLY_PARTLY ? 1 : 0);
    sums.set_no(answer.choice_of_three() == v1::YES_NO_PARTLY_NO ? 1 : 0);
  }
  return sums;
}

void AddSums(const v1::FigureSums& from, int sign, v1::FigureSums& to) {
  to.set_answered(to.answered() + sign * from.answered());
  to.set_not_applicable(to.not_applicable() + sign * from.not_applicable());
  to.set_zero(to.zero() + sign * from.zero());
  to.set_yes(to.yes() + sign * from.yes());
  to.set_partly(to.partly() + sign * from.partly());
  to.set_no(to.no() + sign * from.no());
  if (!from.sum().empty()) {
    const Decimal part = NumberOf(from.sum());
    const Decimal sum = NumberOf(to.sum()) + (sign > 0 ? part : -part);
    to.set_sum(sum.IsZero() ? "" : sum.ToString());
  }
  for (const v1::ChoiceCount& choice : from.choices()) {
    v1::ChoiceCount& count =
        EntryOf<google::protobuf::RepeatedPtrField<v1::ChoiceCount>, std::string>(
            *to.mutable_choices(), choice.choice(),
            [](const v1::ChoiceCount& entry) -> const std::string& { return entry.choice(); },
            [](v1::ChoiceCount& entry, const std::string& key) { entry.set_choice(key); });
    count.set_count(count.count() + sign * choice.count());
  }
  if (!from.choices().empty()) {
    DropEmpty(*to.mutable_choices(),
              [](const v1::ChoiceCount& entry) { return entry.count() == 0; });
  }
}

bool IsNothing(const v1::FigureSums& sums) { return sums.ByteSizeLong() == 0; }

v1::FigureSums EffectiveSums(const v1::ItemFigures& item, const v1::StageFigures& stage) {
  v1::FigureSums sums = stage.own();
  const bool included = item.includes_lower_units() && stage.own().answered() > 0;
  if (!included) AddSums(stage.below(), 1, sums);
  return sums;
}

void ChangeFigure(FigureChange& change, bool own, v1::RollUpRow& row) {
  v1::ItemFigures& item = ItemOf(row, change.item);
  v1::StageFigures& stage = StageOf(item, change.stage);
  v1::FigureSums& part = own ? *stage.mutable_own() : *stage.mutable_below();
  if (!change.includes_lower_units) {  // whatever is added here is added around it as well
    AddSums(change.sums, 1, part);
    return;
  }
  item.set_includes_lower_units(true);
  stage.set_units_answered(stage.units_answered() + change.units_answered);
  stage.set_units_not_applicable(stage.units_not_applicable() + change.units_not_applicable);
  v1::FigureSums before = EffectiveSums(item, stage);
  AddSums(change.sums, 1, part);
  change.sums = EffectiveSums(item, stage);
  AddSums(before, -1, change.sums);
}

void DropZeros(v1::RollUpRow& row) {
  for (v1::ItemFigures& item : *row.mutable_items()) {
    for (v1::StageFigures& stage : *item.mutable_stages()) {
      if (IsNothing(stage.own())) stage.clear_own();
      if (IsNothing(stage.below())) stage.clear_below();
    }
    DropEmpty(*item.mutable_stages(), [](const v1::StageFigures& entry) {
      return !entry.has_own() && !entry.has_below() && entry.units_answered() == 0 &&
             entry.units_not_applicable() == 0;
    });
  }
  DropEmpty(*row.mutable_items(),
            [](const v1::ItemFigures& entry) { return entry.stages().empty(); });
  DropEmpty(*row.mutable_counts(), [](const v1::StateCount& entry) { return entry.count() == 0; });
}

void ChangeCount(const std::string& state, int64_t by, v1::RollUpRow& row) {
  v1::StateCount& count = EntryOf<google::protobuf::RepeatedPtrField<v1::StateCount>, std::string>(
      *row.mutable_counts(), state,
      [](const v1::StateCount& entry) -> const std::string& { return entry.state(); },
      [](v1::StateCount& entry, const std::string& key) { entry.set_state(key); });
  count.set_count(count.count() + by);
}

void AddName(const std::string& name, google::protobuf::RepeatedPtrField<std::string>& names) {
  const auto place = std::lower_bound(names.begin(), names.end(), name);
  if (place != names.end() && *place == name) return;
  const int index = static_cast<int>(place - names.begin());
  *names.Add() = name;
  for (int i = names.size() - 1; i > index; --i) names.SwapElements(i, i - 1);
}

void RemoveName(const std::string& name, google::protobuf::RepeatedPtrField<std::string>& names) {
  names.erase(std::remove(names.begin(), names.end(), name), names.end());
}

}  // namespace kasundo::monitoring
