// The stored states of agreements and obligations as their resources.
#pragma once

#include "kasundo/agreements/v1/agreements.pb.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/obligations.pb.h"
#include "kasundo/agreements/v1/obligations_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

// In lists, texts, signatures and histories are left out.
v1::Agreement ToAgreement(const v1::AgreementState& state, bool in_list);

// Whether it is marked as ending with the project that pays for it (requirement 130).
bool EndsWithProject(const v1::AgreementState& state);

// Adds what the party for which the viewer acts has noted for itself (requirement 38). `viewer` is
// the context of somebody who looks at the agreement, in an office and its organisation.
void AddPrivateEntries(const v1::AgreementState& state, const Context& viewer,
                       v1::Agreement& agreement);

v1::Obligation ToObligation(const v1::ObligationState& state);

}  // namespace kasundo::agreements
