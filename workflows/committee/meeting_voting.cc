// What a meeting decides, and what that asks of whom.
#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/committee/instants.h"
#include "workflows/committee/meeting_commands.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/committee/motion_effects.h"
#include "workflows/committee/quorum.h"
#include "workflows/committee/resolution_number.h"
#include "workflows/committee/tally.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

// Whether motions must be seconded is for the definition to say: parameter `motions_need_second`,
// "yes" or "no" (default).
absl::Status CheckSeconded(const v1::Motion& motion, const Context& context) {
  if (!motion.seconder_seat().empty() || context.Parameter("motions_need_second", "no") != "yes") {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_SECONDED,
                fmt::format("motion \"{}\" has not been seconded", motion.motion()))
      .Field("motion")
      .Mend("Record which seat seconds it.");
}

const v1::Vote* VoteOf(const v1::Motion& motion, std::string_view seat) {
  for (const v1::Vote& vote : motion.votes()) {
    if (vote.seat() == seat) return &vote;
  }
  return nullptr;
}

bool IsRecused(const v1::Motion& motion, std::string_view seat) {
  return std::any_of(motion.recusals().begin(), motion.recusals().end(),
                     [&](const v1::Recusal& recusal) { return recusal.seat() == seat; });
}

// Rule: votes belong to seats; one seat, one vote.
absl::Status CheckVote(const v1::Vote& vote, const v1::Motion& motion,
                       const v1::MeetingState& state, absl::Time at, const std::string& field,
                       const Context& context) {
  RETURN_IF_ERROR(RequireVoter(state, vote.seat(), at, field + ".seat"));
  RETURN_IF_ERROR(RequireActsFor(state, vote.seat(), at, context));
  if (IsRecused(motion, vote.seat())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_RECUSED,
                  fmt::format("seat \"{}\" has left the count for this motion", vote.seat()))
        .Field(field + ".seat")
        .Mend("Leave out the vote of this seat.");
  }
  if (VoteOf(motion, vote.seat()) != nullptr && !vote.change()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_VOTE_ALREADY_CAST,
                  fmt::format("seat \"{}\" has voted", vote.seat()))
        .Field(field + ".change")
        .Mend("Set change to let the new vote stand in place of the old one.");
  }
  return absl::OkStatus();
}

absl::StatusOr<Ballot> CountBallot(const v1::CloseMotionRequest& request, const v1::Motion& motion,
                                   const v1::MeetingState& state, absl::Time at) {
  const v1::ShowOfHands* hands = request.has_hands() ? &request.hands() : nullptr;
  if (hands != nullptr && !motion.votes().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_VOTES_COUNTED_TWICE,
                  fmt::format("{} seats have voted by name", motion.votes_size()))
        .Field("hands")
        .Mend("Leave the hands out.");
  }
  if (hands != nullptr && !motion.rule().consenting_sectors().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEATS_MUST_VOTE,
                  "the rule asks for the consent of sectors, which hands do not show")
        .Field("hands")
        .Mend("Cast the votes by seat.");
  }
  const Ballot ballot = BallotOf(state, motion, at, hands);
  const Votes& votes = ballot.votes;
  if (votes.yes < 0 || votes.no < 0 || votes.abstain < 0 ||
      static_cast<int64_t>(votes.yes) + votes.no + votes.abstain > ballot.entitled) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_MORE_HANDS_THAN_VOTERS,
                  fmt::format("{} for, {} against and {} abstained, but {} seats may vote",
                              votes.yes, votes.no, votes.abstain, ballot.entitled))
        .Field("hands")
        .Mend(fmt::format("Count the hands of the {} again, or record first who else has come "
                          "(RecordArrivals).",
                          ballot.entitled == 1
                              ? "1 seat that may vote"
                              : fmt::format("{} seats that may vote", ballot.entitled)))
        .With("voters", ballot.entitled);
  }
  if (votes.yes + votes.no + votes.abstain == 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NO_VOTES, "nobody has voted")
        .Mend("Cast votes by seat or give the hands counted.");
  }
  return ballot;
}

// Rule 14: a decision that asks for action cannot be saved without owner office and due date.
absl::Status Incomplete(const std::vector<std::string>& missing, std::string_view field) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ACTIONS_INCOMPLETE,
                fmt::format("the decision asks for action; missing: {}", fmt::join(missing, "; ")))
      .Field(field)
      .Mend(
          "Give for each action what is to be done, the office that owes it and the day by which "
          "it is due.")
      .With("missing", static_cast<int64_t>(missing.size()));
}

absl::Status CheckActions(const v1::Motion& motion,
                          const google::protobuf::RepeatedPtrField<v1::PlannedAction>& actions) {
  RETURN_IF_ERROR(CheckActionOwners(actions));
  if (actions.empty()) {
    return motion.asks_for_action() ? Incomplete({"an action"}, "actions") : absl::OkStatus();
  }
  std::vector<std::string> missing;
  for (int i = 0; i < actions.size(); ++i) {
    for (const std::string& part : MissingIn(actions[i])) {
      missing.push_back(fmt::format("action {}: {}", i + 1, part));
    }
  }
  return missing.empty() ? absl::OkStatus() : Incomplete(missing, "actions");
}

absl::StatusOr<v1::ResolutionNumber> NumberFor(const v1::CloseMotionRequest& request,
                                               const v1::MeetingState& state,
                                               const Context& context) {
  const v1::CommitteeState* body = BodyOf(context);
  v1::ResolutionNumber wanted;
  wanted.set_number(request.resolution_number());
  return GiveNumber(body == nullptr ? v1::CommitteeState() : *body, wanted, state.date().year(),
                    "resolution_number");
}

// Titles of recommendations without a title: the text's beginning, cut between characters.
std::string TitleOf(const v1::Motion& motion) {
  constexpr size_t kLongest = 200;
  if (!motion.resolution_title().empty()) return motion.resolution_title();
  const std::string& text = motion.text();
  if (text.size() <= kLongest) return text;
  size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

// "realms/r/committees/cmd/resolutions/2016-q1-motion-2"
std::string ResolutionOf(std::string_view motion, const Context& context) {
  return FreeName(fmt::format("{}/resolutions/{}-{}", ParentOf(context.instance),
                              IdOf(context.instance), motion),
                  context);
}

v1::MeetingEvent Assign(const v1::PlannedAction& planned, std::string_view agenda_item,
                        std::string_view motion, std::string_view id, const Context& context) {
  v1::MeetingEvent event;
  v1::AssignedAction& action = *event.mutable_action_assigned()->mutable_action();
  action.set_action_item(FreeName(
      fmt::format("{}/actionItems/{}-{}", ParentOf(context.instance), IdOf(context.instance), id),
      context));
  action.set_title(planned.title());
  action.set_owner_office(planned.owner_office());
  *action.mutable_due_date() = planned.due_date();
  action.set_agenda_item(std::string(agenda_item));
  action.set_motion(std::string(motion));
  return event;
}

// What follows from a carried motion: its resolution or ratification, its actions, its matter.
absl::Status AddConsequences(const v1::CloseMotionRequest& request, const v1::Motion& motion,
                             const google::protobuf::RepeatedPtrField<v1::PlannedAction>& actions,
                             const v1::MeetingState& state, const Context& context,
                             std::vector<v1::MeetingEvent>& events) {
  if (!motion.ratifies().empty()) {
    v1::MeetingEvent event;
    v1::RecommendationRatified& ratified = *event.mutable_recommendation_ratified();
    ratified.set_motion(motion.motion());
    ratified.set_resolution(motion.ratifies());
    ASSIGN_OR_RETURN(*ratified.mutable_number(), NumberFor(request, state, context));
    ratified.set_title(motion.resolution_title());
    *ratified.mutable_ratified_on() = state.date();
    events.push_back(std::move(event));
  } else if (!motion.resolution_title().empty()) {
    v1::MeetingEvent event;
    v1::ResolutionAdopted& adopted = *event.mutable_resolution_adopted();
    adopted.set_motion(motion.motion());
    adopted.set_resolution(ResolutionOf(motion.motion(), context));
    ASSIGN_OR_RETURN(*adopted.mutable_number(), NumberFor(request, state, context));
    adopted.set_title(motion.resolution_title());
    adopted.set_text(motion.text());
    *adopted.mutable_addressees() = motion.addressees();
    *adopted.mutable_adopted_on() = state.date();
    events.push_back(std::move(event));
  }
  for (int i = 0; i < actions.size(); ++i) {
    events.push_back(Assign(actions[i], motion.agenda_item(), motion.motion(),
                            fmt::format("{}-{}", motion.motion(), i + 1), context));
  }
  if (motion.matter_effect() != v1::MATTER_EFFECT_UNSPECIFIED) {
    const absl::Status possible =
        CheckMatterEffect(motion.matter(), motion.matter_effect(), context);
    if (!possible.ok()) {
      // A ratification takes its matter from the recommendation; if that was settled in the
      // meantime, it stays as it is. Any other motion must say what is still to be decided.
      if (!motion.ratifies().empty()) return absl::OkStatus();
      return possible;
    }
    v1::MeetingEvent event;
    v1::MatterDecided& decided = *event.mutable_matter_decided();
    decided.set_motion(motion.motion());
    decided.set_matter(motion.matter());
    decided.set_effect(motion.matter_effect());
    decided.set_text(motion.text());
    // What was recommended is what is decided, in whatever words its ratification was moved.
    if (!motion.ratifies().empty()) {
      ASSIGN_OR_RETURN(const v1::ResolutionState* waiting,
                       FindRecommendation(motion.ratifies(), "motion", context));
      decided.set_text(waiting->text());
    }
    events.push_back(std::move(event));
  }
  return absl::OkStatus();
}

v1::MeetingEvent Recommend(const v1::Motion& motion, const v1::MotionResult& result,
                           const google::protobuf::RepeatedPtrField<v1::PlannedAction>& actions,
                           const v1::MeetingState& state, const Context& context) {
  v1::MeetingEvent event;
  v1::MotionRecommended& recommended = *event.mutable_motion_recommended();
  recommended.set_motion(motion.motion());
  *recommended.mutable_result() = result;
  recommended.set_resolution(ResolutionOf(motion.motion(), context));
  recommended.set_title(TitleOf(motion));
  recommended.set_text(motion.text());
  *recommended.mutable_addressees() = motion.addressees();
  *recommended.mutable_actions() = actions;
  recommended.set_matter(motion.matter());
  recommended.set_matter_effect(motion.matter_effect());
  *recommended.mutable_recommended_on() = state.date();
  recommended.set_decision_kind(motion.decision_kind());
  return event;
}

}  // namespace

MeetingDecision CastVotes(const v1::CastVotesRequest& request, const v1::MeetingState& state,
                          const Context& context) {
  ASSIGN_OR_RETURN(const v1::Motion* motion, RequireOpenMotion(state, request.motion()));
  RETURN_IF_ERROR(CheckSeconded(*motion, context));
  ASSIGN_OR_RETURN(const absl::Time at,
                   MotionMoment(request.has_at(), request.at(), motion, state, context));
  std::set<std::string_view> seen;
  std::vector<v1::MeetingEvent> events;
  for (int i = 0; i < request.votes_size(); ++i) {
    const v1::Vote& vote = request.votes(i);
    const std::string field = fmt::format("votes[{}]", i);
    if (!seen.insert(vote.seat()).second) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SEAT_TWICE,
                    fmt::format("seat \"{}\" is named twice: one seat, one vote", vote.seat()))
          .Field(field + ".seat")
          .Mend("Name each seat once, with the vote that counts.");
    }
    RETURN_IF_ERROR(CheckVote(vote, *motion, state, at, field, context));
    v1::MeetingEvent event;
    v1::VoteCast& cast = *event.mutable_vote_cast();
    cast.set_motion(motion->motion());
    *cast.mutable_vote() = vote;
    *cast.mutable_cast_time() = TimestampOf(at);
    cast.set_person(WhoSits(state, *FindSeat(state, vote.seat()), at).attendance->person());
    events.push_back(std::move(event));
  }
  return events;
}

MeetingDecision CloseMotion(const v1::CloseMotionRequest& request, const v1::MeetingState& state,
                            const Context& context) {
  ASSIGN_OR_RETURN(const v1::Motion* motion, RequireOpenMotion(state, request.motion()));
  RETURN_IF_ERROR(CheckSeconded(*motion, context));
  if (!motion->ratifies().empty() && !request.actions().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_RATIFICATION_ADDS,
                  "the actions of what was recommended can be ratified or not, but not changed")
        .Field("actions")
        .Mend("Leave them out, or let the ratification be lost and table a motion of its own.");
  }
  ASSIGN_OR_RETURN(const absl::Time at,
                   MotionMoment(request.has_at(), request.at(), motion, state, context));
  ASSIGN_OR_RETURN(const Ballot ballot, CountBallot(request, *motion, state, at));
  const v1::MotionResult result = Tally(motion->rule(), ballot, CountQuorum(state, at));
  const v1::MotionState outcome = OutcomeOf(result);
  // What a motion ratifies has been recommended already: without a quorum it would only be
  // recommended once more.
  if (!motion->ratifies().empty() && !result.quorum().met()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_QUORUM_NOT_MET,
                  fmt::format("a recommendation is ratified with a quorum: {}",
                              result.quorum().explanation()))
        .Field("motion")
        .Mend("Withdraw the motion: the recommendation comes onto the next agenda by itself.")
        .With("present", result.quorum().present())
        .With("needed", result.quorum().needed());
  }
  std::vector<v1::MeetingEvent> events;
  if (outcome == v1::MOTION_STATE_LOST) {
    v1::MeetingEvent event;
    event.mutable_motion_lost()->set_motion(motion->motion());
    *event.mutable_motion_lost()->mutable_result() = result;
    events.push_back(std::move(event));
    // Another motion may have settled the recommendation; then this one rejects nothing.
    if (FindRecommendation(motion->ratifies(), "motion", context).ok()) {
      v1::MeetingEvent rejected;
      rejected.mutable_recommendation_rejected()->set_motion(motion->motion());
      rejected.mutable_recommendation_rejected()->set_resolution(motion->ratifies());
      *rejected.mutable_recommendation_rejected()->mutable_rejected_on() = state.date();
      events.push_back(std::move(rejected));
    }
    return events;
  }
  const auto& actions = request.actions().empty() ? motion->actions() : request.actions();
  RETURN_IF_ERROR(CheckActions(*motion, actions));
  if (!motion->ratifies().empty()) {
    RETURN_IF_ERROR(FindRecommendation(motion->ratifies(), "motion", context).status());
  }
  if (outcome == v1::MOTION_STATE_RECOMMENDED) {
    return {{Recommend(*motion, result, actions, state, context)}};
  }
  v1::MeetingEvent event;
  event.mutable_motion_carried()->set_motion(motion->motion());
  *event.mutable_motion_carried()->mutable_result() = result;
  *event.mutable_motion_carried()->mutable_actions() = actions;
  events.push_back(std::move(event));
  RETURN_IF_ERROR(AddConsequences(request, *motion, actions, state, context, events));
  return events;
}

MeetingDecision AssignAction(const v1::AssignActionRequest& request, const v1::MeetingState& state,
                             const Context& context) {
  if (!request.agenda_item().empty()) {
    RETURN_IF_ERROR(RequireItem(state, request.agenda_item(), "agenda_item").status());
  }
  RETURN_IF_ERROR(CheckOwnerOffice(request.action().owner_office(), "action.owner_office"));
  const std::vector<std::string> missing = MissingIn(request.action());
  if (!missing.empty()) return Incomplete(missing, "action");
  return {{Assign(request.action(), request.agenda_item(), "",
                  fmt::format("action-{}", state.actions_size() + 1), context)}};
}

}  // namespace kasundo::committees
