// Bodies for tests: a regional committee with a few seats, as its events would have made it.
#pragma once

#include <string>
#include <vector>

#include "tests/support/given.h"
#include "workflows/committee/committee_decider.h"

namespace kasundo::committees {

inline constexpr char kCmd[] = "realms/test/committees/cmd";
inline constexpr char kCouncil[] = "realms/test/committees/rdc";

inline CivilDate Day(const std::string& text) { return *ParseCivilDate(text); }

template <typename M>
M Read(const std::string& text) {
  return testing::Parse<M>(text);
}

// The events as text, one after another.
inline std::vector<v1::CommitteeEvent> Events(const std::vector<std::string>& texts) {
  std::vector<v1::CommitteeEvent> events;
  for (const std::string& text : texts) events.push_back(Read<v1::CommitteeEvent>(text));
  return events;
}

// Founded in 2010 as an ad hoc committee, nested in the council.
inline std::string FoundedEvent() {
  return R"pb(committee_established {
                first_name {
                  title: "Committee on Migration and Development"
                  since { year: 2010 }
                }
                form {
                  type: BODY_TYPE_COMMITTEE
                  standing: STANDING_AD_HOC
                  level: LEVEL_REGIONAL
                  since { year: 2010 }
                }
                territory: "realms/test/territories/calabarzon"
                parent_body: "realms/test/committees/rdc"
                since { year: 2010 }
                functions: "planning guidelines"
                leadership { form: LEADERSHIP_FORM_SINGLE_CHAIR }
              })pb";
}

inline std::string SeatEvent(const std::string& id, const std::string& more = "") {
  return "seat_added { seat { id: '" + id + "' title: 'Seat of " + id + "' organisation: 'org/" +
         id + "' since { year: 2010 } " + more + " } }";
}

inline std::string FilledEvent(const std::string& seat, const std::string& person,
                               const std::string& more = "since { year: 2010 }") {
  return "seat_filled { seat_id: '" + seat + "' holder { person: '" + person + "' " + more + " } }";
}

// The committee with three seats, two of them filled, and the given events on top.
inline std::vector<v1::CommitteeEvent> Body(const std::vector<std::string>& more = {}) {
  std::vector<std::string> texts = {
      FoundedEvent(),
      SeatEvent("dole", "sector: SECTOR_NATIONAL_GOVERNMENT level: LEVEL_REGIONAL"),
      SeatEvent("families", "sector: SECTOR_FAMILIES level: LEVEL_LOCAL"),
      SeatEvent("chamber", "sector: SECTOR_PRIVATE level: LEVEL_REGIONAL stand_ins_barred: true"),
      FilledEvent("dole", "ana"),
      FilledEvent("families", "fe"),
  };
  texts.insert(texts.end(), more.begin(), more.end());
  return Events(texts);
}

inline testing::Given<Committee> GivenBody(const std::vector<std::string>& more = {}) {
  testing::Given<Committee> given(Body(more));
  given.Named(kCmd);
  return given;
}

inline v1::CommitteeState StateAfter(const std::vector<v1::CommitteeEvent>& events) {
  v1::CommitteeState state;
  for (const v1::CommitteeEvent& event : events) state = Committee::Evolve(std::move(state), event);
  return state;
}

}  // namespace kasundo::committees
