#include "services/monitoring/rolled_up_items.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "workflows/decimal/decimal.h"
#include "workflows/monitoring/percent.h"
#include "workflows/monitoring/rollup_figures.h"

namespace kasundo::monitoring {
namespace {

constexpr int kPlaces = 2;

Decimal SumOf(const v1::FigureSums& sums) {
  return sums.sum().empty() ? Decimal() : Decimal::ParseSum(sums.sum()).value_or(Decimal());
}

const v1::ItemFigures* FindFigures(const v1::RollUpRow& row, const std::string& item) {
  const auto found = std::find_if(row.items().begin(), row.items().end(),
                                  [&](const v1::ItemFigures& one) { return one.item() == item; });
  return found == row.items().end() ? nullptr : &*found;
}

std::string ValueOf(const v1::TemplateItem& item, const v1::FigureSums& sums) {
  if (sums.answered() == 0) return "";
  if (item.type() != v1::ANSWER_TYPE_NUMBER || item.aggregation() == v1::AGGREGATION_COUNT) {
    return fmt::format("{}", sums.answered());
  }
  if (item.aggregation() != v1::AGGREGATION_AVERAGE) return SumOf(sums).ToString();
  const auto average = Quotient(SumOf(sums), Decimal(sums.answered()), kPlaces);
  return average.has_value() ? average->ToFixed(kPlaces) : "";
}

v1::FigureValue ToValue(const v1::TemplateItem& item, v1::DataStage stage,
                        const v1::FigureSums& sums) {
  v1::FigureValue value;
  value.set_stage(stage);
  value.set_value(ValueOf(item, sums));
  value.set_answered(sums.answered());
  value.set_not_applicable(sums.not_applicable());
  value.set_zero(sums.zero());
  value.set_yes(sums.yes());
  value.set_partly(sums.partly());
  value.set_no(sums.no());
  for (const v1::ChoiceCount& choice : sums.choices()) {
    v1::FigureChoice& to = *value.add_choices();
    to.set_choice(choice.choice());
    to.set_count(choice.count());
  }
  return value;
}

const v1::StageFigures* FindValidated(const v1::ItemFigures& figures) {
  const auto found =
      std::find_if(figures.stages().begin(), figures.stages().end(),
                   [](const auto& stage) { return stage.stage() == v1::DATA_STAGE_VALIDATED; });
  return found == figures.stages().end() ? nullptr : &*found;
}

v1::FigureSums ValidatedSums(const v1::RollUpRow& row, const std::string& item) {
  const v1::ItemFigures* figures = FindFigures(row, item);
  const v1::StageFigures* stage = figures == nullptr ? nullptr : FindValidated(*figures);
  return stage == nullptr ? v1::FigureSums() : EffectiveSums(*figures, *stage);
}

// Validated returns that answered an item and to whose unit it does not apply, each return once:
// also those for whose figures a larger unit stands.
struct Fields {
  int64_t answered = 0;
  int64_t not_applicable = 0;
};

Fields FieldsOf(const v1::RollUpRow& row, const std::string& item) {
  const v1::ItemFigures* figures = FindFigures(row, item);
  const v1::StageFigures* stage = figures == nullptr ? nullptr : FindValidated(*figures);
  if (stage == nullptr) return {};
  if (figures->includes_lower_units()) {
    return {stage->units_answered(), stage->units_not_applicable()};
  }
  return {stage->own().answered() + stage->below().answered(),
          stage->own().not_applicable() + stage->below().not_applicable()};
}

std::string ScoreOf(const v1::RollUpRow& row, const std::vector<AskedItem>& asked) {
  Decimal reached;
  Decimal possible;
  for (const AskedItem& one : asked) {
    if (one.item->type() != v1::ANSWER_TYPE_YES_NO_PARTLY) continue;
    const v1::FigureSums sums = ValidatedSums(row, one.item->id());
    const Decimal weight = one.item->weight().empty()
                               ? Decimal(1)
                               : Decimal::Parse(one.item->weight()).value_or(Decimal());
    // In halves, so that nothing is rounded before the end.
    reached += Product(weight, Decimal(2 * sums.yes() + sums.partly())).value_or(Decimal());
    possible +=
        Product(weight, Decimal(2 * (sums.yes() + sums.partly() + sums.no()))).value_or(Decimal());
  }
  return Percent(reached, possible);
}

struct Counts {
  int64_t issued = 0;
  int64_t submitted = 0;
  int64_t validated = 0;
};

Counts CountsOf(const v1::RollUpRow& row) {
  Counts counts;
  for (const v1::StateCount& count : row.counts()) {
    const std::string& state = count.state();
    if (state == "withdrawn") continue;
    counts.issued += count.count();
    if (state == "validated") counts.validated += count.count();
    if (state != "open" && state != "late" && state != "closed") counts.submitted += count.count();
  }
  return counts;
}

template <typename To>
void FillCounts(const v1::RollUpRow& row, To& to) {
  for (const v1::StateCount& count : row.counts()) {
    v1::ChecklistCount& one = *to.add_counts();
    one.set_state(count.state());
    one.set_count(count.count());
  }
  const Counts counts = CountsOf(row);
  to.set_issued(counts.issued);
  to.set_submitted(counts.submitted);
  to.set_validated(counts.validated);
}

}  // namespace

std::string RuleOf(const v1::TemplateItem& item) {
  const std::string_view of = item.includes_lower_units()
                                  ? "of the largest units that answered; what lies within them is "
                                    "in their answers"
                                  : "of all units";
  switch (item.type()) {
    case v1::ANSWER_TYPE_NUMBER:
      if (item.aggregation() == v1::AGGREGATION_AVERAGE) {
        return fmt::format(
            "Sum of the answers divided by how many answered, {}; zero is an answer.", of);
      }
      if (item.aggregation() == v1::AGGREGATION_COUNT) {
        return fmt::format("How many answered, {}; zero is an answer.", of);
      }
      return fmt::format("Exact sum of the answers {}; zero is an answer, missing ones are not.",
                         of);
    case v1::ANSWER_TYPE_YES_NO_PARTLY:
      return "How many answered yes, partly or no, each unit once.";
    case v1::ANSWER_TYPE_CHOICE:
      return "How often each choice was made, each unit once.";
    default:
      return "How many answered, each unit once.";
  }
}

v1::RolledUpItem RolledUp(const AskedItem& asked, const v1::RollUpRow& row) {
  const v1::TemplateItem& item = *asked.item;
  v1::RolledUpItem to;
  to.set_item(item.id());
  to.set_text(item.text());
  to.set_indicator_definition(item.indicator().definition());
  to.set_rule(RuleOf(item));
  to.set_unit_of_measure(item.indicator().unit());
  to.set_rider(asked.rider);
  *to.mutable_validated() = ToValue(item, v1::DATA_STAGE_VALIDATED, {});
  const v1::ItemFigures* figures = FindFigures(row, item.id());
  if (figures == nullptr) return to;
  for (const v1::StageFigures& stage : figures->stages()) {
    v1::FigureValue value = ToValue(item, stage.stage(), EffectiveSums(*figures, stage));
    if (stage.stage() == v1::DATA_STAGE_VALIDATED) {
      *to.mutable_validated() = std::move(value);
    } else {
      *to.add_unvalidated() = std::move(value);
    }
  }
  return to;
}

void FillRollUp(const v1::RollUpRow& row, const std::vector<AskedItem>& asked, v1::RollUp& to) {
  FillCounts(row, to);
  to.set_office_completion(Percent(Decimal(to.submitted()), Decimal(to.issued())));
  int64_t answered = 0;
  int64_t apply = 0;
  for (const AskedItem& one : asked) {
    v1::RolledUpItem& item = *to.add_items();
    item = RolledUp(one, row);
    const v1::FigureValue& validated = item.validated();
    const Fields fields = FieldsOf(row, one.item->id());
    answered += fields.answered;
    // Who did not get a rider does not owe its answers.
    apply += one.rider.empty() ? to.validated() - fields.not_applicable : fields.answered;
    if (one.item->has_gap() && validated.no() + validated.partly() > 0) {
      v1::RolledUpGap& gap = *to.add_gaps();
      gap.set_list(one.item->gap().kind());
      gap.set_gap(one.item->gap().gap());
      gap.set_missing(validated.no());
      gap.set_partly(validated.partly());
      gap.set_item(one.item->id());
    }
  }
  to.set_field_completion(Percent(Decimal(answered), Decimal(apply)));
  to.set_score(ScoreOf(row, asked));
  for (const std::string& checklist : row.checklists()) {
    to.add_checklists(fmt::format("{}/checklists/{}", to.issuance(), checklist));
  }
}

v1::RolledUpChild ChildOf(const v1::RollUpRow& row, const std::vector<AskedItem>& asked) {
  v1::RolledUpChild child;
  FillCounts(row, child);
  child.set_score(ScoreOf(row, asked));
  return child;
}

}  // namespace kasundo::monitoring
