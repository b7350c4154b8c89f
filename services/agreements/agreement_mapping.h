// The stored states of agreements and obligations as their resources.
#pragma once

#include "kasundo/agreements/v1/agreements.pb.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/obligations.pb.h"
#include "kasundo/agreements/v1/obligations_events.pb.h"

namespace kasundo::agreements {

// In lists, texts, signatures and histories are left out.
v1::Agreement ToAgreement(const v1::AgreementState& state, bool in_list);

v1::Obligation ToObligation(const v1::ObligationState& state);

}  // namespace kasundo::agreements
