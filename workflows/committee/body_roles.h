// Roles that kinds beneath a body share: who somebody is in the body that the instance belongs to,
// on the business date or on the day of recording, since who keeps the record today may also enter
// what happened under others.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/engine/context.h"
#include "workflows/engine/decider.h"
#include "workflows/engine/usual_checks.h"

namespace kasundo::committees {

// The state of the body beneath which the instance lies; nullptr only if the journal has no such
// body.
const v1::CommitteeState* BodyOf(const Context& context);

bool IsSecretariatOfBody(const Context& context, std::string_view body);
bool PresidesBody(const Context& context, std::string_view body);
bool IsMemberOfBody(const Context& context, std::string_view body);

// The roles "secretariat" and "presider" of a kind D beneath a body.
template <typename D>
RoleCase<D> SecretariatOfItsBody() {
  return {"secretariat", "who acts in the body's secretariat or technical secretariat",
          [](const typename D::State&, const Context& context) {
            return IsSecretariatOfBody(context, ParentOf(context.instance));
          }};
}
template <typename D>
RoleCase<D> PresiderOfItsBody() {
  return {"presider", "who may preside by the body's leadership model",
          [](const typename D::State&, const Context& context) {
            return PresidesBody(context, ParentOf(context.instance));
          }};
}

// REASON_NEEDED if the command's header has no reason.
inline absl::Status RequireReason(const Context& context) {
  return kasundo::RequireReason(context, v1::REASON_REASON_NEEDED);
}

}  // namespace kasundo::committees
