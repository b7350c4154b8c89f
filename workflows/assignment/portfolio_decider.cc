#include "workflows/assignment/portfolio_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/assignments/v1/portfolios_follow_ups.pb.h"
#include "kasundo/assignments/v1/reasons.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo::assignments {
namespace {

using State = v1::PortfolioState;
using Event = v1::PortfolioEvent;

absl::StatusOr<std::vector<Event>> NotePortfolio(const v1::NotePortfolioRequest& request,
                                                 const State&, const Context&) {
  Event event;
  v1::PortfolioNoted& noted = *event.mutable_portfolio_noted();
  noted.set_office(request.office());
  noted.set_assignment(request.assignment());
  *noted.mutable_claims() = request.claims();
  return {{std::move(event)}};
}

absl::StatusOr<std::vector<Event>> DiscardPortfolio(const v1::DiscardPortfolioRequest&,
                                                    const State& state, const Context&) {
  if (!state.claims().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_STILL_ASSIGNED,
                  fmt::format("{} answers for something or did", state.office()))
        .Field("name")
        .Mend("Hand over or withdraw its assignments first.");
  }
  Event event;
  event.mutable_portfolio_discarded();
  return {{std::move(event)}};
}

void Replace(const v1::PortfolioNoted& noted, State* state) {
  auto& claims = *state->mutable_claims();
  claims.erase(std::remove_if(claims.begin(), claims.end(),
                              [&](const v1::Claim& claim) {
                                return claim.assignment() == noted.assignment();
                              }),
               claims.end());
  for (const v1::Claim& claim : noted.claims()) *claims.Add() = claim;
  std::stable_sort(claims.begin(), claims.end(), [](const v1::Claim& a, const v1::Claim& b) {
    return a.assignment() < b.assignment();
  });
}

}  // namespace

State Portfolio::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kPortfolioNoted:
      state.set_office(event.portfolio_noted().office());
      Replace(event.portfolio_noted(), &state);
      break;
    case Event::kPortfolioDiscarded:
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Portfolio::Traits() {
  static const KindTraits traits{"portfolio", "portfolios", ""};
  return traits;
}

const std::vector<CommandCase<Portfolio>>& Portfolio::Commands() {
  static const std::vector<CommandCase<Portfolio>> cases = {
      On(&NotePortfolio, {"PortfolioNoted"}),
      On(&DiscardPortfolio, {"PortfolioDiscarded"}),
  };
  return cases;
}

const std::vector<RoleCase<Portfolio>>& Portfolio::Roles() {
  static const std::vector<RoleCase<Portfolio>> roles = {};
  return roles;
}

const std::vector<GuardCase<Portfolio>>& Portfolio::Guards() {
  static const std::vector<GuardCase<Portfolio>> guards = {};
  return guards;
}

std::string PortfolioOf(std::string_view office) {
  const std::string_view realm = office.substr(0, office.rfind("/offices/"));
  return fmt::format("{}/portfolios/{}", realm, IdOf(office));
}

}  // namespace kasundo::assignments
