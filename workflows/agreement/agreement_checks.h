// What many commands of an agreement check alike, and how they say it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/agreement/party_roles.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"
#include "workflows/engine/usual_checks.h"

namespace kasundo::agreements {

using v1::AgreementState;
using AgreementEvents = absl::StatusOr<std::vector<v1::AgreementEvent>>;

// An event of the business date, its fact to be filled.
v1::AgreementEvent NewEvent(const Context& context);

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

// The party of that id. NOT_FOUND PARTY_NOT_FOUND; lists those that there are.
absl::StatusOr<const v1::Party*> FindPartyOr(const AgreementState& state, std::string_view field,
                                             std::string_view party_id);

// The party of that id if the caller acts for it in this scope (administrators act for all), with
// who acted. PARTY_NOT_FOUND; PERMISSION_DENIED NOT_OF_THE_PARTY.
absl::StatusOr<v1::ActingFor> ActAs(const AgreementState& state, std::string_view party_id,
                                    v1::HelperScope scope, const Context& context);

// The same for what no helper may do.
absl::StatusOr<const v1::Party*> ActAsOwn(const AgreementState& state, std::string_view party_id,
                                          const Context& context);

// "1 party", "3 parties".
std::string Count(size_t count, std::string_view one, std::string_view many);

}  // namespace kasundo::agreements
