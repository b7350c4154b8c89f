// What deciders of every kind check alike and refuse in the same words. Where a refusal has a
// reason of the area's own Reason enum, the area wraps the check once and gives it that value.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "fmt/format.h"
#include "workflows/engine/context.h"
#include "workflows/engine/refusal.h"

namespace kasundo {

// INVALID_ARGUMENT unless `id` has 1 to 63 lower-case letters, digits and inner hyphens.
template <typename Reason>
absl::Status CheckId(std::string_view field, std::string_view id, Reason reason) {
  if (IsValidId(id)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, reason, fmt::format("\"{}\" is no id", id))
      .Field(field)
      .Mend("Use 1 to 63 lower-case letters, digits and inner hyphens.");
}

// INVALID_ARGUMENT unless the header has a reason.
template <typename Reason>
absl::Status RequireReason(const Context& context, Reason reason) {
  if (!context.reason.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, reason,
                "this changes what others rely on, so it needs a reason")
      .Field("header.reason")
      .Mend("Say why, in a sentence.");
}

// ALREADY_EXISTS.
template <typename Reason>
Refuse AlreadyThere(std::string_view field, std::string message, Reason reason) {
  return Refuse(absl::StatusCode::kAlreadyExists, reason, std::move(message))
      .Field(field)
      .Mend("Use what is there already, or give another value.");
}

// FAILED_PRECONDITION NOTHING_TO_CHANGE.
inline Refuse NothingToChange(std::string_view message) {
  return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                std::string(message))
      .Mend("Nothing needs to be done. If something else was meant, give another value.");
}

// The entry of a list with that id; nullptr if there is none.
template <typename Entries>
auto* FindById(Entries& entries, std::string_view id) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const auto& entry) { return entry.id() == id; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace kasundo
