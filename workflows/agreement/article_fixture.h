// Articles for tests: one of the twinning between Batangas and Rome, with a helper of Batangas for
// texts and a broker.
#pragma once

#include <string>
#include <vector>

#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/articles_requests.pb.h"
#include "tests/support/given.h"
#include "workflows/agreement/article_decider.h"

namespace kasundo::agreements {

inline constexpr char kTwinning[] = "realms/test/agreements/batangas-rome";
inline constexpr char kHealth[] = "realms/test/agreements/batangas-rome/articles/health";
inline constexpr char kFinances[] = "realms/test/agreements/batangas-rome/articles/finances";

template <typename M>
M Read(const std::string& text) {
  return testing::Parse<M>(text);
}

inline workflows::v1::Actor Acting(const std::string& office, const std::string& organisation) {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/" + office);
  actor.set_person("realms/test/people/" + office);
  actor.set_office("realms/test/offices/" + office);
  actor.set_organisation("realms/test/organisations/" + organisation);
  return actor;
}

inline workflows::v1::Actor OfBatangas() { return Acting("batangas-ppdo", "batangas"); }
inline workflows::v1::Actor OfRome() { return Acting("rome-foreign", "rome"); }
inline workflows::v1::Actor Helper() { return Acting("university-law", "university"); }
inline workflows::v1::Actor OfBroker() { return Acting("cfo-desk", "cfo"); }
inline workflows::v1::Actor Administrator() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/administrator");
  actor.set_administrator(true);
  return actor;
}

inline v1::AgreementState Twinning() {
  return Read<v1::AgreementState>(R"pb(
    title: "Twinning of Batangas and Rome"
    parties {
      id: "batangas"
      organisation: "realms/test/organisations/batangas"
      helpers { office: "realms/test/offices/university-law" scopes: HELPER_SCOPE_TEXT }
    }
    parties { id: "rome" organisation: "realms/test/organisations/rome" }
    parties {
      id: "lipa"
      organisation: "realms/test/organisations/lipa"
      left_on { year: 2011 }
    }
    brokers { id: "cfo" organisation: "realms/test/organisations/cfo" }
    articles: "realms/test/agreements/batangas-rome/articles/finances"
    articles: "realms/test/agreements/batangas-rome/articles/health"
  )pb");
}

inline std::string WrittenEvent(const std::string& language, int version, const std::string& text,
                                const std::string& more = "") {
  return "text_written { version { language: '" + language +
         "' version: " + std::to_string(version) + " text: '" + text + "' " + more + " } }";
}

inline std::string PeggedTo(const std::string& language, int version) {
  return "peg { language: '" + language + "' version: " + std::to_string(version) + " }";
}

inline std::string PositionEvent(const std::string& party, const std::string& stance,
                                 const std::string& reading = "",
                                 const std::string& about = "language: 'en' version: 1") {
  return "position_taken { position { party: '" + party + "' stance: " + stance + " reading: '" +
         reading + "' " + about + " } }";
}

inline std::string CommentEvent(const std::string& id) {
  return "comment_made { comment { comment: '" + id +
         "' language: 'en' version: 1 text: 'Who pays?' comment_state: ARTICLE_COMMENT_STATE_OPEN "
         "} }";
}

inline std::vector<v1::ArticleEvent> Events(const std::vector<std::string>& texts) {
  std::vector<v1::ArticleEvent> events;
  for (const std::string& text : texts) events.push_back(Read<v1::ArticleEvent>(text));
  return events;
}

// Article 3.2 with its heading, and the given events on top.
inline std::vector<v1::ArticleEvent> Health(const std::vector<std::string>& more = {}) {
  std::vector<std::string> texts = {"article_drafted { number: '3.2' title: 'Health' }"};
  texts.insert(texts.end(), more.begin(), more.end());
  return Events(texts);
}

inline v1::ArticleState StateAfter(const std::vector<v1::ArticleEvent>& events) {
  v1::ArticleState state;
  for (const v1::ArticleEvent& event : events) state = Article::Evolve(std::move(state), event);
  return state;
}

inline v1::ArticleState HealthState(const std::vector<std::string>& more = {}) {
  return StateAfter(Health(more));
}

// The article beneath the twinning, which is in `agreement_state`, beside article 4 on finances; an
// office of Batangas acts.
inline testing::Given<Article> GivenArticle(const std::vector<v1::ArticleEvent>& history,
                                            const std::string& agreement_state = "drafting") {
  testing::Given<Article> given(history);
  given.Named(kHealth)
      .As(OfBatangas())
      .Beside(kTwinning, agreement_state, Twinning())
      .Beside(kFinances, "drafted",
              StateAfter(Events({"article_drafted { number: '4' title: 'Finances' }"})));
  return given;
}

inline testing::Given<Article> GivenHealth(const std::vector<std::string>& more = {},
                                           const std::string& agreement_state = "drafting") {
  return GivenArticle(Health(more), agreement_state);
}

}  // namespace kasundo::agreements
