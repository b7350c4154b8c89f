#include "services/agreements/agreement_queries.h"

#include <map>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/decimal/decimal.h"
#include "workflows/engine/refusal.h"

namespace kasundo::agreements {
namespace {

void Add(const v1::ObligationState& obligation, const CivilDate& today,
         v1::ObligationCounts& counts) {
  if (obligation.withdrawn()) {
    counts.set_withdrawn(counts.withdrawn() + 1);
    return;
  }
  counts.set_total(counts.total() + 1);
  if (obligation.has_done_on()) {
    counts.set_fulfilled(counts.fulfilled() + 1);
  } else if (obligation.suspended()) {
    counts.set_suspended(counts.suspended() + 1);
  } else if (Before(obligation.due_date(), today)) {
    counts.set_late(counts.late() + 1);
  } else {
    counts.set_open(counts.open() + 1);
  }
  counts.set_percent(counts.fulfilled() * 100 / counts.total());
}

// Of two decimal numbers, of which either may not have been counted, or be a sum itself.
std::string Sum(const std::string& a, const std::string& b) {
  const auto first = Decimal::ParseSum(a);
  const auto second = Decimal::ParseSum(b);
  if (!first.has_value()) return b;
  return second.has_value() ? (*first + *second).ToString() : a;
}

// Whether the day lies after the date however imprecise dates are read: what came on that day
// counts as there.
bool Reached(const CivilDate& date, const CivilDate& day) { return First(date) <= Last(day); }

}  // namespace

v1::GetProgressResponse ProgressOf(const v1::AgreementState& agreement,
                                   const std::vector<const v1::ObligationState*>& obligations,
                                   const CivilDate& today) {
  v1::GetProgressResponse response;
  std::map<std::string, v1::ObligationCounts> of_party;
  response.mutable_counts();
  for (const v1::ObligationState* obligation : obligations) {
    Add(*obligation, today, *response.mutable_counts());
    Add(*obligation, today, of_party[obligation->party()]);
  }
  for (const v1::Party& party : agreement.parties()) {
    v1::PartyProgress& progress = *response.add_parties();
    progress.set_party(party.id());
    *progress.mutable_counts() = of_party[party.id()];
  }
  return response;
}

v1::GetContributionBalanceResponse BalanceOf(const v1::AgreementState& agreement) {
  // By form and unit, in that order.
  using Totals = std::map<std::pair<int, std::string>, v1::ContributionTotal>;
  std::map<std::string, std::pair<Totals, Totals>> territories;  // given, received
  for (const v1::Contribution& entry : agreement.contributions()) {
    auto& [given, received] = territories[entry.territory()];
    Totals& totals = entry.flow() == v1::CONTRIBUTION_FLOW_GIVEN ? given : received;
    v1::ContributionTotal& total = totals[{entry.form(), entry.unit()}];
    total.set_form(entry.form());
    total.set_unit(entry.unit());
    total.set_entries(total.entries() + 1);
    total.set_quantity(Sum(total.quantity(), entry.quantity()));
  }
  v1::GetContributionBalanceResponse response;
  for (const auto& [territory, flows] : territories) {
    v1::TerritoryBalance& balance = *response.add_territories();
    balance.set_territory(territory);
    for (const auto& [key, total] : flows.first) *balance.add_given() = total;
    for (const auto& [key, total] : flows.second) *balance.add_received() = total;
  }
  return response;
}

absl::StatusOr<v1::GetTextInForceResponse> TextOn(const v1::AgreementState& agreement,
                                                  const CivilDate& day) {
  v1::GetTextInForceResponse response;
  for (const v1::AgreedText& text : agreement.text_versions()) {
    if (Reached(text.date(), day)) *response.mutable_text() = text;
  }
  if (!response.has_text()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEXT_EMPTY,
                  fmt::format("no text had been agreed by {}", ToString(day)))
        .Field("on")
        .Mend("Ask for a later day, or read the articles as they are drafted.");
  }
  for (const v1::Party& party : agreement.parties()) {
    const bool joined = !party.has_joined_on() || Reached(party.joined_on(), day);
    const bool left = party.has_left_on() && Last(party.left_on()) < First(day);
    if (joined && !left) *response.add_parties() = party;
  }
  return response;
}

}  // namespace kasundo::agreements
