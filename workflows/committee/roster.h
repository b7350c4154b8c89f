// Who is in a body on a day, who may stand in for whom, who may convene and preside, and what
// number its next resolution has. Pure functions of a body's state: meetings, tallies, guards and
// queries all ask here, so that a rule has one reading.
//
// Pointers in the results point into the CommitteeState they were made of and live as long as it
// does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::committees {

// A seat that exists on a day.
struct RosterSeat {
  const v1::Seat* seat = nullptr;
  const v1::SeatHolder* holder = nullptr;  // nullptr: vacant
  bool holding_over = false;               // the holder's term has ended, no successor yet
  bool voting = false;
  bool regular = false;           // counts for the quorum
  bool stand_ins_barred = false;  // whoever comes instead of the holder is an observer
  std::vector<const v1::StandInAuthority*>
      authorities;  // in force on that day, for all meetings or for one

  const std::string& id() const { return seat->id(); }
  bool filled() const { return holder != nullptr; }
};

// The seats that exist on a day, in the order of the body's state.
struct Roster {
  CivilDate on;
  std::vector<RosterSeat> seats;

  const RosterSeat* Find(std::string_view seat_id) const;
  // The first seat that the person holds; nullptr if none.
  const RosterSeat* HeldBy(std::string_view person) const;
  int regular() const;
  int regular_filled() const;
  int voting_filled() const;
};

Roster RosterOn(const v1::CommitteeState& state, const CivilDate& day);

// The written authority by which `person` may take the seat on that day in that meeting; nullptr if
// there is none. An authority for one meeting is good in that meeting only; a seat that bars
// stand-ins has none that is good.
const v1::StandInAuthority* FindAuthority(const v1::Seat& seat, std::string_view person,
                                          const CivilDate& day, std::string_view meeting);

// Defaults of a seat: Seat.voting and Seat.regular as the seat's kind has them, if the seat does
// not say.
bool IsVoting(const v1::Seat& seat);
bool IsRegular(const v1::Seat& seat);

// Topic seats come only to meetings whose topics touch theirs; all others always (requirement 9).
bool IsInvited(const v1::Seat& seat, const std::vector<std::string>& topics);
std::vector<RosterSeat> InvitedSeats(const Roster& roster, const std::vector<std::string>& topics);

// An office of the body that is filled on a day, with the person who fills it as far as the body
// knows it (an officer by office is known by the office only).
struct OfficerInPost {
  const v1::Officer* officer = nullptr;
  std::string person;  // "" if the post follows an office
  std::string office;  // "" unless the post follows an office
};
std::vector<OfficerInPost> OfficersOn(const v1::CommitteeState& state, const CivilDate& day);

// Positions that may convene and preside (the latter in order of precedence), by the leadership
// model.
std::vector<v1::OfficerPosition> WhoMayConvene(const v1::CommitteeState& state);
std::vector<v1::OfficerPosition> WhoMayPreside(const v1::CommitteeState& state);
bool SecretariatMayConvene(const v1::CommitteeState& state);

// Whether the actor is that on that day.
bool HoldsPosition(const v1::CommitteeState& state, const workflows::v1::Actor& actor,
                   v1::OfficerPosition position, const CivilDate& day);
bool IsSecretariat(const v1::CommitteeState& state, const workflows::v1::Actor& actor,
                   const CivilDate& day);  // the secretariat or the technical secretariat
bool MayConvene(const v1::CommitteeState& state, const workflows::v1::Actor& actor,
                const CivilDate& day);
bool MayPreside(const v1::CommitteeState& state, const workflows::v1::Actor& actor,
                const CivilDate& day);
// Whether the actor's person holds a seat or has a standing authority for one.
bool IsMember(const v1::CommitteeState& state, const workflows::v1::Actor& actor,
              const CivilDate& day);

// "Chair or secretary", for messages.
std::string InWords(const std::vector<v1::OfficerPosition>& positions);

// The name, form and secretariat of a body on a day; nullptr if it had none yet.
const v1::BodyName* NameOn(const v1::CommitteeState& state, const CivilDate& day);
const v1::Form* FormOn(const v1::CommitteeState& state, const CivilDate& day);
const v1::Secretariat* SecretariatOn(const v1::CommitteeState& state, v1::SecretariatRole role,
                                     const CivilDate& day);

// The rule of a kind of decision: its own, or the body's default (requirement: one rule per kind of
// decision).
const v1::DecisionRule& RuleFor(const v1::CommitteeState& state, std::string_view decision_kind);

// A number for a resolution.
struct ResolutionNumber {
  std::string number;  // "IV-A-09-2013"
  int32_t year = 0;
  int32_t sequence = 0;
};
// The next one of that year, by HouseRules.resolution_number.
ResolutionNumber NextResolutionNumber(const v1::CommitteeState& state, int32_t year);
// "IV-A-{seq:02}-{year}" filled in.
std::string FormatResolutionNumber(std::string_view form, int32_t year, int32_t sequence);

}  // namespace kasundo::committees
