#include "workflows/committee/roster.h"

#include <algorithm>

#include "fmt/format.h"

namespace kasundo::committees {
namespace {

using workflows::v1::Actor;

bool Counts(const v1::SeatHolder& holder, const CivilDate& day) {
  if (!Covers(holder.since(), holder.until(), day)) return false;
  return holder.holding_over() || Covers(holder.since(), holder.term_until(), day);
}

// Where two terms touch in one imprecise date ("until 2012", "since 2012"), the later holder is the
// one.
const v1::SeatHolder* HolderOn(const v1::Seat& seat, const CivilDate& day) {
  const v1::SeatHolder* found = nullptr;
  for (const v1::SeatHolder& holder : seat.holders()) {
    if (!Counts(holder, day)) continue;
    if (found == nullptr || !IsSet(found->since()) ||
        (IsSet(holder.since()) && Compare(holder.since(), found->since()) >= 0)) {
      found = &holder;
    }
  }
  return found;
}

bool InForce(const v1::StandInAuthority& authority, const CivilDate& day) {
  const CivilDate& since = authority.has_since() ? authority.since() : authority.document().date();
  if (!Covers(since, authority.until(), day)) return false;
  return !IsSet(authority.revoked_on()) || Last(day) < First(authority.revoked_on());
}

std::vector<v1::OfficerPosition> Listed(const google::protobuf::RepeatedField<int>& positions) {
  std::vector<v1::OfficerPosition> list;
  for (const int position : positions) list.push_back(static_cast<v1::OfficerPosition>(position));
  return list;
}

std::string_view WordOf(v1::OfficerPosition position) {
  switch (position) {
    case v1::OFFICER_POSITION_CHAIR:
      return "chair";
    case v1::OFFICER_POSITION_CO_CHAIR:
      return "co-chair";
    case v1::OFFICER_POSITION_VICE_CHAIR:
      return "vice chair";
    case v1::OFFICER_POSITION_SECRETARY:
      return "secretary";
    case v1::OFFICER_POSITION_TREASURER:
      return "treasurer";
    case v1::OFFICER_POSITION_CO_LEAD:
      return "co-lead";
    case v1::OFFICER_POSITION_COORDINATOR:
      return "coordinator";
    case v1::OFFICER_POSITION_PLANNING_FOCAL_POINT:
      return "planning focal point";
    case v1::OFFICER_POSITION_ADULT_ADVISER:
      return "adult adviser";
    default:
      return "officer";
  }
}

// The entry with the latest `since` that does not lie after the day.
template <typename Dated>
const Dated* LatestOn(const google::protobuf::RepeatedPtrField<Dated>& entries,
                      const CivilDate& day) {
  const Dated* found = nullptr;
  for (const Dated& entry : entries) {
    if (!Covers(entry.since(), CivilDate(), day)) continue;
    if (found == nullptr || !IsSet(found->since()) ||
        (IsSet(entry.since()) && Compare(entry.since(), found->since()) >= 0)) {
      found = &entry;
    }
  }
  return found;
}

}  // namespace

const RosterSeat* Roster::Find(std::string_view seat_id) const {
  const auto found = std::find_if(seats.begin(), seats.end(),
                                  [&](const RosterSeat& seat) { return seat.id() == seat_id; });
  return found == seats.end() ? nullptr : &*found;
}

const RosterSeat* Roster::HeldBy(std::string_view person) const {
  const auto found = std::find_if(seats.begin(), seats.end(), [&](const RosterSeat& seat) {
    return seat.filled() && !person.empty() && seat.holder->person() == person;
  });
  return found == seats.end() ? nullptr : &*found;
}

int Roster::regular() const {
  return static_cast<int>(std::count_if(seats.begin(), seats.end(),
                                        [](const RosterSeat& seat) { return seat.regular; }));
}

int Roster::regular_filled() const {
  return static_cast<int>(std::count_if(seats.begin(), seats.end(), [](const RosterSeat& seat) {
    return seat.regular && seat.filled();
  }));
}

int Roster::voting_filled() const {
  return static_cast<int>(std::count_if(seats.begin(), seats.end(), [](const RosterSeat& seat) {
    return seat.voting && seat.filled();
  }));
}

Roster RosterOn(const v1::CommitteeState& state, const CivilDate& day) {
  Roster roster;
  roster.on = day;
  for (const v1::Seat& seat : state.seats()) {
    if (!Covers(seat.since(), seat.until(), day)) continue;
    RosterSeat entry;
    entry.seat = &seat;
    entry.holder = HolderOn(seat, day);
    entry.holding_over = entry.holder != nullptr && IsSet(entry.holder->term_until()) &&
                         Last(entry.holder->term_until()) < First(day);
    entry.voting = IsVoting(seat);
    entry.regular = IsRegular(seat);
    entry.stand_ins_barred = seat.stand_ins_barred();
    if (!seat.stand_ins_barred()) {
      for (const v1::StandInAuthority& authority : seat.authorities()) {
        if (InForce(authority, day)) entry.authorities.push_back(&authority);
      }
    }
    roster.seats.push_back(std::move(entry));
  }
  return roster;
}

const v1::StandInAuthority* FindAuthority(const v1::Seat& seat, std::string_view person,
                                          const CivilDate& day, std::string_view meeting) {
  if (seat.stand_ins_barred() || person.empty()) return nullptr;
  for (const v1::StandInAuthority& authority : seat.authorities()) {
    if (authority.person() == person && InForce(authority, day) &&
        (authority.meeting().empty() || authority.meeting() == meeting)) {
      return &authority;
    }
  }
  return nullptr;
}

bool IsVoting(const v1::Seat& seat) {
  if (seat.has_voting()) return seat.voting();
  return seat.kind() != v1::SEAT_KIND_OBSERVER && seat.kind() != v1::SEAT_KIND_ADVISORY;
}

bool IsRegular(const v1::Seat& seat) {
  if (seat.has_regular()) return seat.regular();
  return seat.kind() != v1::SEAT_KIND_OBSERVER && seat.kind() != v1::SEAT_KIND_ADVISORY;
}

bool IsInvited(const v1::Seat& seat, const std::vector<std::string>& topics) {
  if (seat.kind() != v1::SEAT_KIND_TOPIC) return true;
  return std::any_of(seat.topics().begin(), seat.topics().end(), [&](const std::string& topic) {
    return std::find(topics.begin(), topics.end(), topic) != topics.end();
  });
}

std::vector<RosterSeat> InvitedSeats(const Roster& roster, const std::vector<std::string>& topics) {
  std::vector<RosterSeat> invited;
  for (const RosterSeat& seat : roster.seats) {
    if (IsInvited(*seat.seat, topics)) invited.push_back(seat);
  }
  return invited;
}

std::vector<OfficerInPost> OfficersOn(const v1::CommitteeState& state, const CivilDate& day) {
  const Roster roster = RosterOn(state, day);
  std::vector<OfficerInPost> in_post;
  for (const v1::Officer& officer : state.officers()) {
    if (!Covers(officer.since(), officer.until(), day)) continue;
    OfficerInPost entry{&officer, officer.person(), officer.office()};
    if (!officer.seat_id().empty()) {
      // A post given to a seat is as vacant as the seat.
      const RosterSeat* seat = roster.Find(officer.seat_id());
      if (seat == nullptr || !seat->filled()) continue;
      entry.person = seat->holder->person();
    }
    in_post.push_back(std::move(entry));
  }
  return in_post;
}

std::vector<v1::OfficerPosition> WhoMayConvene(const v1::CommitteeState& state) {
  if (!state.leadership().conveners().empty()) return Listed(state.leadership().conveners());
  switch (state.leadership().form()) {
    case v1::LEADERSHIP_FORM_CHAIR_AND_CO_CHAIR:
      return {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_CO_CHAIR};
    case v1::LEADERSHIP_FORM_BOARD_OF_OFFICERS:
      return {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_SECRETARY};
    case v1::LEADERSHIP_FORM_TRIPARTITE:
      return {v1::OFFICER_POSITION_CO_LEAD};
    case v1::LEADERSHIP_FORM_ELECTED_COORDINATOR:
      return {v1::OFFICER_POSITION_COORDINATOR};
    case v1::LEADERSHIP_FORM_CHAIR_AND_SECRETARIAT:
      return {};
    default:
      return {v1::OFFICER_POSITION_CHAIR};
  }
}

std::vector<v1::OfficerPosition> WhoMayPreside(const v1::CommitteeState& state) {
  if (!state.leadership().presiders().empty()) return Listed(state.leadership().presiders());
  switch (state.leadership().form()) {
    case v1::LEADERSHIP_FORM_CHAIR_AND_CO_CHAIR:
      return {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_CO_CHAIR};
    case v1::LEADERSHIP_FORM_BOARD_OF_OFFICERS:
      return {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_VICE_CHAIR};
    case v1::LEADERSHIP_FORM_TRIPARTITE:
      return {v1::OFFICER_POSITION_CO_LEAD};
    case v1::LEADERSHIP_FORM_ELECTED_COORDINATOR:
      return {v1::OFFICER_POSITION_COORDINATOR};
    default:
      return {v1::OFFICER_POSITION_CHAIR};
  }
}

bool SecretariatMayConvene(const v1::CommitteeState& state) {
  if (state.leadership().has_secretariat_convenes()) {
    return state.leadership().secretariat_convenes();
  }
  return state.leadership().form() == v1::LEADERSHIP_FORM_CHAIR_AND_SECRETARIAT;
}

bool HoldsPosition(const v1::CommitteeState& state, const Actor& actor,
                   v1::OfficerPosition position, const CivilDate& day) {
  const auto in_post = OfficersOn(state, day);
  return std::any_of(in_post.begin(), in_post.end(), [&](const OfficerInPost& entry) {
    if (entry.officer->position() != position) return false;
    return (!entry.person.empty() && entry.person == actor.person()) ||
           (!entry.office.empty() && entry.office == actor.office());
  });
}

bool IsSecretariat(const v1::CommitteeState& state, const Actor& actor, const CivilDate& day) {
  return !actor.office().empty() &&
         std::any_of(state.secretariats().begin(), state.secretariats().end(),
                     [&](const v1::Secretariat& secretariat) {
                       return secretariat.office() == actor.office() &&
                              Covers(secretariat.since(), secretariat.until(), day);
                     });
}

bool MayConvene(const v1::CommitteeState& state, const Actor& actor, const CivilDate& day) {
  const auto positions = WhoMayConvene(state);
  return std::any_of(positions.begin(), positions.end(),
                     [&](auto position) { return HoldsPosition(state, actor, position, day); }) ||
         (SecretariatMayConvene(state) && IsSecretariat(state, actor, day));
}

bool MayPreside(const v1::CommitteeState& state, const Actor& actor, const CivilDate& day) {
  const auto positions = WhoMayPreside(state);
  return std::any_of(positions.begin(), positions.end(),
                     [&](auto position) { return HoldsPosition(state, actor, position, day); });
}

bool IsMember(const v1::CommitteeState& state, const Actor& actor, const CivilDate& day) {
  const Roster roster = RosterOn(state, day);
  if (roster.HeldBy(actor.person()) != nullptr) return true;
  return std::any_of(roster.seats.begin(), roster.seats.end(), [&](const RosterSeat& seat) {
    return FindAuthority(*seat.seat, actor.person(), day, "") != nullptr;
  });
}

std::string InWords(const std::vector<v1::OfficerPosition>& positions) {
  std::string words;
  for (size_t i = 0; i < positions.size(); ++i) {
    if (i > 0) words += i + 1 == positions.size() ? " or " : ", ";
    words += WordOf(positions[i]);
  }
  return words;
}

const v1::BodyName* NameOn(const v1::CommitteeState& state, const CivilDate& day) {
  return LatestOn(state.names(), day);
}

const v1::Form* FormOn(const v1::CommitteeState& state, const CivilDate& day) {
  return LatestOn(state.forms(), day);
}

const v1::Secretariat* SecretariatOn(const v1::CommitteeState& state, v1::SecretariatRole role,
                                     const CivilDate& day) {
  const v1::Secretariat* found = nullptr;
  for (const v1::Secretariat& secretariat : state.secretariats()) {
    if (secretariat.role() == role && Covers(secretariat.since(), secretariat.until(), day)) {
      found = &secretariat;
    }
  }
  return found;
}

const v1::DecisionRule& RuleFor(const v1::CommitteeState& state, std::string_view decision_kind) {
  for (const v1::SpecialDecisionRule& special : state.rules().special_decisions()) {
    if (special.decision_kind() == decision_kind) return special.rule();
  }
  return state.rules().default_decision();
}

ResolutionNumber NextResolutionNumber(const v1::CommitteeState& state, int32_t year) {
  ResolutionNumber next{"", year, 1};
  for (const v1::RegisteredResolution& resolution : state.resolutions()) {
    if (resolution.year() == year)
      next.sequence = std::max(next.sequence, resolution.sequence() + 1);
  }
  next.number = FormatResolutionNumber(state.rules().resolution_number(), year, next.sequence);
  return next;
}

std::string FormatResolutionNumber(std::string_view form, int32_t year, int32_t sequence) {
  std::string number(form.empty() ? "{seq}-{year}" : form);
  const auto put = [&](std::string_view place, const std::string& value) {
    for (size_t at = number.find(place); at != std::string::npos; at = number.find(place)) {
      number.replace(at, place.size(), value);
    }
  };
  put("{year}", std::to_string(year));
  put("{seq}", std::to_string(sequence));
  put("{seq:02}", fmt::format("{:02}", sequence));
  return number;
}

}  // namespace kasundo::committees
