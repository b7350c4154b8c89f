// Small forms that the deciders of this area share.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "kasundo/assignments/v1/reasons.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/usual_checks.h"

namespace kasundo::assignments {

// INVALID_ARGUMENT REASON_NEEDED unless the header has a reason.
inline absl::Status RequireReason(const Context& context) {
  return kasundo::RequireReason(context, v1::REASON_REASON_NEEDED);
}

// INVALID_ARGUMENT DATE_OUT_OF_ORDER unless `later` surely lies after `earlier`.
absl::Status RequireAfter(std::string_view field, const CivilDate& later, const CivilDate& earlier,
                          std::string_view what_was);

// ALREADY_EXISTS ALREADY_THERE.
inline Refuse AlreadyThere(std::string_view field, std::string message) {
  return kasundo::AlreadyThere(field, std::move(message), v1::REASON_ALREADY_THERE);
}

// NOT_FOUND ENTRY_NOT_FOUND.
Refuse EntryNotFound(std::string_view field, std::string message);

// Whether the caller stands above the offices: an administrator, or the engine itself.
bool ActsForAll(const Context& context);

// `months` calendar months later: 31 January and one is the end of February.
CivilDate MonthsAfter(const CivilDate& day, int months);

}  // namespace kasundo::assignments
