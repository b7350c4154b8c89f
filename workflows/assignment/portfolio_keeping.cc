#include "workflows/assignment/portfolio_keeping.h"

#include <algorithm>
#include <utility>

#include "google/protobuf/util/message_differencer.h"
#include "kasundo/assignments/v1/portfolios_follow_ups.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "workflows/assignment/portfolio_decider.h"
#include "workflows/assignment/tenures.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::assignments {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::Claim NewClaim(const std::string& assignment, const v1::AssignmentState& state,
                   const v1::Offices& offices, const std::string& office) {
  v1::Claim claim;
  claim.set_assignment(assignment);
  claim.set_function(state.function());
  claim.set_nature(state.nature());
  claim.set_territory(state.territory());
  claim.set_subject(state.subject());
  claim.set_part(state.part());
  claim.set_accountable(offices.accountable() == office);
  claim.set_responsible(std::find(offices.responsible().begin(), offices.responsible().end(),
                                  office) != offices.responsible().end());
  return claim;
}

// Most events of an assignment change nothing here; then nothing is recorded.
bool IsNoted(const RelatedInstance* portfolio, const std::string& assignment,
             const std::vector<v1::Claim>& claims) {
  if (portfolio == nullptr) return claims.empty();
  const auto& state = static_cast<const v1::PortfolioState&>(*portfolio->state);
  std::vector<const v1::Claim*> noted;
  for (const v1::Claim& claim : state.claims()) {
    if (claim.assignment() == assignment) noted.push_back(&claim);
  }
  return std::equal(
      claims.begin(), claims.end(), noted.begin(), noted.end(),
      [](const v1::Claim& a, const v1::Claim* b) { return MessageDifferencer::Equals(a, *b); });
}

void Discard(const std::string& office, const Context::Lookup& related,
             std::vector<FollowUp>* follow_ups) {
  const std::string name = PortfolioOf(office);
  const RelatedInstance* portfolio = related(name);
  if (portfolio == nullptr ||
      !static_cast<const v1::PortfolioState&>(*portfolio->state).claims().empty()) {
    return;
  }
  auto request = std::make_unique<v1::DiscardPortfolioRequest>();
  request->set_name(name);
  follow_ups->push_back({name, std::move(request)});
}

}  // namespace

std::vector<v1::Claim> ClaimsOf(const std::string& assignment, const v1::AssignmentState& state,
                                const std::string& office) {
  std::vector<v1::Claim> claims;
  for (const v1::Tenure& tenure : state.tenures()) {
    if (!IsAnswerable(tenure.offices(), office)) continue;
    v1::Claim& claim = claims.emplace_back(NewClaim(assignment, state, tenure.offices(), office));
    *claim.mutable_since() = tenure.since();
    if (tenure.has_until()) *claim.mutable_until() = tenure.until();
  }
  if (state.has_offer() && IsAnswerable(state.offer().offices(), office)) {
    v1::Claim& claim =
        claims.emplace_back(NewClaim(assignment, state, state.offer().offices(), office));
    claim.set_offered(true);
    *claim.mutable_since() = state.offer().since();
    if (state.offer().has_until()) *claim.mutable_until() = state.offer().until();
  }
  return claims;
}

std::vector<FollowUp> PortfolioKeeping::React(const workflows::v1::EventRecord& record,
                                              const google::protobuf::Message& payload,
                                              const Context::Lookup& related) const {
  std::vector<FollowUp> follow_ups;
  if (const auto* office = dynamic_cast<const directory::v1::OfficeEvent*>(&payload)) {
    if (office->has_office_withdrawn()) Discard(record.instance(), related, &follow_ups);
    return follow_ups;
  }
  if (dynamic_cast<const v1::AssignmentEvent*>(&payload) == nullptr) return follow_ups;
  const RelatedInstance* assignment = related(record.instance());
  if (assignment == nullptr) return follow_ups;
  const auto& state = static_cast<const v1::AssignmentState&>(*assignment->state);
  for (const std::string& office : state.asked_offices()) {
    const std::string name = PortfolioOf(office);
    const RelatedInstance* portfolio = related(name);
    const std::vector<v1::Claim> claims = ClaimsOf(record.instance(), state, office);
    if (IsNoted(portfolio, record.instance(), claims)) continue;
    auto request = std::make_unique<v1::NotePortfolioRequest>();
    request->set_parent(std::string(RealmOf(name)));
    request->set_portfolio_id(std::string(IdOf(name)));
    request->set_office(office);
    request->set_assignment(record.instance());
    for (const v1::Claim& claim : claims) *request->add_claims() = claim;
    follow_ups.push_back({name, std::move(request), /*creates=*/portfolio == nullptr});
  }
  return follow_ups;
}

}  // namespace kasundo::assignments
