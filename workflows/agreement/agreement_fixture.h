// Agreements for tests, in few words: a twinning of Batangas and Rome with two articles, offices
// that are held, mandates, roles and objectives, ready to be signed on 10 October 2011.
#pragma once

#include <string>

#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/agreements_requests.pb.h"
#include "kasundo/agreements/v1/articles_events.pb.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "tests/support/given.h"
#include "workflows/agreement/agreement_decider.h"
#include "workflows/agreement/frozen_text.h"

namespace kasundo::agreements::fixture {

using kasundo::testing::Given;
using kasundo::testing::Parse;

inline constexpr char kHere[] = "realms/test/agreements/it";
inline constexpr char kGovernor[] = "realms/test/offices/governor";
inline constexpr char kPresident[] = "realms/test/offices/president";

inline std::string DateText(const std::string& date) {
  return kasundo::testing::Text(*ParseCivilDate(date));
}

inline v1::ArticleState Article(const std::string& number, const std::string& positions) {
  return Parse<v1::ArticleState>("number: '" + number + "' title: 'Article " + number +
                                 "' versions { language: 'en' version: 1 text: 'Words of " +
                                 number + "' } " + positions);
}

inline std::string Accepts(const std::string& party) {
  return "positions { party: '" + party + "' stance: STANCE_ACCEPTS language: 'en' version: 1 } ";
}

inline std::string Objects(const std::string& party) {
  return "positions { party: '" + party +
         "' stance: STANCE_OBJECTS reading: 'not so' language: 'en' version: 1 } ";
}

// An office that a person holds until a day ("" = without end), with a deputy who has a document.
inline directory::v1::OfficeState Office(const std::string& holder, const std::string& until) {
  return Parse<directory::v1::OfficeState>(
      "names { text: 'Office' since { year: 2000 } } terms { term_id: 't' person: "
      "'realms/test/people/" +
      holder + "' since { year: 2007 } " +
      (until.empty() ? "" : "until { " + DateText(until) + " } ") +
      "kind: TERM_KIND_REGULAR } deputies { person: 'realms/test/people/" + holder +
      "-deputy' rank: 1 since { year: 2007 } }");
}

inline workflows::v1::Actor Holder(const std::string& office, const std::string& person) {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/" + person);
  actor.set_person("realms/test/people/" + person);
  actor.set_office(office);
  return actor;
}

inline workflows::v1::Actor Administrator() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/administrator");
  actor.set_administrator(true);
  return actor;
}

// A party with everything that is asked of it.
inline std::string PartyText(const std::string& id, const std::string& office) {
  return "id: '" + id + "' organisation: 'realms/test/organisations/" + id +
         "' owning_body: " + "'realms/test/committees/" + id + "' signatory_office: '" + office +
         "' objectives: 'exchange' time_horizon: 'two years' role { role: 'partner' "
         "responsibilities: 'send staff' budget_effect: 'none' monitoring_rule: 'yearly report' } "
         "mandate { kind: MANDATE_KIND_RESOLUTION number: '7' date { year: 2011 month: 2 } "
         "issuing_body: 'Council' }";
}

// Batangas and Rome with two articles, no text agreed yet.
inline v1::AgreementState Drafted() {
  return Parse<v1::AgreementState>(
      "title: 'Twinning' instrument: INSTRUMENT_TYPE_TWINNING parties { " +
      PartyText("batangas", kGovernor) + " } parties { " + PartyText("rome", kPresident) +
      " } articles: '" + kHere + "/articles/a1' articles: '" + kHere + "/articles/a2' " +
      "term { months: 24 }");
}

inline v1::AgreementState Agreed() {
  v1::AgreementState state = Drafted();
  v1::AgreedText& text = *state.add_text_versions();
  text.set_number(1);
  for (const char* id : {"a1", "a2"}) {
    v1::FrozenArticle& article = *text.add_articles();
    article.set_article(std::string(kHere) + "/articles/" + id);
    article.set_number(std::string(id).substr(1));
    article.set_content_hash(id);
  }
  text.set_hash(HashOf(text));
  state.mutable_force_rule()->set_kind(v1::FORCE_RULE_KIND_ALL);
  return state;
}

inline v1::AgreementState Scheduled() {
  v1::AgreementState state = Agreed();
  *state.mutable_signing_date() = MakeDate(2011, 10, 10);
  return state;
}

inline v1::AgreementState Signed() {
  v1::AgreementState state = Scheduled();
  for (const char* party : {"batangas", "rome"}) {
    v1::Signature& signature = *state.add_signatures();
    signature.set_party(party);
    signature.set_text_version(1);
    signature.set_text_hash(state.text_versions(0).hash());
    *signature.mutable_signed_on() = MakeDate(2011, 10, 10);
  }
  return state;
}

inline v1::AgreementState InForce() {
  v1::AgreementState state = Signed();
  *state.mutable_in_force_on() = MakeDate(2011, 10, 10);
  *state.mutable_ends_on() = MakeDate(2013, 10, 9);
  return state;
}

// The same on 10 October 2011 by an administrator, beside its articles, offices and bodies.
inline Given<Agreement> With(const v1::AgreementState& state) {
  Given<Agreement> given(state);
  given.On("2011-10-10")
      .As(Administrator())
      .Beside(std::string(kHere) + "/articles/a1", "drafted",
              Article("1", Accepts("batangas") + Accepts("rome")))
      .Beside(std::string(kHere) + "/articles/a2", "drafted",
              Article("2", Accepts("batangas") + Accepts("rome")))
      .Beside(kGovernor, "open", Office("vilma", "2013-06-30"))
      .Beside(kPresident, "open", Office("nicola", "2014-05-25"));
  for (const char* body : {"batangas", "rome"}) {
    given.Beside(std::string("realms/test/committees/") + body, "established",
                 Parse<committees::v1::CommitteeState>("seats { id: 'a' } seats { id: 'b' }"));
  }
  return given;
}

template <typename Request>
Request Ask(const std::string& text) {
  return Parse<Request>("name: '" + std::string(kHere) + "' " + text);
}

}  // namespace kasundo::agreements::fixture
