// What comes of meetings, for tests: instances beneath the body of meeting_fixture.h, and the
// meeting with the carried motion "m" on which their ends rest.
#pragma once

#include <string>

#include "kasundo/committees/v1/decision_reference.pb.h"
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees::testing {

// An instance of a kind beneath the body, on the meeting's day, with the secretary at work.
template <typename D>
Given<D> Beneath(const std::string& collection, const typename D::State& state,
                 const v1::CommitteeState& body = Body(3)) {
  Given<D> given(state);
  given.Named(std::string(kBody) + "/" + collection + "/it").On(kDay).As(Secretary());
  given.Because("for the test").Beside(kBody, "established", body);
  return given;
}

// A meeting of the body with the carried motion "m", the lost motion "lost", and the carried motion
// "on-item" on the agenda item "a1", which treats `matter`.
inline v1::MeetingState Decided(const std::string& matter = "") {
  auto meeting = Parse<v1::MeetingState>(R"pb(
    agenda { item: "a1" }
    motions { motion: "m" motion_state: MOTION_STATE_CARRIED }
    motions { motion: "lost" motion_state: MOTION_STATE_LOST }
    motions { motion: "on-item" agenda_item: "a1" motion_state: MOTION_STATE_CARRIED }
  )pb");
  meeting.mutable_agenda(0)->set_matter(matter);
  return meeting;
}

inline v1::DecisionReference Decision(const std::string& motion,
                                      const std::string& meeting = kMeeting) {
  v1::DecisionReference decision;
  decision.set_meeting(meeting);
  decision.set_motion(motion);
  return decision;
}

inline v1::DecisionReference DecisionOnPaper() {
  v1::DecisionReference decision;
  decision.set_document("Minutes of 2009, p. 3");
  return decision;
}

// Who acts for `office` of `organisation`.
inline workflows::v1::Actor Officer(const std::string& office,
                                    const std::string& organisation = "") {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/officer");
  actor.set_office(office);
  actor.set_organisation(organisation);
  return actor;
}

}  // namespace kasundo::committees::testing
