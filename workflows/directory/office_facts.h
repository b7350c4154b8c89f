// Facts about an office for tests, in few words.
#pragma once

#include <string>
#include <vector>

#include "kasundo/directory/v1/office_events.pb.h"
#include "tests/support/given.h"
#include "workflows/directory/office_decider.h"

namespace kasundo::directory::facts {

inline v1::OfficeEvent Fact(const std::string& text) {
  return kasundo::testing::Parse<v1::OfficeEvent>(text);
}

// " since { ... }" of an ISO date; "" for "".
inline std::string Date(const std::string& field, const std::string& date) {
  return date.empty() ? ""
                      : " " + field + " { " + kasundo::testing::Text(*ParseCivilDate(date)) + " }";
}

inline v1::OfficeEvent Created(const std::string& since = "1990",
                               const std::string& post = "CAREER") {
  const std::string from = Date("since", since);
  return Fact("office_created { name { text: 'Planning' " + from + " } profile { post: POST_KIND_" +
              post + from + " } home { organisation: 'realms/test/organisations/one'" + from +
              " } }");
}

inline v1::OfficeEvent Held(const std::string& person, const std::string& since,
                            const std::string& until = "", const std::string& kind = "REGULAR") {
  return Fact("term_begun { term { term_id: '" + person + "' person: 'realms/test/people/" +
              person + "'" + Date("since", since) + Date("until", until) + " kind: TERM_KIND_" +
              kind + " } }");
}

inline v1::OfficeEvent Ended(const std::string& person, const std::string& until,
                             const std::string& cause = "RESIGNATION") {
  return Fact("term_ended { term_id: '" + person + "' person: 'realms/test/people/" + person + "'" +
              Date("until", until) + " cause: VACANCY_CAUSE_" + cause + " }");
}

inline v1::OfficeEvent Deputised(const std::string& person, int rank,
                                 const std::string& since = "2000", const std::string& until = "") {
  return Fact("deputy_named { deputy { person: 'realms/test/people/" + person + "' rank: " +
              std::to_string(rank) + Date("since", since) + Date("until", until) + " } }");
}

inline v1::OfficeState State(const std::vector<v1::OfficeEvent>& events) {
  v1::OfficeState state;
  for (const auto& event : events) state = OfficeDecider::Evolve(std::move(state), event);
  return state;
}

}  // namespace kasundo::directory::facts
