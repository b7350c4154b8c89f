#include "workflows/committee/matter_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/committees/v1/matters_follow_ups.pb.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/committee/decided_by.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using State = v1::MatterState;
using Decision = absl::StatusOr<std::vector<v1::MatterEvent>>;

std::string BodyName(const Context& context) { return std::string(ParentOf(context.instance)); }

// --- raising ---

// One raises a matter in one's own name; who keeps the record, presides or administers enters it
// for all.
absl::Status CheckRaiser(const v1::Raiser& raiser, const v1::CommitteeState& body,
                         const Context& context) {
  const auto& actor = context.actor;
  if (actor.administrator() || actor.system() || IsSecretariatOfBody(context, BodyName(context)) ||
      PresidesBody(context, BodyName(context))) {
    return absl::OkStatus();
  }
  if (!raiser.seat().empty()) {
    const Roster roster = RosterOn(body, context.today);
    const RosterSeat* seat = roster.Find(raiser.seat());
    const bool own = !actor.person().empty() && seat != nullptr &&
                     ((seat->filled() && seat->holder->person() == actor.person()) ||
                      FindAuthority(*seat->seat, actor.person(), context.today, ""));
    if (own) return absl::OkStatus();
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_YOUR_SEAT,
                  fmt::format("you do not sit in seat \"{}\" on {}", raiser.seat(),
                              ToString(context.today)))
        .Field("raised_by.seat")
        .Mend("Raise it for your own seat, or let the secretariat enter it.");
  }
  const bool own = raiser.office().empty() ? raiser.organisation() == actor.organisation()
                                           : raiser.office() == actor.office();
  if (own) return absl::OkStatus();
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_YOUR_ORGANISATION,
                fmt::format("you do not act for {}",
                            raiser.office().empty() ? raiser.organisation() : raiser.office()))
      .Field(raiser.office().empty() ? "raised_by.organisation" : "raised_by.office")
      .Mend(
          "Name the office in which you act, or its organisation (header.acting_office chooses "
          "it), "
          "or let the secretariat enter it.");
}

Decision RaiseMatter(const v1::RaiseMatterRequest& request, const State&, const Context& context) {
  const v1::CommitteeState* body = BodyOf(context);
  if (body == nullptr || (IsSet(body->closed_on()) && !Before(context.today, body->closed_on()))) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_BODY_CLOSED,
                  "the body is closed")
        .Field("parent")
        .Mend("Raise it in a body that is active; ListCommittees shows them.");
  }
  const v1::Raiser& raiser = request.raised_by();
  const int given = static_cast<int>(!raiser.seat().empty()) +
                    static_cast<int>(!raiser.office().empty()) +
                    static_cast<int>(!raiser.organisation().empty());
  if (given != 1) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_RAISER_INVALID,
                  fmt::format("{} of seat, office and organisation are given", given))
        .Field("raised_by")
        .Mend("Give exactly one.");
  }
  if (!raiser.seat().empty() && RosterOn(*body, context.today).Find(raiser.seat()) == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_SEAT_NOT_FOUND,
                  fmt::format("the body has no seat \"{}\" on {}", raiser.seat(),
                              ToString(context.today)))
        .Field("raised_by.seat")
        .Mend("Name a seat that the body has on that day; GetRoster lists them.");
  }
  RETURN_IF_ERROR(CheckRaiser(raiser, *body, context));
  v1::MatterEvent event;
  v1::MatterRaised& raised = *event.mutable_matter_raised();
  raised.set_title(request.title());
  raised.set_description(request.description());
  *raised.mutable_raised_by() = raiser;
  raised.mutable_raised_by()->clear_body();
  *raised.mutable_raised_on() = context.today;
  return {{std::move(event)}};
}

Decision ReceiveMatter(const v1::ReceiveMatterRequest& request, const State&,
                       const Context& context) {
  v1::MatterEvent event;
  v1::MatterReceived& received = *event.mutable_matter_received();
  received.set_title(request.title());
  received.set_description(request.description());
  received.set_origin(request.origin());
  *received.mutable_hops() = request.hops();
  *received.mutable_received_on() = context.today;
  return {{std::move(event)}};
}

Decision DescribeMatter(const v1::DescribeMatterRequest& request, const State& state,
                        const Context&) {
  v1::MatterEvent event;
  v1::MatterDescribed& described = *event.mutable_matter_described();
  described.set_title(request.title().empty() ? state.title() : request.title());
  described.set_description(request.description().empty() ? state.description()
                                                          : request.description());
  if (described.title() == state.title() && described.description() == state.description()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  "the matter is described so already")
        .Mend("Nothing needs to be done. To change it, give another title or description.");
  }
  return {{std::move(event)}};
}

// --- upwards and back ---

// A free name in the parent body: "<body>-<matter>", numbered if it was raised before.
std::string NameAbove(const std::string& parent_body, const Context& context) {
  constexpr size_t kLongestBase = 58;  // leaves room for "-9999" in an id of 63
  std::string base = fmt::format("{}-{}", IdOf(BodyName(context)), IdOf(context.instance));
  if (base.size() > kLongestBase) base.resize(kLongestBase);
  while (base.back() == '-') base.pop_back();
  return FreeName(fmt::format("{}/matters/{}", parent_body, base), context);
}

Decision ForwardMatter(const v1::ForwardMatterRequest& request, const State&,
                       const Context& context) {
  const v1::CommitteeState* body = BodyOf(context);
  const std::string parent = body == nullptr ? "" : body->parent_body();
  const auto* above = context.Related<v1::CommitteeState>(parent);
  if (above == nullptr ||
      (IsSet(above->closed_on()) && !Before(context.today, above->closed_on()))) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NO_PARENT_BODY,
                  parent.empty() ? "the body has no parent body"
                                 : fmt::format("the parent body {} is not there to ask", parent))
        .Mend("Nest the body in the one to which it reports, then raise the matter.");
  }
  v1::MatterEvent event;
  v1::Hop& hop = *event.mutable_matter_forwarded()->mutable_hop();
  hop.set_direction(v1::HOP_DIRECTION_RAISED);
  hop.set_from_body(BodyName(context));
  hop.set_to_body(parent);
  hop.set_matter(NameAbove(parent, context));
  *hop.mutable_on() = context.today;
  hop.set_text(request.text());
  return {{std::move(event)}};
}

Decision NoteHop(const v1::NoteHopRequest& request, const State&, const Context&) {
  v1::MatterEvent event;
  *event.mutable_hop_noted()->mutable_hop() = request.hop();
  return {{std::move(event)}};
}

bool OwesAnswer(const State& state) { return !state.origin().empty() && state.answer().empty(); }

// The decision concerns the matter if its motion, or the agenda item of its motion, does.
absl::Status CheckDecidedOn(const v1::DecisionReference& decision, const Context& context) {
  return CheckDecided(decision, context,
                      [&](const v1::MeetingState& meeting, const v1::Motion& motion) {
                        const v1::AgendaItem* item = FindItem(meeting, motion.agenda_item());
                        return motion.matter() == context.instance ||
                               (item != nullptr && item->matter() == context.instance);
                      });
}

Decision AnswerMatter(const v1::AnswerMatterRequest& request, const State& state,
                      const Context& context) {
  if (!OwesAnswer(state)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_RAISED_FROM_BELOW,
                  state.origin().empty() ? "the matter began in this body"
                                         : "the body below has its answer")
        .Mend("Close the matter by decision.");
  }
  if (request.has_decision()) RETURN_IF_ERROR(CheckDecidedOn(request.decision(), context));
  v1::MatterEvent event;
  v1::MatterAnswered& answered = *event.mutable_matter_answered();
  answered.set_text(request.text());
  answered.set_origin(state.origin());
  *answered.mutable_decision() = request.decision();
  *answered.mutable_answered_on() = context.today;
  return {{std::move(event)}};
}

Decision ReceiveAnswer(const v1::ReceiveAnswerRequest& request, const State&,
                       const Context& context) {
  v1::MatterEvent event;
  v1::AnswerReceived& received = *event.mutable_answer_received();
  received.set_text(request.text());
  received.set_answered_by_body(request.answered_by_body());
  *received.mutable_hops() = request.hops();
  *received.mutable_received_on() = context.today;
  return {{std::move(event)}};
}

// --- its end ---

absl::Status RefuseIfAnswerOwed(const State& state) {
  if (!OwesAnswer(state)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ANSWER_OWED,
                fmt::format("{} waits for an answer", state.origin()))
      .Mend("Answer the matter: that closes it here.");
}

Decision CloseMatter(const v1::CloseMatterRequest& request, const State& state,
                     const Context& context) {
  RETURN_IF_ERROR(RefuseIfAnswerOwed(state));
  RETURN_IF_ERROR(CheckDecidedOn(request.decision(), context));
  v1::MatterEvent event;
  *event.mutable_matter_closed()->mutable_decision() = request.decision();
  event.mutable_matter_closed()->set_reason(context.reason);
  return {{std::move(event)}};
}

Decision DropMatter(const v1::DropMatterRequest& request, const State& state,
                    const Context& context) {
  // A motion that drops it is reason enough; by hand it needs one.
  if (!context.actor.system()) RETURN_IF_ERROR(RequireReason(context));
  RETURN_IF_ERROR(RefuseIfAnswerOwed(state));
  RETURN_IF_ERROR(CheckDecidedOn(request.decision(), context));
  v1::MatterEvent event;
  *event.mutable_matter_dropped()->mutable_decision() = request.decision();
  event.mutable_matter_dropped()->set_reason(context.reason);
  return {{std::move(event)}};
}

// --- who is informed ---

bool IsInformed(const State& state, const std::string& body) {
  const auto& informed = state.informed_bodies();
  return std::find(informed.begin(), informed.end(), body) != informed.end();
}

bool SpeaksFor(const std::string& body, const Context& context) {
  return IsSecretariatOfBody(context, body) || PresidesBody(context, body) ||
         IsMemberOfBody(context, body);
}

Decision InformBody(const v1::InformBodyRequest& request, const State& state,
                    const Context& context) {
  if (request.body() == BodyName(context)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SAME_BODY,
                  "the matter is before this body")
        .Field("body")
        .Mend("Name another body: this one knows of it.");
  }
  if (IsInformed(state, request.body())) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_BODY_ALREADY_INFORMED,
                  "the body is informed already")
        .Field("body")
        .Mend("Nothing needs to be done. If another body was meant, name that one.");
  }
  v1::MatterEvent event;
  event.mutable_body_informed()->set_body(request.body());
  return {{std::move(event)}};
}

// Requirement 21: who is informed reads and remarks; who decides is the body whose matter it is.
Decision RemarkOnMatter(const v1::RemarkOnMatterRequest& request, const State& state,
                        const Context& context) {
  if (!IsInformed(state, request.body()) ||
      (!context.actor.administrator() && !SpeaksFor(request.body(), context))) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_BODY_NOT_INFORMED,
                  fmt::format("you do not speak for {} on this matter", request.body()))
        .Field("body")
        .Mend("Ask the secretariat of the deciding body to inform that body.");
  }
  v1::MatterEvent event;
  v1::MatterNote& note = *event.mutable_remark_made()->mutable_note();
  note.set_body(request.body());
  *note.mutable_on() = context.today;
  note.set_text(request.text());
  return {{std::move(event)}};
}

void End(State& state, const v1::DecisionReference& decision, const std::string& reason) {
  *state.mutable_decided_by() = decision;
  state.set_end_reason(reason);
}

void Receive(State& state, const v1::MatterReceived& event) {
  state.set_title(event.title());
  state.set_description(event.description());
  state.set_origin(event.origin());
  state.mutable_raised_by()->set_body(std::string(ParentOf(event.origin())));
  *state.mutable_raised_on() = event.received_on();
  *state.mutable_hops() = event.hops();
}

}  // namespace

State Matter::Initial() { return {}; }

State Matter::Evolve(State state, const v1::MatterEvent& event) {
  using E = v1::MatterEvent;
  switch (event.event_case()) {
    case E::kMatterRaised:
      state.set_title(event.matter_raised().title());
      state.set_description(event.matter_raised().description());
      *state.mutable_raised_by() = event.matter_raised().raised_by();
      *state.mutable_raised_on() = event.matter_raised().raised_on();
      break;
    case E::kMatterReceived:
      Receive(state, event.matter_received());
      break;
    case E::kMatterDescribed:
      state.set_title(event.matter_described().title());
      state.set_description(event.matter_described().description());
      break;
    case E::kMatterForwarded:
      state.set_forwarded_to(event.matter_forwarded().hop().matter());
      *state.add_hops() = event.matter_forwarded().hop();
      break;
    case E::kHopNoted:
      *state.add_hops() = event.hop_noted().hop();
      break;
    case E::kMatterAnswered:
      state.set_answer(event.matter_answered().text());
      *state.mutable_answered_on() = event.matter_answered().answered_on();
      if (event.matter_answered().has_decision()) {
        *state.mutable_decided_by() = event.matter_answered().decision();
      }
      break;
    case E::kAnswerReceived:
      state.set_answer(event.answer_received().text());
      state.set_answered_by_body(event.answer_received().answered_by_body());
      *state.mutable_answered_on() = event.answer_received().received_on();
      state.mutable_hops()->MergeFrom(event.answer_received().hops());
      break;
    case E::kMatterClosed:
      End(state, event.matter_closed().decision(), event.matter_closed().reason());
      break;
    case E::kMatterDropped:
      End(state, event.matter_dropped().decision(), event.matter_dropped().reason());
      break;
    case E::kBodyInformed:
      state.add_informed_bodies(event.body_informed().body());
      break;
    case E::kRemarkMade:
      *state.add_notes() = event.remark_made().note();
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Matter::Traits() {
  static const KindTraits traits = {"matter", "matters", "committee"};
  return traits;
}

const std::vector<CommandCase<Matter>>& Matter::Commands() {
  static const std::vector<CommandCase<Matter>> cases = {
      On(&RaiseMatter, {"MatterRaised"}),
      On(&ReceiveMatter, {"MatterReceived"}),
      On(&DescribeMatter, {"MatterDescribed"}),
      On(&ForwardMatter, {"MatterForwarded"}),
      On(&NoteHop, {"HopNoted"}),
      On(&AnswerMatter, {"MatterAnswered"}),
      On(&ReceiveAnswer, {"AnswerReceived"}),
      On(&CloseMatter, {"MatterClosed"}),
      On(&DropMatter, {"MatterDropped"}),
      On(&InformBody, {"BodyInformed"}),
      On(&RemarkOnMatter, {"RemarkMade"}),
  };
  return cases;
}

const std::vector<RoleCase<Matter>>& Matter::Roles() {
  static const std::vector<RoleCase<Matter>> roles = {
      SecretariatOfItsBody<Matter>(),
      PresiderOfItsBody<Matter>(),
      {"member", "who holds a seat of the body or has a standing authority for one",
       [](const State&, const Context& context) {
         return IsMemberOfBody(context, ParentOf(context.instance));
       }},
      {"raiser", "who acts in the office or organisation that raised it",
       [](const State& state, const Context& context) {
         const v1::Raiser& raiser = state.raised_by();
         return (!raiser.office().empty() && raiser.office() == context.actor.office()) ||
                (!raiser.organisation().empty() &&
                 raiser.organisation() == context.actor.organisation());
       }},
      {"informed", "who keeps the record of an informed body, presides over it or sits in it",
       [](const State& state, const Context& context) {
         return std::any_of(state.informed_bodies().begin(), state.informed_bodies().end(),
                            [&](const std::string& body) { return SpeaksFor(body, context); });
       }},
  };
  return roles;
}

const std::vector<GuardCase<Matter>>& Matter::Guards() {
  static const std::vector<GuardCase<Matter>> guards = {
      {"described",
       "it has a description",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         if (!state.description().empty()) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    api::v1::REASON_GUARD_NOT_MET, "the matter is not described")
                                 .Field("description")
                                 .Mend("Describe the matter first."));
       }},
  };
  return guards;
}

}  // namespace kasundo::committees
