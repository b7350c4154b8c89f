// No sequence of accepted commands brings an agreement into force with a missing signature, mandate
// or clearance, and none changes a text that was agreed.
#include <functional>

#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "rapidcheck/gtest.h"
#include "workflows/agreement/agreement_fixture.h"
#include "workflows/agreement/party_roles.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)

// The commands of a signing, each of which may be sent at any moment.
std::vector<std::function<void(Given<Agreement>&)>> Moves() {
  std::vector<std::function<void(Given<Agreement>&)>> moves;
  for (const char* party : {"batangas", "rome"}) {
    const std::string id = std::string("party_id: '") + party + "' ";
    const std::string office = party == std::string("rome") ? kPresident : kGovernor;
    const std::string person = party == std::string("rome") ? "nicola" : "vilma";
    moves.push_back([=](auto& given) {
      given.As(Administrator())
          .When(Ask<v1::AttachMandateRequest>(
              id + "mandate { kind: MANDATE_KIND_ORDER number: '1' date { year: 2011 } "
                   "issuing_body: 'Council' }"));
    });
    moves.push_back([=](auto& given) {
      given.As(Administrator()).Because("x").When(Ask<v1::WithdrawMandateRequest>(id));
    });
    moves.push_back([=](auto& given) {
      const auto& texts = given.state().text_versions();
      const std::string hash = texts.empty() ? "" : texts.rbegin()->hash();
      given.As(Holder(office, person))
          .When(Ask<v1::SignAgreementRequest>(id + "text_hash: '" + hash + "'"));
    });
    moves.push_back([=](auto& given) {
      given.As(Administrator()).Because("x").When(Ask<v1::RemovePartyRequest>(id));
    });
  }
  moves.push_back([](auto& given) {
    given.As(Administrator())
        .When(Ask<v1::ClearGateRequest>("gate: 'embassy' number: '1' issued_by: 'DFA'"));
  });
  moves.push_back([](auto& given) {
    given.As(Administrator()).When(Ask<v1::AgreeTextRequest>("prevailing_language: 'en'"));
  });
  moves.push_back([](auto& given) {
    given.As(Administrator())
        .When(Ask<v1::SetForceRuleRequest>("rule { kind: FORCE_RULE_KIND_ALL }"));
  });
  moves.push_back([](auto& given) {
    given.As(Administrator())
        .Because("x")
        .When(Ask<v1::ScheduleSigningRequest>("signing_date { year: 2011 month: 10 day: 20 }"));
  });
  moves.push_back([](auto& given) {
    given.As(Administrator())
        .Because("x")
        .When(Ask<v1::ProposeAmendmentRequest>("amendment_id: 'a' note: 'n' territories: 't'"));
  });
  moves.push_back(
      [](auto& given) { given.As(Administrator()).When(Ask<v1::BringIntoForceRequest>("")); });
  return moves;
}

std::vector<std::string> Texts(const v1::AgreementState& state) {
  std::vector<std::string> texts;
  for (const auto& text : state.text_versions()) texts.push_back(text.SerializeAsString());
  return texts;
}

RC_GTEST_PROP(Agreement, NeverComesIntoForceIncompleteAndNeverChangesAText, ()) {
  auto start = Agreed();
  if (*rc::gen::arbitrary<bool>()) start.mutable_parties(1)->clear_mandate();
  if (*rc::gen::arbitrary<bool>()) *start.mutable_signing_date() = MakeDate(2011, 10, 20);
  auto given = With(start);
  given.WithParameter("gate.embassy.days", "7");
  const auto moves = Moves();
  const int days = *rc::gen::inRange(0, 40);
  const auto order =
      *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, moves.size()));
  std::vector<std::string> before = Texts(given.state());
  int step = 0;
  for (const size_t move : order) {
    given.On(ToString(
        FromDay(absl::CivilDay(2011, 10, 1) + days * ++step / static_cast<int>(order.size()))));
    // In any order: here no definition stands before the rules.
    moves[move](given);
    const std::vector<std::string> now = Texts(given.state());
    RC_ASSERT(now.size() >= before.size());
    RC_ASSERT(std::equal(before.begin(), before.end(), now.begin()));
    before = now;
    if (!given.state().has_in_force_on()) continue;
    const v1::AgreementState& state = given.state();
    const auto parties = PartiesOf(state);
    RC_ASSERT(parties.size() == 2U);
    for (const v1::Party* party : parties) {
      RC_ASSERT(party->has_mandate());
      const auto& signatures = state.signatures();
      RC_ASSERT(std::any_of(signatures.begin(), signatures.end(), [&](const auto& signature) {
        return signature.party() == party->id() &&
               signature.text_hash() == state.text_versions().rbegin()->hash();
      }));
    }
    RC_ASSERT(state.clearances_size() == 1);
    RC_ASSERT(First(state.clearances(0).date()) + 7 <= First(state.signatures(0).signed_on()));
    return;
  }
}

}  // namespace
}  // namespace kasundo::agreements
