// What many commands of plans and policies check alike, and how they say it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/plans/v1/approval.pb.h"
#include "kasundo/plans/v1/reasons.pb.h"
#include "workflows/decimal/decimal.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"
#include "workflows/engine/usual_checks.h"

namespace kasundo::plans {

// INVALID_ARGUMENT ID_INVALID.
inline absl::Status CheckId(std::string_view field, std::string_view id) {
  return kasundo::CheckId(field, id, v1::REASON_ID_INVALID);
}

// INVALID_ARGUMENT REASON_NEEDED unless the header has a reason.
inline absl::Status RequireReason(const Context& context) {
  return kasundo::RequireReason(context, v1::REASON_REASON_NEEDED);
}

// ALREADY_EXISTS ALREADY_THERE.
inline Refuse AlreadyThere(std::string_view field, std::string message) {
  return kasundo::AlreadyThere(field, std::move(message), v1::REASON_ALREADY_THERE);
}

// FAILED_PRECONDITION TOO_MANY_ITEMS from `most` on.
absl::Status CheckRoom(std::string_view what, int present, int most);

// INVALID_ARGUMENT DATE_OUT_OF_ORDER if both are set and the last day lies before the first.
absl::Status CheckSpan(std::string_view field, const CivilDate& starts_on,
                       const CivilDate& ends_on);

// INVALID_ARGUMENT DATE_OUT_OF_ORDER if the date lies after the day of the act.
absl::Status CheckNotAhead(std::string_view field, const CivilDate& date, const Context& context);

// The figure of a decimal text. INVALID_ARGUMENT FIGURE_INVALID.
absl::StatusOr<Decimal> ReadFigure(std::string_view field, std::string_view text);

// The same from 0 to 100.
absl::StatusOr<Decimal> ReadPercent(std::string_view field, std::string_view text);

// An adopted resolution of the body, or of one above it; or number, date and issuing body of a
// document elsewhere. INVALID_ARGUMENT APPROVAL_INCOMPLETE, RESOLUTION_OF_ANOTHER_BODY;
// FAILED_PRECONDITION RESOLUTION_NOT_ADOPTED.
absl::Status CheckApproval(const v1::Approval& approval, std::string_view body,
                           const Context& context);

// Takes the entry of that id out of a list.
template <typename Entries>
void EraseById(Entries& entries, std::string_view id) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const auto& entry) { return entry.id() == id; });
  if (found != entries.end()) entries.erase(found);
}

}  // namespace kasundo::plans
