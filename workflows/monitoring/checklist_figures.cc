#include "workflows/monitoring/checklist_figures.h"

#include <algorithm>

#include "workflows/decimal/decimal.h"
#include "workflows/monitoring/percent.h"

namespace kasundo::monitoring {
namespace {

const v1::ItemTarget* FindTarget(const v1::ChecklistState& state, const std::string& item) {
  const auto found =
      std::find_if(state.targets().begin(), state.targets().end(),
                   [&](const v1::ItemTarget& target) { return target.item() == item; });
  return found == state.targets().end() ? nullptr : &*found;
}

std::string Difference(const v1::Answer* answer, const std::string& target) {
  if (answer == nullptr || !answer->has_number()) return "";
  const auto actual = Decimal::Parse(answer->number());
  const auto planned = Decimal::Parse(target);
  return actual.has_value() && planned.has_value() ? (*actual - *planned).ToString() : "";
}

}  // namespace

std::vector<v1::ChecklistLine> LinesOf(const v1::ChecklistState& state,
                                       const std::vector<AskedItem>& asked) {
  std::vector<v1::ChecklistLine> lines;
  for (const AskedItem& one : asked) {
    v1::ChecklistLine& line = lines.emplace_back();
    const v1::TemplateItem& item = *one.item;
    const v1::Answer* answer = FindAnswer(state.answers(), item.id());
    const v1::ItemTarget* target = FindTarget(state, item.id());
    line.set_item(item.id());
    line.set_text(item.text());
    line.set_rider(one.rider);
    line.set_standing(StandingOf(answer));
    if (answer != nullptr) *line.mutable_answer() = *answer;
    line.set_baseline(target != nullptr && !target->baseline().empty()
                          ? target->baseline()
                          : item.indicator().baseline());
    line.set_target(target != nullptr && !target->target().empty() ? target->target()
                                                                   : item.indicator().target());
    line.set_difference(Difference(answer, line.target()));
    if (target != nullptr) {
      line.set_plan(target->plan());
      line.set_plan_item(target->plan_item());
    }
    line.set_unit_of_measure(item.indicator().unit());
  }
  return lines;
}

Completion CompletionOf(const v1::ChecklistState& state, const std::vector<AskedItem>& asked) {
  Completion completion;
  for (const AskedItem& one : asked) {
    switch (StandingOf(FindAnswer(state.answers(), one.item->id()))) {
      case v1::ANSWER_STANDING_NOT_ANSWERED:
        ++completion.not_answered;
        break;
      case v1::ANSWER_STANDING_NOT_APPLICABLE:
        ++completion.not_applicable;
        break;
      default:
        ++completion.answered;
    }
  }
  completion.percent =
      Percent(Decimal(completion.answered), Decimal(completion.answered + completion.not_answered));
  return completion;
}

std::string ScoreOf(const v1::ChecklistState& state, const std::vector<AskedItem>& asked) {
  Decimal reached;
  Decimal possible;
  for (const AskedItem& one : asked) {
    const v1::Answer* answer = FindAnswer(state.answers(), one.item->id());
    if (answer == nullptr || !answer->has_choice_of_three()) continue;
    const Decimal weight = one.item->weight().empty()
                               ? Decimal(1)
                               : Decimal::Parse(one.item->weight()).value_or(Decimal());
    // In halves, so that nothing is rounded.
    possible += weight + weight;
    if (answer->choice_of_three() == v1::YES_NO_PARTLY_YES) reached += weight + weight;
    if (answer->choice_of_three() == v1::YES_NO_PARTLY_PARTLY) reached += weight;
  }
  return Percent(reached, possible);
}

std::vector<v1::Gap> GapsOf(const v1::ChecklistState& state, const std::vector<AskedItem>& asked) {
  std::vector<v1::Gap> gaps;
  for (const AskedItem& one : asked) {
    const v1::Answer* answer = FindAnswer(state.answers(), one.item->id());
    if (!one.item->has_gap() || answer == nullptr || !answer->has_choice_of_three() ||
        answer->choice_of_three() == v1::YES_NO_PARTLY_YES) {
      continue;
    }
    v1::Gap& gap = gaps.emplace_back();
    gap.set_item(one.item->id());
    gap.set_list(one.item->gap().kind());
    gap.set_gap(one.item->gap().gap());
    gap.set_partly(answer->choice_of_three() == v1::YES_NO_PARTLY_PARTLY);
    gap.set_indicator(one.item->gap().indicator());
  }
  return gaps;
}

}  // namespace kasundo::monitoring
