#include "workflows/committee/committee_seats.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "google/protobuf/util/message_differencer.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/committee/composition.h"
#include "workflows/committee/roster.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::Seat* SeatOf(CommitteeState& state, std::string_view seat_id) {
  for (v1::Seat& seat : *state.mutable_seats()) {
    if (seat.id() == seat_id) return &seat;
  }
  return nullptr;
}

// What must be true of every seat, new or changed.
absl::Status CheckSeat(const v1::Seat& seat, const std::string& field) {
  // Requirement 7: a seat belongs to an organisation or a category, never directly to a person.
  if (seat.organisation().empty() && seat.category().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SEAT_WITHOUT_OWNER,
                  fmt::format("seat \"{}\" belongs to nobody", seat.id()))
        .Field(field + ".organisation")
        .Mend("Name the organisation or the category to which it belongs.");
  }
  const bool topic_seat = seat.kind() == v1::SEAT_KIND_TOPIC;
  if (topic_seat == seat.topics().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SEAT_TOPICS_INVALID,
                  topic_seat ? "a topic seat needs the topics that bring it into a meeting"
                             : "a core seat is in every meeting, whatever its topics")
        .Field(field + ".topics")
        .Mend(topic_seat ? "Name at least one topic." : "Leave the topics out, or make it TOPIC.");
  }
  return CheckPeriod(field + ".until", seat.since(), seat.until());
}

// A holder who stays only until a successor comes gives way to one who comes later.
bool GivesWay(const v1::SeatHolder& holder, const CivilDate& since) {
  return holder.holding_over() && !IsSet(holder.until()) &&
         (!IsSet(holder.since()) || Compare(holder.since(), since) < 0);
}

absl::Status CheckSeatFree(const v1::Seat& seat, const v1::SeatHolder& next) {
  for (const v1::SeatHolder& holder : seat.holders()) {
    if (GivesWay(holder, next.since()) ||
        !Collide(holder.since(), EndOf(holder), next.since(), EndOf(next))) {
      continue;
    }
    const CivilDate end = EndOf(holder);
    return Refuse(
               absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_TAKEN,
               fmt::format("{} holds seat \"{}\" from {}{}", holder.person(), seat.id(),
                           ToString(holder.since()), IsSet(end) ? " until " + ToString(end) : ""))
        .Field("person")
        .Mend("Vacate the seat first, or give the days on which it is free.")
        .With("holder", holder.person());
  }
  return absl::OkStatus();
}

// One person has one seat: else a person would count twice for the quorum.
absl::Status CheckNotSeated(const CommitteeState& state, std::string_view seat_id,
                            const v1::SeatHolder& next) {
  for (const v1::Seat& seat : state.seats()) {
    if (seat.id() == seat_id) continue;
    for (const v1::SeatHolder& holder : seat.holders()) {
      if (holder.person() != next.person() ||
          !Collide(holder.since(), EndOf(holder), next.since(), EndOf(next))) {
        continue;
      }
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_PERSON_SEATED,
                    fmt::format("{} holds seat \"{}\" in that time", next.person(), seat.id()))
          .Field("person")
          .Mend("Vacate that seat first, or name another person.")
          .With("seat", seat.id());
    }
  }
  return absl::OkStatus();
}

// Requirement 12: no membership is active without the decision to admit.
absl::Status CheckAdmitted(const CommitteeState& state, const v1::Seat& seat,
                           const CivilDate& day) {
  if (!state.rules().admission_by_decision() || seat.organisation().empty()) {
    return absl::OkStatus();
  }
  const bool accredited =
      std::any_of(state.accreditations().begin(), state.accreditations().end(),
                  [&](const v1::Accreditation& accreditation) {
                    return accreditation.organisation() == seat.organisation() &&
                           Covers(accreditation.since(), accreditation.until(), day);
                  });
  if (accredited) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ORGANISATION_NOT_ACCREDITED,
                fmt::format("{} is not accredited on {}", seat.organisation(), ToString(day)))
      .Field("seat_id")
      .Mend("Have its membership application decided first.");
}

absl::Status CheckAdviser(const CommitteeState& state, const CivilDate& day) {
  if (state.members_from_age() == 0) return absl::OkStatus();
  const auto in_post = OfficersOn(state, day);
  if (std::any_of(in_post.begin(), in_post.end(), [](const OfficerInPost& entry) {
        return entry.officer->position() == v1::OFFICER_POSITION_ADULT_ADVISER;
      })) {
    return absl::OkStatus();
  }
  // Requirement 22: bodies of minors need an adult adviser.
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ADULT_ADVISER_REQUIRED,
                fmt::format("members are from {} years of age, and no adult adviser is in office "
                            "on {}",
                            state.members_from_age(), ToString(day)))
      .Mend("Appoint an adult adviser first.");
}

// The last to come into the seat who has not left it.
const v1::SeatHolder* LastHolder(const v1::Seat& seat) {
  const v1::SeatHolder* last = nullptr;
  for (const v1::SeatHolder& holder : seat.holders()) {
    if (last == nullptr || Compare(last->since(), holder.since()) <= 0) last = &holder;
  }
  return last == nullptr || IsSet(last->until()) ? nullptr : last;
}

absl::Status Vacant(const v1::Seat& seat, const CivilDate& day) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_VACANT,
                fmt::format("nobody holds seat \"{}\" on {}", seat.id(), ToString(day)))
      .Field("seat_id")
      .Mend("ListSeatHolders tells who held it when.");
}

}  // namespace

CivilDate EndOf(const v1::SeatHolder& holder) {
  if (IsSet(holder.until())) return holder.until();
  return holder.holding_over() ? CivilDate() : holder.term_until();
}

absl::StatusOr<v1::CommitteeEvent> SeatToAdd(const v1::Seat& seat, const std::string& field,
                                             const CivilDate& since, const CommitteeState& state) {
  RETURN_IF_ERROR(CheckId(field + ".id", seat.id()));
  if (FindSeat(state, seat.id()).ok()) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_SEAT_EXISTS,
                  fmt::format("the body has a seat \"{}\"", seat.id()))
        .Field(field + ".id")
        .Mend("Choose another id; the ids of ended seats are not given again.");
  }
  v1::CommitteeEvent event;
  v1::Seat& added = *event.mutable_seat_added()->mutable_seat();
  added = seat;
  added.clear_holders();
  added.clear_authorities();
  *added.mutable_since() = Or(seat.since(), since);
  RETURN_IF_ERROR(CheckSeat(added, field));
  RETURN_IF_ERROR(CheckNotBeforeBody(field + ".since", state, added.since()));
  return event;
}

CommitteeEvents AddSeat(const v1::AddSeatRequest& request, const CommitteeState& state,
                        const Context& context) {
  ASSIGN_OR_RETURN(auto added, SeatToAdd(request.seat(), "seat", context.today, state));
  const CivilDate day = Later(added.seat_added().seat().since(), context.today);
  return WithComposition(state, {std::move(added)}, day);
}

CommitteeEvents ChangeSeat(const v1::ChangeSeatRequest& request, const CommitteeState& state,
                           const Context& context) {
  ASSIGN_OR_RETURN(const v1::Seat* seat,
                   FindSeatOn(state, request.seat().id(), context.today, "header.occurred_on"));
  v1::CommitteeEvent event;
  v1::Seat& changed = *event.mutable_seat_changed()->mutable_seat();
  changed = request.seat();
  changed.clear_holders();
  changed.clear_authorities();
  *changed.mutable_since() = seat->since();
  changed.clear_until();
  RETURN_IF_ERROR(CheckSeat(changed, "seat"));
  v1::Seat described = *seat;
  described.clear_holders();
  described.clear_authorities();
  if (MessageDifferencer::Equals(described, changed)) {
    return NothingToChange(fmt::format("seat \"{}\" is described in this way", seat->id()));
  }
  return WithComposition(state, {std::move(event)}, context.today);
}

CommitteeEvents EndSeat(const v1::EndSeatRequest& request, const CommitteeState& state,
                        const Context& context) {
  const CivilDate until = Or(request.until(), context.today);
  ASSIGN_OR_RETURN(const v1::Seat* seat, FindSeat(state, request.seat_id()));
  if (IsSet(seat->until())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_ENDED,
                  fmt::format("seat \"{}\" ended on {}", seat->id(), ToString(seat->until())))
        .Field("seat_id")
        .Mend("Nothing needs to be done.");
  }
  RETURN_IF_ERROR(CheckPeriod("until", seat->since(), until));
  v1::CommitteeEvent event;
  v1::SeatEnded& ended = *event.mutable_seat_ended();
  ended.set_seat_id(seat->id());
  *ended.mutable_until() = until;
  ended.set_document(request.document());
  return WithComposition(state, {std::move(event)}, Later(DayAfter(until), context.today));
}

CommitteeEvents FillSeat(const v1::FillSeatRequest& request, const CommitteeState& state,
                         const Context& context) {
  v1::CommitteeEvent event;
  v1::SeatFilled& filled = *event.mutable_seat_filled();
  v1::SeatHolder& holder = *filled.mutable_holder();
  holder.set_person(request.person());
  *holder.mutable_since() = Or(request.since(), context.today);
  if (request.has_until()) *holder.mutable_until() = request.until();
  if (request.has_term_until()) *holder.mutable_term_until() = request.term_until();
  holder.set_appointment_document(request.appointment_document());
  ASSIGN_OR_RETURN(const v1::Seat* seat,
                   FindSeatOn(state, request.seat_id(), holder.since(), "since"));
  filled.set_seat_id(seat->id());
  RETURN_IF_ERROR(CheckNotBeforeBody("since", state, holder.since()));
  RETURN_IF_ERROR(CheckPeriod("until", holder.since(), holder.until()));
  RETURN_IF_ERROR(CheckPeriod("term_until", holder.since(), holder.term_until()));
  RETURN_IF_ERROR(CheckSeatFree(*seat, holder));
  // History entered late: somebody came after, so the term was the time in the seat.
  const v1::SeatHolder* last = LastHolder(*seat);
  if (last != nullptr && Compare(holder.since(), last->since()) < 0 && !holder.has_until()) {
    *holder.mutable_until() = holder.term_until();
  }
  RETURN_IF_ERROR(CheckNotSeated(state, seat->id(), holder));
  RETURN_IF_ERROR(CheckAdmitted(state, *seat, holder.since()));
  RETURN_IF_ERROR(CheckAdviser(state, holder.since()));
  RETURN_IF_ERROR(directory::CheckPresent(context, "person", holder.person(), EndOf(holder)));
  const CivilDate day = Later(holder.since(), context.today);
  return WithComposition(state, {std::move(event)}, day);
}

CommitteeEvents VacateSeat(const v1::VacateSeatRequest& request, const CommitteeState& state,
                           const Context& context) {
  const CivilDate until = Or(request.until(), context.today);
  ASSIGN_OR_RETURN(const v1::Seat* seat, FindSeat(state, request.seat_id()));
  const v1::SeatHolder* holder = LastHolder(*seat);
  if (holder == nullptr) return Vacant(*seat, until);
  RETURN_IF_ERROR(CheckPeriod("until", holder->since(), until));
  v1::CommitteeEvent event;
  v1::SeatVacated& vacated = *event.mutable_seat_vacated();
  vacated.set_seat_id(seat->id());
  vacated.set_person(holder->person());
  *vacated.mutable_until() = until;
  vacated.set_end_reason(request.end_reason());
  return WithComposition(state, {std::move(event)}, Later(DayAfter(until), context.today));
}

CommitteeEvents HoldOverSeat(const v1::HoldOverSeatRequest& request, const CommitteeState& state,
                             const Context& context) {
  ASSIGN_OR_RETURN(const v1::Seat* seat,
                   FindSeatOn(state, request.seat_id(), context.today, "header.occurred_on"));
  const v1::SeatHolder* holder = LastHolder(*seat);
  if (holder == nullptr) return Vacant(*seat, context.today);
  if (!IsSet(holder->term_until())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TERM_WITHOUT_END,
                  fmt::format("{} has no term that could end", holder->person()))
        .Field("seat_id")
        .Mend("Nothing needs to be done: the holder stays until the seat is vacated.");
  }
  if (holder->holding_over()) {
    return NothingToChange(fmt::format("{} is holding over", holder->person()));
  }
  v1::CommitteeEvent event;
  v1::SeatHeldOver& held_over = *event.mutable_seat_held_over();
  held_over.set_seat_id(seat->id());
  held_over.set_person(holder->person());
  held_over.set_document(request.document());
  return WithComposition(state, {std::move(event)}, context.today);
}

CommitteeEvents RecordStandInAuthority(const v1::RecordStandInAuthorityRequest& request,
                                       const CommitteeState& state, const Context& /*context*/) {
  v1::CommitteeEvent event;
  v1::StandInAuthority& authority = *event.mutable_stand_in_authorised()->mutable_authority();
  authority = request.authority();
  authority.clear_revoked_on();
  authority.clear_revocation_reason();
  *authority.mutable_since() = Or(authority.since(), authority.document().date());
  ASSIGN_OR_RETURN(const v1::Seat* seat,
                   FindSeatOn(state, request.seat_id(), authority.since(), "authority.since"));
  event.mutable_stand_in_authorised()->set_seat_id(seat->id());
  // House rules: private-sector representatives may not send stand-ins.
  if (seat->stand_ins_barred()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_STAND_INS_BARRED,
                  fmt::format("the holder of seat \"{}\" cannot send a stand-in", seat->id()))
        .Field("seat_id")
        .Mend("Whoever comes instead is an observer.");
  }
  // An authority is written before it is used.
  RETURN_IF_ERROR(CheckPeriod("authority.since", authority.document().date(), authority.since()));
  RETURN_IF_ERROR(CheckPeriod("authority.until", authority.since(), authority.until()));
  const Roster roster = RosterOn(state, authority.since());
  const RosterSeat* on_that_day = roster.Find(seat->id());
  if (on_that_day != nullptr && on_that_day->filled() &&
      on_that_day->holder->person() == authority.person()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_STAND_IN_IS_HOLDER,
                  fmt::format("{} holds seat \"{}\"", authority.person(), seat->id()))
        .Field("authority.person")
        .Mend("The holder needs no authority.");
  }
  for (const v1::StandInAuthority& old : seat->authorities()) {
    const CivilDate old_until = IsSet(old.revoked_on()) ? DayBefore(old.revoked_on()) : old.until();
    const bool same = old.person() == authority.person() && old.meeting() == authority.meeting() &&
                      Collide(old.since(), old_until, authority.since(), authority.until());
    if (!same && old.id() != authority.id()) continue;
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_AUTHORITY_EXISTS,
                  fmt::format("{} has authority \"{}\" of {} for this seat", old.person(), old.id(),
                              ToString(old.document().date())))
        .Field("authority")
        .Mend("Revoke that one first, or give another time, meeting or id.")
        .With("authority", old.id());
  }
  if (authority.id().empty()) authority.set_id(NextId(seat->authorities(), "a"));
  RETURN_IF_ERROR(CheckId("authority.id", authority.id()));
  return std::vector{std::move(event)};
}

CommitteeEvents RevokeStandInAuthority(const v1::RevokeStandInAuthorityRequest& request,
                                       const CommitteeState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Seat* seat, FindSeat(state, request.seat_id()));
  const auto authority = std::find_if(
      seat->authorities().begin(), seat->authorities().end(),
      [&](const v1::StandInAuthority& entry) { return entry.id() == request.authority_id(); });
  if (authority == seat->authorities().end()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_AUTHORITY_NOT_FOUND,
                  fmt::format("seat \"{}\" has no authority \"{}\"", seat->id(),
                              request.authority_id()))
        .Field("authority_id")
        .Mend("GetRoster lists the authorities of each seat.");
  }
  if (IsSet(authority->revoked_on())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_AUTHORITY_REVOKED,
                  fmt::format("authority \"{}\" was revoked on {}", authority->id(),
                              ToString(authority->revoked_on())))
        .Field("authority_id")
        .Mend("Nothing needs to be done.");
  }
  const CivilDate revoked_on = Or(request.revoked_on(), context.today);
  RETURN_IF_ERROR(CheckPeriod("revoked_on", authority->since(), revoked_on));
  v1::CommitteeEvent event;
  v1::StandInAuthorityRevoked& revoked = *event.mutable_stand_in_authority_revoked();
  revoked.set_seat_id(seat->id());
  revoked.set_authority_id(authority->id());
  *revoked.mutable_revoked_on() = revoked_on;
  revoked.set_revocation_reason(context.reason);
  return std::vector{std::move(event)};
}

void Apply(const v1::SeatAdded& event, CommitteeState& state) { *state.add_seats() = event.seat(); }

void Apply(const v1::SeatChanged& event, CommitteeState& state) {
  v1::Seat* seat = SeatOf(state, event.seat().id());
  if (seat == nullptr) return;
  v1::Seat changed = event.seat();
  changed.mutable_holders()->Swap(seat->mutable_holders());
  changed.mutable_authorities()->Swap(seat->mutable_authorities());
  seat->Swap(&changed);
}

void Apply(const v1::SeatEnded& event, CommitteeState& state) {
  v1::Seat* seat = SeatOf(state, event.seat_id());
  if (seat == nullptr) return;
  *seat->mutable_until() = event.until();
  for (v1::SeatHolder& holder : *seat->mutable_holders()) {
    if (!IsSet(holder.until())) *holder.mutable_until() = event.until();
  }
}

void Apply(const v1::SeatFilled& event, CommitteeState& state) {
  v1::Seat* seat = SeatOf(state, event.seat_id());
  if (seat == nullptr) return;
  for (v1::SeatHolder& holder : *seat->mutable_holders()) {
    if (IsSet(holder.until())) continue;
    if (GivesWay(holder, event.holder().since())) {
      *holder.mutable_until() = DayBefore(event.holder().since());
    } else if (IsSet(holder.term_until()) && !Before(event.holder().since(), holder.since())) {
      *holder.mutable_until() = holder.term_until();
    }
  }
  *seat->add_holders() = event.holder();
}

void Apply(const v1::SeatVacated& event, CommitteeState& state) {
  v1::Seat* seat = SeatOf(state, event.seat_id());
  if (seat == nullptr) return;
  auto& holders = *seat->mutable_holders();
  if (event.struck()) {
    holders.erase(std::remove_if(holders.begin(), holders.end(),
                                 [&](const v1::SeatHolder& holder) {
                                   return holder.person() == event.person() &&
                                          directory::BeginsAfter(holder.since(), event.until());
                                 }),
                  holders.end());
    return;
  }
  for (v1::SeatHolder& holder : holders) {
    const bool sits =
        !IsSet(holder.until()) || (Last(holder.until()) > Last(event.until()) &&
                                   !directory::BeginsAfter(holder.since(), event.until()));
    if (holder.person() == event.person() && sits) {
      *holder.mutable_until() = event.until();
      holder.set_end_reason(event.end_reason());
    }
  }
}

void Apply(const v1::SeatHeldOver& event, CommitteeState& state) {
  v1::Seat* seat = SeatOf(state, event.seat_id());
  if (seat == nullptr) return;
  for (v1::SeatHolder& holder : *seat->mutable_holders()) {
    if (holder.person() == event.person() && !IsSet(holder.until())) holder.set_holding_over(true);
  }
}

void Apply(const v1::StandInAuthorised& event, CommitteeState& state) {
  v1::Seat* seat = SeatOf(state, event.seat_id());
  if (seat != nullptr) *seat->add_authorities() = event.authority();
}

void Apply(const v1::StandInAuthorityRevoked& event, CommitteeState& state) {
  v1::Seat* seat = SeatOf(state, event.seat_id());
  if (seat == nullptr) return;
  for (v1::StandInAuthority& authority : *seat->mutable_authorities()) {
    if (authority.id() != event.authority_id()) continue;
    *authority.mutable_revoked_on() = event.revoked_on();
    authority.set_revocation_reason(event.revocation_reason());
  }
}

}  // namespace kasundo::committees
