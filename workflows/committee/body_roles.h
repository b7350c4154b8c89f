// Roles that kinds beneath a body share: who somebody is in the body that the instance belongs to,
// on the business date or on the day of recording, since who keeps the record today may also enter
// what happened under others.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::committees {

// The state of the body beneath which the instance lies; nullptr only if the journal has no such
// body.
const v1::CommitteeState* BodyOf(const Context& context);

bool IsSecretariatOfBody(const Context& context, std::string_view body);
bool PresidesBody(const Context& context, std::string_view body);
bool IsMemberOfBody(const Context& context, std::string_view body);

// REASON_NEEDED if the command's header has no reason.
absl::Status RequireReason(const Context& context);

}  // namespace kasundo::committees
