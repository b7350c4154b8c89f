#include "workflows/plan/allotment_decider.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "kasundo/plans/v1/allotments_service.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/sha256.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/plan_checks.h"

namespace kasundo::plans {
namespace {

using State = v1::AllotmentState;
using Decision = absl::StatusOr<std::vector<v1::AllotmentEvent>>;

constexpr int kMostParticipants = 5000;
constexpr int kLatestTurns = 100;

const v1::Participant* FindParticipant(const State& state, std::string_view code) {
  const auto found =
      std::find_if(state.participants().begin(), state.participants().end(),
                   [&](const v1::Participant& participant) { return participant.code() == code; });
  return found == state.participants().end() ? nullptr : &*found;
}

// Whether somebody is still to have a turn in a round.
bool IsDue(const State& state, const v1::Participant& participant, int round) {
  if (!participant.left().empty() || participant.since_round() > round) return false;
  // One turn in each round since it joined.
  return participant.turns() < round - participant.since_round() + 1 && state.round() <= round;
}

Decision OpenAllotment(const v1::OpenAllotmentRequest& request, const State&,
                       const Context& context) {
  std::vector<std::string> codes(request.codes().begin(), request.codes().end());
  for (size_t i = 0; i < codes.size(); ++i) {
    RETURN_IF_ERROR(CheckId(fmt::format("codes[{}]", i), codes[i]));
  }
  RETURN_IF_ERROR(CheckRoom("participants", request.codes_size() - 1, kMostParticipants));
  // Id and codes are chosen by whoever opens it; the instant of recording is not.
  const std::string drawn_with = fmt::format("{}", absl::ToUnixMicros(context.now));
  const auto place = [&](const std::string& code) {
    return Sha256(fmt::format("{}/{}/{}", context.instance, code, drawn_with));
  };
  std::sort(codes.begin(), codes.end(),
            [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
  const auto twice = std::adjacent_find(codes.begin(), codes.end());
  if (twice != codes.end()) {
    return AlreadyThere("codes", fmt::format("\"{}\" stands there twice", *twice));
  }
  v1::AllotmentEvent event;
  v1::AllotmentOpened& opened = *event.mutable_allotment_opened();
  opened.set_benefit(request.benefit());
  opened.set_plan(request.plan());
  opened.set_item(request.item());
  opened.set_office(request.office());
  for (const std::string& code : codes) opened.add_codes(code);
  opened.set_drawn_with(drawn_with);
  return {{std::move(event)}};
}

Decision JoinAllotment(const v1::JoinAllotmentRequest& request, const State& state,
                       const Context&) {
  RETURN_IF_ERROR(CheckId("code", request.code()));
  if (FindParticipant(state, request.code()) != nullptr) {
    return AlreadyThere("code", fmt::format("\"{}\" takes part or took part", request.code()));
  }
  RETURN_IF_ERROR(CheckRoom("participants", state.participants_size(), kMostParticipants));
  v1::AllotmentEvent event;
  event.mutable_participant_joined()->set_code(request.code());
  event.mutable_participant_joined()->set_since_round(state.round() + 1);
  return {{std::move(event)}};
}

Decision LeaveAllotment(const v1::LeaveAllotmentRequest& request, const State& state,
                        const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const v1::Participant* participant = FindParticipant(state, request.code());
  if (participant == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_PARTICIPANT_NOT_FOUND,
                  fmt::format("nobody has the code \"{}\"", request.code()))
        .Field("code")
        .Mend("Give the code of a participant.");
  }
  if (!participant->left().empty()) return NothingToChange("it has left already");
  v1::AllotmentEvent event;
  event.mutable_participant_left()->set_code(request.code());
  event.mutable_participant_left()->set_reason(context.reason);
  return {{std::move(event)}};
}

Decision TakeTurn(const v1::TakeTurnRequest& request, const State& state, const Context& context) {
  const bool declined = request.outcome() == v1::TURN_OUTCOME_DECLINED;
  if (declined) RETURN_IF_ERROR(RequireReason(context));
  const NextTurn next = NextOf(state);
  if (next.participant == nullptr) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOBODY_TAKES_PART,
                  "nobody takes part any more")
        .Mend("Let somebody join, or close the allotment.");
  }
  const std::string& code = next.participant->code();
  if (!request.code().empty() && request.code() != code) {
    // Requirement 71: the log proves that nobody was skipped.
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_NEXT,
                  fmt::format("\"{}\" is next in round {}", code, next.round))
        .Field("code")
        .Mend("Give the benefit to whoever is next, or record why it was declined.")
        .With("next", code);
  }
  v1::AllotmentEvent event;
  v1::Turn& turn = *event.mutable_turn_taken()->mutable_turn();
  turn.set_number(state.turns() + 1);
  turn.set_round(next.round);
  turn.set_code(code);
  turn.set_outcome(request.outcome());
  *turn.mutable_on() = context.today;
  turn.set_note(declined ? context.reason : request.note());
  return {{std::move(event)}};
}

Decision CloseAllotment(const v1::CloseAllotmentRequest&, const State&, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::AllotmentEvent event;
  event.mutable_allotment_closed()->set_reason(context.reason);
  return {{std::move(event)}};
}

void Join(const std::string& code, int since_round, State& state) {
  v1::Participant& participant = *state.add_participants();
  participant.set_code(code);
  participant.set_since_round(since_round);
}

}  // namespace

NextTurn NextOf(const v1::AllotmentState& state) {
  for (const int round : {state.round(), state.round() + 1}) {
    for (const v1::Participant& participant : state.participants()) {
      if (IsDue(state, participant, round)) return {&participant, round};
    }
  }
  return {};
}

State Allotment::Evolve(State state, const Event& event) {
  using E = v1::AllotmentEvent;
  switch (event.event_case()) {
    case E::kAllotmentOpened: {
      const v1::AllotmentOpened& opened = event.allotment_opened();
      state.set_benefit(opened.benefit());
      state.set_plan(opened.plan());
      state.set_item(opened.item());
      state.set_office(opened.office());
      state.set_round(1);
      for (const std::string& code : opened.codes()) Join(code, 1, state);
      break;
    }
    case E::kParticipantJoined:
      Join(event.participant_joined().code(), event.participant_joined().since_round(), state);
      break;
    case E::kParticipantLeft:
      for (v1::Participant& participant : *state.mutable_participants()) {
        if (participant.code() != event.participant_left().code()) continue;
        participant.set_left(event.participant_left().reason());
      }
      break;
    case E::kTurnTaken: {
      const v1::Turn& turn = event.turn_taken().turn();
      state.set_turns(turn.number());
      state.set_round(turn.round());
      for (v1::Participant& participant : *state.mutable_participants()) {
        if (participant.code() != turn.code()) continue;
        participant.set_turns(participant.turns() + 1);
        if (turn.outcome() == v1::TURN_OUTCOME_TAKEN)
          participant.set_taken(participant.taken() + 1);
      }
      auto& latest = *state.mutable_latest_turns();
      if (latest.size() == kLatestTurns) latest.DeleteSubrange(0, 1);
      *latest.Add() = turn;
      break;
    }
    case E::kAllotmentClosed:
      state.set_closed_reason(event.allotment_closed().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Allotment::Traits() {
  static const KindTraits traits{"allotment", "allotments", ""};
  return traits;
}

const std::vector<CommandCase<Allotment>>& Allotment::Commands() {
  static const std::vector<CommandCase<Allotment>> cases = {
      On(&OpenAllotment, {"AllotmentOpened"}),  On(&JoinAllotment, {"ParticipantJoined"}),
      On(&LeaveAllotment, {"ParticipantLeft"}), On(&TakeTurn, {"TurnTaken"}),
      On(&CloseAllotment, {"AllotmentClosed"}),
  };
  return cases;
}

const std::vector<RoleCase<Allotment>>& Allotment::Roles() {
  static const std::vector<RoleCase<Allotment>> roles = {
      {"office", "who acts in the office that gives it out",
       [](const State& state, const Context& context) {
         return !state.office().empty() && state.office() == context.actor.office();
       }},
      {"office-holder", "who acts in any office, before it is open",
       [](const State& state, const Context& context) {
         return state.office().empty() && !context.actor.office().empty();
       }},
  };
  return roles;
}

const std::vector<GuardCase<Allotment>>& Allotment::Guards() {
  static const std::vector<GuardCase<Allotment>> guards;
  return guards;
}

}  // namespace kasundo::plans
