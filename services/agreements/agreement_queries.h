// Questions about one agreement: how far it is, what text held on a day, who gave what.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "kasundo/agreements/v1/obligations_events.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::agreements {

// Computed only from the obligations (requirement 36), as they stand on `today`.
v1::GetProgressResponse ProgressOf(const v1::AgreementState& agreement,
                                   const std::vector<const v1::ObligationState*>& obligations,
                                   const CivilDate& today);

// What each territory gave and received, by form and unit (requirement 38).
v1::GetContributionBalanceResponse BalanceOf(const v1::AgreementState& agreement);

// The text and the parties on a day (requirement 30). FAILED_PRECONDITION TEXT_EMPTY if no text had
// been agreed by then.
absl::StatusOr<v1::GetTextInForceResponse> TextOn(const v1::AgreementState& agreement,
                                                  const CivilDate& day);

}  // namespace kasundo::agreements
