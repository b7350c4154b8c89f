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

}  // namespace kasundo::committees
