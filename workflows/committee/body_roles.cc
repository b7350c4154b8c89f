#include "workflows/committee/body_roles.h"

#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

template <typename Check>
bool OnEitherDay(const Context& context, std::string_view body, const Check& check) {
  const auto* state = context.Related<v1::CommitteeState>(body);
  return state != nullptr && (check(*state, context.actor, context.today) ||
                              check(*state, context.actor, DayOf(context.now, context.time_zone)));
}

}  // namespace

const v1::CommitteeState* BodyOf(const Context& context) {
  return context.Related<v1::CommitteeState>(ParentOf(context.instance));
}

bool IsSecretariatOfBody(const Context& context, std::string_view body) {
  return OnEitherDay(context, body, IsSecretariat);
}

bool PresidesBody(const Context& context, std::string_view body) {
  return OnEitherDay(context, body, MayPreside);
}

bool IsMemberOfBody(const Context& context, std::string_view body) {
  return OnEitherDay(context, body, IsMember);
}

absl::Status RequireReason(const Context& context) {
  if (!context.reason.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_REASON_NEEDED,
                "this changes what others rely on, so it needs a reason")
      .Field("header.reason")
      .Mend("Say why, in a sentence.");
}

}  // namespace kasundo::committees
