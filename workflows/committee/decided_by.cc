#include "workflows/committee/decided_by.h"

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

absl::Status NotDecided(const std::string& message, const char* field) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_DECIDED, message)
      .Field(field)
      .Mend(
          "Name the meeting and its carried motion, or the document if the record has no meeting.");
}

}  // namespace

absl::Status CheckDecided(
    const v1::DecisionReference& decision, const Context& context,
    const std::function<bool(const v1::MeetingState&, const v1::Motion&)>& concerns) {
  return CheckDecidedBy(ParentOf(context.instance), decision, context, concerns);
}

absl::Status CheckDecidedBy(
    std::string_view body, const v1::DecisionReference& decision, const Context& context,
    const std::function<bool(const v1::MeetingState&, const v1::Motion&)>& concerns) {
  if (context.actor.system()) return absl::OkStatus();
  if (decision.meeting().empty()) {
    if (!decision.document().empty()) return absl::OkStatus();
    return NotDecided("no decision is named", "decision");
  }
  const auto* meeting = context.Related<v1::MeetingState>(decision.meeting());
  if (meeting == nullptr || ParentOf(decision.meeting()) != body) {
    return NotDecided(fmt::format("\"{}\" is no meeting of {}", decision.meeting(), body),
                      "decision.meeting");
  }
  const v1::Motion* motion = FindMotion(*meeting, decision.motion());
  if (motion == nullptr || motion->motion_state() != v1::MOTION_STATE_CARRIED) {
    return NotDecided(
        fmt::format("motion \"{}\" of that meeting was not carried", decision.motion()),
        "decision.motion");
  }
  if (!concerns(*meeting, *motion)) {
    return NotDecided(fmt::format("motion \"{}\" decided something else", decision.motion()),
                      "decision.motion");
  }
  return absl::OkStatus();
}

}  // namespace kasundo::committees
