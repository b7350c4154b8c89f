#include "workflows/monitoring/response_session_figures.h"

#include <map>
#include <optional>
#include <string>

#include "workflows/decimal/decimal.h"

namespace kasundo::monitoring {
namespace {

constexpr int kPlaces = 2;

// What an answer counts; nullopt if it is no number and no yes, partly or no.
std::optional<Decimal> ValueOf(const v1::Answer* answer) {
  if (answer == nullptr || answer->not_applicable()) return std::nullopt;
  if (answer->has_number()) return Decimal::Parse(answer->number());
  if (!answer->has_choice_of_three()) return std::nullopt;
  switch (answer->choice_of_three()) {
    case v1::YES_NO_PARTLY_YES:
      return Decimal(1);
    case v1::YES_NO_PARTLY_PARTLY:
      return Quotient(Decimal(1), Decimal(2), 1);
    default:
      return Decimal(0);
  }
}

std::string Mean(const Decimal& sum, int count) {
  const auto mean = Quotient(sum, Decimal(count), kPlaces);
  return mean.has_value() ? mean->ToFixed(kPlaces) : "";
}

using ByCode = std::map<std::string, const v1::Response*>;

ByCode CodesOf(const v1::ResponseSessionState& state, v1::ResponseMoment moment) {
  ByCode codes;
  for (const v1::Response& response : state.responses()) {
    if (response.moment() == moment) codes.emplace(response.code(), &response);
  }
  return codes;
}

void AddChange(const v1::TemplateItem& item, const ByCode& before, const ByCode& after,
               v1::ResponseSession& to) {
  Decimal sum_before;
  Decimal sum_after;
  int pairs = 0;
  for (const auto& [code, first] : before) {
    const auto second = after.find(code);
    if (second == after.end()) continue;
    const auto value_before = ValueOf(FindAnswer(first->answers(), item.id()));
    const auto value_after = ValueOf(FindAnswer(second->second->answers(), item.id()));
    if (!value_before || !value_after) continue;
    sum_before += *value_before;
    sum_after += *value_after;
    ++pairs;
  }
  v1::PairedChange& change = *to.add_changes();
  change.set_item(item.id());
  change.set_text(item.text());
  change.set_pairs(pairs);
  change.set_before(Mean(sum_before, pairs));
  change.set_after(Mean(sum_after, pairs));
  change.set_change(Mean(sum_after - sum_before, pairs));
}

void AddRating(const v1::TemplateItem& item, const v1::ResponseSessionState& state,
               v1::ResponseSession& to) {
  Decimal sum;
  int ratings = 0;
  for (const v1::Response& response : state.responses()) {
    if (response.moment() != v1::RESPONSE_MOMENT_RATING) continue;
    const auto value = ValueOf(FindAnswer(response.answers(), item.id()));
    if (!value) continue;
    sum += *value;
    ++ratings;
  }
  if (ratings == 0) return;
  v1::RatingTotal& total = *to.add_ratings();
  total.set_item(item.id());
  total.set_ratings(ratings);
  total.set_mean(Mean(sum, ratings));
}

}  // namespace

void FillFigures(const v1::ResponseSessionState& state, const std::vector<AskedItem>& asked,
                 v1::ResponseSession& to) {
  const ByCode before = CodesOf(state, v1::RESPONSE_MOMENT_BEFORE);
  const ByCode after = CodesOf(state, v1::RESPONSE_MOMENT_AFTER);
  int pairs = 0;
  for (const auto& [code, response] : before) pairs += after.contains(code) ? 1 : 0;
  to.set_before(static_cast<int>(before.size()));
  to.set_after(static_cast<int>(after.size()));
  to.set_pairs(pairs);
  for (const AskedItem& one : asked) {
    const bool counts = one.item->type() == v1::ANSWER_TYPE_NUMBER ||
                        one.item->type() == v1::ANSWER_TYPE_YES_NO_PARTLY;
    if (!counts) continue;
    AddChange(*one.item, before, after, to);
    AddRating(*one.item, state, to);
  }
}

}  // namespace kasundo::monitoring
