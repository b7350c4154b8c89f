#include "workflows/committee/motion_effects.h"

#include "fmt/format.h"
#include "kasundo/committees/v1/matters_events.pb.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

absl::Status Impossible(const std::string& message, const std::string& mend) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_MATTER_EFFECT_IMPOSSIBLE, message)
      .Field("matter_effect")
      .Mend(mend);
}

}  // namespace

absl::Status CheckMatterEffect(const std::string& name, v1::MatterEffect effect,
                               const Context& context) {
  const RelatedInstance* found = context.Find(name);
  const auto* matter = context.Related<v1::MatterState>(name);
  if (matter == nullptr || ParentOf(name) != ParentOf(context.instance) ||
      (found->lifecycle_state != "open" && found->lifecycle_state != "answered")) {
    return Impossible(
        "the matter is not open in this body",
        "Table the motion with one of the body's `open_matters`, or without matter and effect.");
  }
  const bool from_below = !matter->origin().empty();
  const bool answered = !matter->answer().empty();
  switch (effect) {
    case v1::MATTER_EFFECT_ANSWER:
      if (!from_below || answered) {
        return Impossible("no body below waits for an answer",
                          "Table the motion with another effect: close, drop or raise.");
      }
      break;
    case v1::MATTER_EFFECT_CLOSE:
    case v1::MATTER_EFFECT_DROP:
      if (from_below && !answered) {
        return Impossible(
            "a body below waits for an answer: answer it instead",
            "Table the motion with MATTER_EFFECT_ANSWER: that closes the matter here.");
      }
      break;
    case v1::MATTER_EFFECT_RAISE: {
      const v1::CommitteeState* body = BodyOf(context);
      if (body == nullptr || body->parent_body().empty()) {
        return Impossible(
            "the body has no parent body to raise it to",
            "Table the motion with another effect, or nest the body (MoveCommittee).");
      }
      break;
    }
    default:
      break;
  }
  return absl::OkStatus();
}

absl::StatusOr<const v1::ResolutionState*> FindRecommendation(const std::string& name,
                                                              std::string_view field,
                                                              const Context& context) {
  const RelatedInstance* found = context.Find(name);
  const auto* waiting = context.Related<v1::ResolutionState>(name);
  if (waiting == nullptr || found->lifecycle_state != "recommended" ||
      ParentOf(name) != ParentOf(context.instance) || waiting->meeting() == context.instance) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_RECOMMENDATION_NOT_OPEN,
                  fmt::format("\"{}\" does not wait for ratification by this meeting", name))
        .Field(field)
        .Mend("Name a recommendation of an earlier meeting of this body that nobody has answered.");
  }
  return waiting;
}

}  // namespace kasundo::committees
