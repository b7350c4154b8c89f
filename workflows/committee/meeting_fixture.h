// A body and its meeting for tests: seats s1, s2, ... held by people p1, p2, ...; the office "sec"
// is the secretariat; the meeting is called for 18 March 2016, 09:00 UTC.
#pragma once

#include <string>
#include <vector>

#include "fmt/format.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "kasundo/committees/v1/meetings_service.pb.h"
#include "tests/support/given.h"
#include "workflows/committee/instants.h"
#include "workflows/committee/meeting_decider.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::committees::testing {

using kasundo::testing::Given;
using kasundo::testing::Parse;
using enum absl::StatusCode;

inline constexpr char kBody[] = "realms/test/committees/cmd";
inline constexpr char kMeeting[] = "realms/test/committees/cmd/meetings/q1";
inline constexpr char kDay[] = "2016-03-18";

inline std::string Person(int n) { return fmt::format("realms/test/people/p{}", n); }
inline std::string Seat(int n) { return fmt::format("s{}", n); }
inline std::string Office(const std::string& id) { return "realms/test/offices/" + id; }

// A body with regular seats s1 to s<seats>, all filled, and the default rules: more than half of
// the filled seats, simple majority.
inline v1::CommitteeState Body(int seats) {
  v1::CommitteeState body;
  for (int n = 1; n <= seats; ++n) {
    v1::Seat& seat = *body.add_seats();
    seat.set_id(Seat(n));
    seat.set_title(fmt::format("Seat {}", n));
    seat.set_kind(v1::SEAT_KIND_REGULAR);
    seat.add_holders()->set_person(Person(n));
  }
  body.add_secretariats()->set_office(Office("sec"));
  body.mutable_leadership()->set_form(v1::LEADERSHIP_FORM_SINGLE_CHAIR);
  v1::Officer& chair = *body.add_officers();
  chair.set_position(v1::OFFICER_POSITION_CHAIR);
  chair.set_seat_id(Seat(1));
  return body;
}

inline workflows::v1::Actor Secretary() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/secretary");
  actor.set_person("realms/test/people/secretary");
  actor.set_office(Office("sec"));
  return actor;
}

inline workflows::v1::Actor Somebody(const std::string& person) {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/somebody");
  actor.set_person(person);
  return actor;
}

inline google::protobuf::Timestamp TimeOn(const std::string& day, const std::string& time) {
  absl::Time instant;
  std::string error;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M", day + " " + time, &instant, &error)) << error;
  return TimestampOf(instant);
}
inline google::protobuf::Timestamp Time(const std::string& time) { return TimeOn(kDay, time); }

// The meeting in `state` beside its body, on its day at 09:00, with the secretary at work.
inline Given<Meeting> InMeeting(const v1::MeetingState& state, const v1::CommitteeState& body) {
  Given<Meeting> given(state);
  given.Named(kMeeting).On(kDay).As(Secretary()).Beside(kBody, "established", body);
  return given;
}

inline v1::CallMeetingRequest Call() {
  v1::CallMeetingRequest request;
  request.set_parent(kBody);
  request.set_meeting_id("q1");
  *request.mutable_start_time() = Time("09:00");
  return request;
}

inline v1::MeetingState Called(const v1::CommitteeState& body) {
  return InMeeting({}, body).On("2016-03-01").When(Call()).state();
}

inline v1::MeetingState Opened(const v1::CommitteeState& body) {
  return InMeeting(Called(body), body).When(v1::OpenMeetingRequest()).state();
}

// The holders of s1 to s<present> come at 09:00.
inline v1::RecordArrivalsRequest Arrivals(int first, int last, const std::string& at = "09:00") {
  v1::RecordArrivalsRequest request;
  for (int n = first; n <= last; ++n) request.add_arrivals()->set_seat(Seat(n));
  *request.mutable_at() = Time(at);
  return request;
}

inline v1::RecordArrivalsRequest StandIn(int seat, const std::string& person,
                                         const std::string& at = "09:00") {
  v1::RecordArrivalsRequest request;
  v1::Arrival& arrival = *request.add_arrivals();
  arrival.set_seat(Seat(seat));
  arrival.set_presence(v1::PRESENCE_STAND_IN);
  arrival.set_person(person);
  *request.mutable_at() = Time(at);
  return request;
}

inline v1::ShowAuthorityRequest Authority(int seat, const std::string& person,
                                          const std::string& at = "09:00") {
  auto request = Parse<v1::ShowAuthorityRequest>(R"pb(document {
                                                        number: "L-7"
                                                        date { year: 2016 month: 3 day: 10 }
                                                        issuer: "Director"
                                                      })pb");
  request.set_seat(Seat(seat));
  request.set_person(person);
  *request.mutable_at() = Time(at);
  return request;
}

inline v1::MeetingState Present(const v1::CommitteeState& body, int present) {
  return InMeeting(Opened(body), body).When(Arrivals(1, present)).state();
}

inline v1::TableMotionRequest Table(const std::string& text = "That it be done") {
  v1::TableMotionRequest request;
  request.set_mover_seat(Seat(1));
  request.set_text(text);
  return request;
}

inline v1::CastVotesRequest Cast(const std::string& motion, int first, int last,
                                 v1::Choice choice) {
  v1::CastVotesRequest request;
  request.set_motion(motion);
  for (int n = first; n <= last; ++n) {
    v1::Vote& vote = *request.add_votes();
    vote.set_seat(Seat(n));
    vote.set_choice(choice);
  }
  return request;
}

inline v1::CloseMotionRequest Close(const std::string& motion) {
  v1::CloseMotionRequest request;
  request.set_motion(motion);
  return request;
}

inline v1::CloseMotionRequest CloseByHands(const std::string& motion, int yes, int no,
                                           int abstain) {
  v1::CloseMotionRequest request = Close(motion);
  request.mutable_hands()->set_yes(yes);
  request.mutable_hands()->set_no(no);
  request.mutable_hands()->set_abstain(abstain);
  return request;
}

}  // namespace kasundo::committees::testing
