#include "workflows/plan/plan_review.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

// Requirement 60: measure, baseline, target and date.
bool IsMeasured(const v1::PlanItem& goal) {
  return std::any_of(goal.indicators().begin(), goal.indicators().end(), [](const auto& indicator) {
    return !indicator.baseline().empty() && !indicator.target().empty() &&
           IsSet(indicator.target_on());
  });
}

// "gender-fund" of SOURCE_TYPE_GENDER_FUND.
std::string WordOf(v1::SourceType type) {
  constexpr std::string_view kPrefix = "SOURCE_TYPE_";
  std::string word = v1::SourceType_Name(type).substr(kPrefix.size());
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c == '_' ? '-' : static_cast<char>(c | 0x20); });
  return word;
}

std::string WordOf(v1::BudgetPurpose purpose) {
  return purpose == v1::BUDGET_PURPOSE_OPERATING ? "operating" : "work-plan";
}

bool HasFoundation(const v1::PlanState& state, v1::FoundationKind kind) {
  const auto& shown = state.foundations();
  if (std::any_of(shown.begin(), shown.end(),
                  [&](const auto& foundation) { return foundation.kind() == kind; })) {
    return true;
  }
  // What the plan's own record shows.
  switch (kind) {
    case v1::FOUNDATION_KIND_LEGAL_BASIS:
      return !state.versions().empty();
    case v1::FOUNDATION_KIND_BUDGET:
      return !state.tree().budget().empty();
    case v1::FOUNDATION_KIND_DATA:
      return !state.studies().empty();
    default:
      return false;
  }
}

std::vector<v1::FoundationKind> MissingFoundations(const v1::PlanState& state) {
  std::vector<v1::FoundationKind> missing;
  for (const v1::FoundationKind kind : {v1::FOUNDATION_KIND_LEGAL_BASIS, v1::FOUNDATION_KIND_BUDGET,
                                        v1::FOUNDATION_KIND_PERSONNEL, v1::FOUNDATION_KIND_DATA}) {
    if (!HasFoundation(state, kind)) missing.push_back(kind);
  }
  return missing;
}

Decimal DoneOf(const v1::PlanState& state, const std::string& item) {
  for (const v1::ActivityProgress& progress : state.progress()) {
    if (progress.item() == item) return FigureOf(progress.report().percent());
  }
  return Decimal();
}

// Requirement 58: begun although something that it depends on was skipped or is not done.
bool IsOutOfOrder(const v1::PlanState& state, const v1::PlanItem& activity) {
  if (DoneOf(state, activity.id()).IsZero()) return false;
  return std::any_of(
      activity.depends_on().begin(), activity.depends_on().end(), [&](const std::string& other) {
        const v1::PlanItem* before = FindItem(state.tree(), other);
        return before != nullptr &&
               (!before->skipped().empty() || (before->level() == v1::ITEM_LEVEL_ACTIVITY &&
                                               DoneOf(state, other) < Decimal(100)));
      });
}

bool IsSustained(const v1::PlanTree& tree, const std::string& item) {
  return std::any_of(tree.budget().begin(), tree.budget().end(),
                     [&](const auto& line) { return line.item() == item && line.sustaining(); });
}

bool IsCarried(const v1::PlanItem& item) {
  return std::any_of(item.official_lines().begin(), item.official_lines().end(),
                     [](const auto& line) { return line.uptake() != v1::UPTAKE_LEFT_OUT; });
}

// Money of one heading.
struct Sum {
  MoneyTotals amounts;
  Decimal total;
  void Add(const v1::BudgetLine& line) {
    amounts.Add(line.amount());
    total += WorthOf(line);
  }
};

void AddSums(const v1::PlanTree& tree, v1::PlanReview& review) {
  std::map<std::string, Sum> purposes;
  std::map<std::string, Sum> sources;
  for (const v1::BudgetLine& line : tree.budget()) {
    purposes[WordOf(line.purpose())].Add(line);
    sources[WordOf(line.source_type())].Add(line);
  }
  for (const auto* headings : {&purposes, &sources}) {
    for (const auto& [word, sum] : *headings) {
      v1::MoneySum& written = *review.add_sums();
      written.set_of(word);
      for (const auto& [currency, amount] : sum.amounts.totals()) {
        v1::Money& money = *written.add_amounts();
        money.set_currency(currency);
        money.set_amount(SumText(amount));
      }
      written.set_total(SumText(sum.total));
    }
  }
}

// What items cost and what their sources give, each with what stands beneath.
struct Sides {
  std::map<std::string_view, Decimal> uses;
  std::map<std::string_view, Decimal> sources;
  std::map<std::string_view, Decimal> given_directly;
};

Sides SidesOf(const v1::PlanTree& tree) {
  Sides sides;
  for (const v1::BudgetLine& line : tree.budget()) {
    // Requirement 64: operating cost stays out of it.
    if (line.purpose() == v1::BUDGET_PURPOSE_OPERATING) continue;
    sides.given_directly[line.item()] += WorthOf(line);
    sides.sources[line.item()] += WorthOf(line);
  }
  // Each item stands after the one above it, so backwards everything beneath an item is known
  // before it. A cost that is stated includes what stands beneath; else the costs beneath add up.
  for (int i = tree.items_size() - 1; i >= 0; --i) {
    const v1::PlanItem& item = tree.items(i);
    if (!item.skipped().empty()) {
      sides.uses[item.id()] = Decimal();
    } else if (item.has_cost()) {
      sides.uses[item.id()] = CostOf(item);
    }
    sides.uses[item.parent()] += sides.uses[item.id()];
    sides.sources[item.parent()] += sides.sources[item.id()];
  }
  return sides;
}

// Requirement 63: the plan as a whole first (id ""), then each item of which something is known.
// What money given to an item above is meant for shows there, not beneath.
std::vector<v1::Balance> Gaps(const v1::PlanTree& tree) {
  Sides sides = SidesOf(tree);
  std::vector<v1::Balance> gaps;
  const auto compare = [&](const std::string& item) {
    const Decimal& uses = sides.uses[item];
    const Decimal& sources = sides.sources[item];
    if (uses == sources) return;
    v1::Balance& gap = gaps.emplace_back();
    gap.set_item(item);
    gap.set_uses(SumText(uses));
    gap.set_sources(SumText(sources));
    gap.set_gap(SumText(uses - sources));
  };
  compare("");
  std::set<std::string_view> paid_from_above;
  for (const v1::PlanItem& item : tree.items()) {
    const bool paid = paid_from_above.count(item.parent()) != 0;
    const bool own = sides.given_directly.count(item.id()) != 0;
    if (paid || own) paid_from_above.insert(item.id());
    if (own || (item.has_cost() && !paid)) compare(item.id());
  }
  return gaps;
}

absl::Status Lacking(v1::Reason reason, const std::vector<std::string>& items,
                     std::string_view what, std::string_view mend) {
  return Refuse(absl::StatusCode::kFailedPrecondition, reason,
                fmt::format("{}: {}", what, fmt::join(items, ", ")))
      .Mend(mend)
      .With("items", fmt::format("{}", fmt::join(items, ",")));
}

}  // namespace

v1::PlanReview ReviewOf(const v1::PlanState& state) {
  v1::PlanReview review;
  for (const v1::FoundationKind kind : MissingFoundations(state)) {
    review.add_missing_foundations(kind);
  }
  for (const v1::PlanItem& item : state.tree().items()) {
    if (item.level() == v1::ITEM_LEVEL_GOAL && !IsMeasured(item)) review.add_draft_goals(item.id());
  }
  for (const v1::PlanItem* activity : ActivitiesOf(state.tree())) {
    if (activity->owner_office().empty()) review.add_without_responsible(activity->id());
    if (IsOutOfOrder(state, *activity)) review.add_out_of_order(activity->id());
    if (activity->recurring() && !IsSustained(state.tree(), activity->id())) {
      review.add_unsustained(activity->id());
    }
    if (!IsCarried(*activity)) review.add_outside_official_plan(activity->id());
    if (IsSet(state.funding_ends_on()) && activity->owner_after_funding().empty()) {
      review.add_without_owner_after_funding(activity->id());
    }
  }
  AddSums(state.tree(), review);
  for (v1::Balance& gap : Gaps(state.tree())) *review.add_gaps() = std::move(gap);
  *review.mutable_open_needs() = state.open_needs();
  return review;
}

v1::Balance BalanceOf(const v1::PlanTree& tree) {
  Sides sides = SidesOf(tree);
  v1::Balance balance;
  balance.set_uses(SumText(sides.uses[""]));
  balance.set_sources(SumText(sides.sources[""]));
  balance.set_gap(SumText(sides.uses[""] - sides.sources[""]));
  return balance;
}

absl::Status CheckFoundations(const v1::PlanState& state) {
  std::vector<std::string> missing;
  for (const v1::FoundationKind kind : MissingFoundations(state)) {
    missing.push_back(
        v1::FoundationKind_Name(kind).substr(std::string_view("FOUNDATION_KIND_").size()));
  }
  if (missing.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_FOUNDATIONS_MISSING,
                fmt::format("foundations are missing: {}", fmt::join(missing, ", ")))
      .Mend("Show the document of each (ShowFoundation).");
}

absl::Status CheckBalance(const v1::PlanState& state) {
  const std::vector<v1::Balance> gaps = Gaps(state.tree());
  if (gaps.empty()) return absl::OkStatus();
  const v1::Balance& first = gaps.front();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_BUDGET_GAP,
                fmt::format("{} costs {} {} and its sources give {}",
                            first.item().empty() ? "the plan" : first.item(), first.uses(),
                            state.currency(), first.sources()))
      .Mend("Add budget lines, or correct the cost.")
      .With("gap", first.gap());
}

absl::Status CheckBaseline(const v1::PlanState& state) {
  if (!state.studies().empty() || state.has_waiver()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_BASELINE_MISSING,
                "no study shows how things were before the plan")
      .Field("studies")
      .Mend("Link a baseline study, or the waiver that somebody signed.");
}

absl::Status CheckComplete(const v1::PlanState& state) {
  const auto activities = ActivitiesOf(state.tree());
  if (activities.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_PLAN_EMPTY,
                  "the plan has no activity")
        .Mend("Add what is to be done.");
  }
  std::vector<std::string> without_office;
  std::vector<std::string> without_date;
  std::vector<std::string> drafts;
  for (const v1::PlanItem* activity : activities) {
    if (activity->owner_office().empty()) without_office.push_back(activity->id());
    if (!IsSet(activity->ends_on())) without_date.push_back(activity->id());
  }
  for (const v1::PlanItem& item : state.tree().items()) {
    if (item.level() == v1::ITEM_LEVEL_GOAL && item.skipped().empty() && !IsMeasured(item)) {
      drafts.push_back(item.id());
    }
  }
  // Requirement 46: a plan with an activity lacking one cannot start.
  if (!without_office.empty()) {
    return Lacking(v1::REASON_RESPONSIBLE_MISSING, without_office,
                   "activities without responsible office",
                   "Give each its responsible office (AssignResponsible).");
  }
  if (!without_date.empty()) {
    return Lacking(v1::REASON_DATES_MISSING, without_date, "activities without a last day",
                   "Lay down when each is done (ScheduleItem).");
  }
  if (!drafts.empty()) {
    return Lacking(v1::REASON_GOAL_IS_DRAFT, drafts,
                   "goals that lack measure, baseline, target or date",
                   "Give each an indicator with baseline, target and date (SetIndicators).");
  }
  // Requirement 72: a plan must answer each.
  if (!state.open_needs().empty()) {
    return Lacking(v1::REASON_NEEDS_UNANSWERED,
                   {state.open_needs().begin(), state.open_needs().end()},
                   "needs that wait for an answer",
                   "Answer each: in plan, later or no, with the reason (AnswerNeed).");
  }
  return CheckBaseline(state);
}

}  // namespace kasundo::plans
