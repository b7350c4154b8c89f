// What a meeting treats.
#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/meeting_commands.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

std::string FreeItemId(const v1::MeetingState& state) {
  int n = state.agenda_size();
  std::string id;
  do {
    id = fmt::format("item-{}", ++n);
  } while (FindItem(state, id) != nullptr);
  return id;
}

// Whose items are on the agenda says how broad it is, so nobody proposes in another's name.
absl::Status CheckProposer(const std::string& seat, const v1::MeetingState& state,
                           const v1::CommitteeState& body, const Context& context) {
  const auto& actor = context.actor;
  if (actor.administrator() || actor.system() || IsMeetingSecretariat(context) ||
      IsMeetingPresider(state, context)) {
    return absl::OkStatus();
  }
  const Roster roster = RosterOn(body, state.date());
  const RosterSeat* found = roster.Find(seat);
  const bool own = !actor.person().empty() && found != nullptr &&
                   ((found->filled() && found->holder->person() == actor.person()) ||
                    FindAuthority(*found->seat, actor.person(), state.date(), context.instance));
  if (own) return absl::OkStatus();
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_YOUR_SEAT,
                fmt::format("you do not sit in seat \"{}\" on the meeting's day", seat))
      .Field("proposed_by_seat")
      .Mend("Propose for your own seat, or let the secretariat or the presider enter it.");
}

absl::Status CheckNewItem(const v1::AddAgendaItemRequest& request, const v1::MeetingState& state,
                          const Context& context) {
  if (!request.item_id().empty() && !IsValidId(request.item_id())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ID_INVALID,
                  fmt::format("\"{}\" is not an id", request.item_id()))
        .Field("item_id")
        .Mend("Use lower-case letters, digits and hyphens.");
  }
  if (!request.item_id().empty() && FindItem(state, request.item_id()) != nullptr) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ITEM_EXISTS,
                  fmt::format("the agenda has an item \"{}\"", request.item_id()))
        .Field("item_id")
        .Mend("Give another item_id, or leave it out to get the next one.");
  }
  const v1::CommitteeState* body = BodyOf(context);
  if (!request.proposed_by_seat().empty() &&
      (body == nullptr ||
       RosterOn(*body, state.date()).Find(request.proposed_by_seat()) == nullptr)) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_SEAT_NOT_FOUND,
                  fmt::format("the body has no seat \"{}\" on the meeting's day",
                              request.proposed_by_seat()))
        .Field("proposed_by_seat")
        .Mend("Name a seat that the body has on that day; GetRoster lists them.");
  }
  if (!request.proposed_by_seat().empty()) {
    RETURN_IF_ERROR(CheckProposer(request.proposed_by_seat(), state, *body, context));
  }
  if (request.matter().empty()) return absl::OkStatus();
  for (const v1::AgendaItem& item : state.agenda()) {
    if (!item.withdrawn() && item.matter() == request.matter()) {
      return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ITEM_EXISTS,
                    fmt::format("item \"{}\" treats this matter", item.item()))
          .Field("matter")
          .Mend("Use that item, or withdraw it first (WithdrawAgendaItem).");
    }
  }
  if (body == nullptr ||
      std::none_of(body->open_matters().begin(), body->open_matters().end(),
                   [&](const auto& open) { return open.matter() == request.matter(); })) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_MATTER_NOT_OPEN,
                  "the matter is not open in this body")
        .Field("matter")
        .Mend("Name one of the body's `open_matters`, or raise the matter first (RaiseMatter).");
  }
  return absl::OkStatus();
}

// Rule 9: a topic that comes onto the agenda invites its seats, until the meeting has begun.
void InviteSeatsOf(const std::string& topic, const v1::MeetingState& state, const Context& context,
                   v1::AgendaItemAdded& added) {
  const v1::CommitteeState* body = BodyOf(context);
  if (topic.empty() || body == nullptr || state.has_opened_time()) return;
  const auto& invited = state.invited_seats();
  for (const RosterSeat& seat : InvitedSeats(RosterOn(*body, state.date()), {topic})) {
    if (seat.seat->kind() == v1::SEAT_KIND_TOPIC &&
        std::find(invited.begin(), invited.end(), seat.id()) == invited.end()) {
      added.add_newly_invited_seats(seat.id());
    }
  }
}

}  // namespace

MeetingDecision AddAgendaItem(const v1::AddAgendaItemRequest& request,
                              const v1::MeetingState& state, const Context& context) {
  RETURN_IF_ERROR(CheckNewItem(request, state, context));
  v1::MeetingEvent event;
  v1::AgendaItem& item = *event.mutable_agenda_item_added()->mutable_item();
  item.set_item(request.item_id().empty() ? FreeItemId(state) : request.item_id());
  item.set_title(request.title());
  item.set_proposed_by_seat(request.proposed_by_seat());
  item.set_topic(request.topic());
  *item.mutable_papers() = request.papers();
  item.set_matter(request.matter());
  InviteSeatsOf(request.topic(), state, context, *event.mutable_agenda_item_added());
  return {{std::move(event)}};
}

MeetingDecision AddAgendaPapers(const v1::AddAgendaPapersRequest& request,
                                const v1::MeetingState& state, const Context&) {
  RETURN_IF_ERROR(RequireItem(state, request.item(), "item").status());
  v1::MeetingEvent event;
  event.mutable_agenda_papers_added()->set_item(request.item());
  *event.mutable_agenda_papers_added()->mutable_papers() = request.papers();
  return {{std::move(event)}};
}

MeetingDecision ReorderAgenda(const v1::ReorderAgendaRequest& request,
                              const v1::MeetingState& state, const Context&) {
  std::vector<std::string> present;
  for (const v1::AgendaItem& item : state.agenda()) {
    if (!item.withdrawn()) present.push_back(item.item());
  }
  const std::vector<std::string> wanted(request.items().begin(), request.items().end());
  if (wanted == present) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  "the agenda has this order already")
        .Field("items")
        .Mend("Nothing needs to be done. To change it, name the items in another order.");
  }
  if (!std::is_permutation(present.begin(), present.end(), wanted.begin(), wanted.end())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_AGENDA_ORDER_INCOMPLETE,
                  fmt::format("the agenda has {} items; the new order must name each once",
                              present.size()))
        .Field("items")
        .Mend(fmt::format("Name these, in the new order: {}.", fmt::join(present, ", ")))
        .With("items", static_cast<int64_t>(present.size()));
  }
  v1::MeetingEvent event;
  *event.mutable_agenda_reordered()->mutable_items() = request.items();
  return {{std::move(event)}};
}

MeetingDecision WithdrawAgendaItem(const v1::WithdrawAgendaItemRequest& request,
                                   const v1::MeetingState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::AgendaItem* item, RequireItem(state, request.item(), "item"));
  // Rule 15: until closed or dropped by decision.
  if (item->carried_forward()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ITEM_CARRIED_FORWARD,
                  fmt::format("item \"{}\" was carried forward by rule", item->item()))
        .Field("item")
        .Mend(
            "Table a motion that closes or drops the matter, or that answers the recommendation.");
  }
  for (const v1::Motion& motion : state.motions()) {
    if (motion.agenda_item() == item->item() && motion.motion_state() == v1::MOTION_STATE_TABLED) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ITEM_HAS_MOTION,
                    fmt::format("motion \"{}\" on this item is open", motion.motion()))
          .Field("item")
          .Mend("Close or withdraw the motion first.");
    }
  }
  v1::MeetingEvent event;
  event.mutable_agenda_item_withdrawn()->set_item(item->item());
  event.mutable_agenda_item_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

MeetingDecision NoteDiscussion(const v1::NoteDiscussionRequest& request,
                               const v1::MeetingState& state, const Context&) {
  RETURN_IF_ERROR(RequireItem(state, request.item(), "item").status());
  v1::MeetingEvent event;
  event.mutable_discussion_noted()->set_item(request.item());
  event.mutable_discussion_noted()->set_text(request.text());
  return {{std::move(event)}};
}

}  // namespace kasundo::committees
