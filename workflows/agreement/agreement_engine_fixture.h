// Agreements on the real engine, for tests: an agreement begun under a definition and led, step by
// step, to the state that a test is about.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "kasundo/agreements/v1/articles_requests.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/agreement/agreement_fixture.h"
#include "workflows/agreement/agreement_kinds.h"
#include "workflows/agreement/party_roles.h"

namespace kasundo::agreements::fixture {

using kasundo::testing::TestEngine;

inline KindRegistry Kinds() {
  KindRegistry registry;
  AddAgreements(registry);
  return registry;
}

inline constexpr char kIt[] = "realms/test/agreements/it";

class AgreementEngineTest : public ::testing::Test {
 protected:
  explicit AgreementEngineTest(KindRegistry kinds = Kinds())
      : engine_(std::move(kinds), {}, MorningOf("2011-01-10")) {}

  void On(const std::string& day) { engine_.clock().Set(MorningOf(day)); }

  // Nine o'clock in Manila.
  static absl::Time MorningOf(const std::string& day) {
    return absl::FromCivil(First(*ParseCivilDate(day)), absl::FixedTimeZone(8 * 3600)) +
           absl::Hours(9);
  }

  static std::string OfficeOf(const std::string& party) {
    return "realms/test/offices/head-of-" + party;
  }

  static std::string PartyNamed(const std::string& id) { return PartyText(id, OfficeOf(id)); }

  // An idea with these parties, governed by a definition.
  absl::Status Begin(const std::string& definition, const std::vector<std::string>& parties,
                     const std::string& id = "it") {
    auto request = Parse<v1::CreateAgreementRequest>(
        "parent: 'realms/test' title: 'Pact' instrument: INSTRUMENT_TYPE_TWINNING");
    request.set_agreement_id(id);
    request.set_definition(definition);
    for (const std::string& party : parties) {
      *request.add_parties() = Parse<v1::Party>(PartyNamed(party));
    }
    parties_ = parties;
    return engine_.Send(request, Administrator()).status;
  }

  template <typename Request>
  absl::Status Do(const std::string& text = "",
                  const workflows::v1::Actor& actor = Administrator()) {
    auto request = Parse<Request>(text);
    if (request.name().empty()) request.set_name(it_);
    return engine_.Send(request, actor).status;
  }

  absl::Status Draft(const std::string& id, const std::string& number) {
    auto request = Parse<v1::DraftArticleRequest>("title: 'About' language: 'en' text: 'We shall'");
    request.set_parent(it_);
    request.set_article_id(id);
    request.set_number(number);
    return engine_.Send(request, Administrator()).status;
  }

  absl::Status Accept(const std::string& article, const std::string& party) {
    return Do<v1::TakePositionRequest>(
        fmt::format("name: '{}/articles/{}' stance: STANCE_ACCEPTS language: 'en' party: '{}'", it_,
                    article, party));
  }

  // From the idea to a text that is agreed, with a rule and a term of two years.
  void AgreeOnAText() {
    ASSERT_OK(Do<v1::StartDraftingRequest>());
    ASSERT_OK(Draft("second", "2"));
    ASSERT_OK(Draft("first", "1"));
    for (const std::string& party : parties_) {
      ASSERT_OK(Accept("first", party));
      ASSERT_OK(Accept("second", party));
    }
    ASSERT_OK(Do<v1::SetForceRuleRequest>("rule { kind: FORCE_RULE_KIND_ALL }"));
    ASSERT_OK(Do<v1::SetTermRequest>("term { months: 24 }"));
    ASSERT_OK(Do<v1::StartLegalReviewRequest>());
    ASSERT_OK(Do<v1::AgreeTextRequest>("prevailing_language: 'en'"));
  }

  absl::Status Schedule(const std::string& day) {
    return Do<v1::ScheduleSigningRequest>("signing_date { " + DateText(day) + " }");
  }

  absl::Status Sign(const std::string& party) {
    const std::string hash = State().text_versions().rbegin()->hash();
    return Do<v1::SignAgreementRequest>(fmt::format("party_id: '{}' text_hash: '{}'", party, hash),
                                        Holder(OfficeOf(party), "head-" + party));
  }

  void ComeIntoForce(const std::string& day) {
    AgreeOnAText();
    ASSERT_OK(Schedule(day));
    On(day);
    for (auto party = parties_.rbegin(); party != parties_.rend(); ++party) ASSERT_OK(Sign(*party));
    ASSERT_OK(Do<v1::BringIntoForceRequest>());
  }

  std::string StateId() { return engine_->Get(it_)->record.lifecycle_state(); }
  v1::AgreementState State() {
    return static_cast<const v1::AgreementState&>(*engine_->Get(it_)->state);
  }
  std::vector<std::string> Listed() {
    const v1::AgreementState state = State();
    return {state.articles().begin(), state.articles().end()};
  }
  // How often an event happened to the agreement.
  int Times(const std::string& event) {
    const auto history = *engine_->History(it_, 1, 1000);
    return static_cast<int>(std::count_if(history.begin(), history.end(), [&](const auto& record) {
      return record.event() == event;
    }));
  }

  TestEngine engine_;
  std::string it_ = kIt;
  std::vector<std::string> parties_;
};

}  // namespace kasundo::agreements::fixture
