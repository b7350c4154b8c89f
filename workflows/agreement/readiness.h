// What is missing, and from whom, before an agreement may go on: mandates (requirement 24), roles
// (26), objectives and readings (27), the rule of coming into force (28), terms of signatories
// (33), owners (122), confirmations (35, 126), anchors (131). Each check answers OK or the refusal
// that lists all that is missing.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

// TOO_FEW_PARTIES: fewer than parameter `minimum_parties` (2).
absl::Status CheckEnoughParties(const v1::AgreementState& state, const Context& context);

// OWNING_BODY_MISSING: on each side at least one party names a standing body as owner.
absl::Status CheckOwningBodies(const v1::AgreementState& state, const Context& context);

// MANDATE_MISSING, unless parameter `mandates` is "not-required". Whether every party has one.
absl::Status CheckMandates(const v1::AgreementState& state, const Context& context);
bool MandatesComplete(const v1::AgreementState& state);

// ROLE_CELLS_MISSING: role, responsibilities, budget effect and monitoring rule of each party.
absl::Status CheckRoleCells(const v1::AgreementState& state, const Context& context);
absl::Status CheckRoleCells(const v1::Party& party, const Context& context);

// OBJECTIVES_MISSING.
absl::Status CheckObjectives(const v1::AgreementState& state, const Context& context);

// CONFIRMATION_MISSING: who has to confirm anew, or whose last answer was not to go on.
absl::Status CheckConfirmations(const v1::AgreementState& state, const Context& context);

// TEXT_EMPTY, ARTICLE_CONTESTED for the articles as they are; READING_MISSING if a party has not
// confirmed how it reads one, unless parameter `readings` is "not-required".
absl::Status CheckArticles(const v1::AgreementState& state, const Context& context);

// TEXT_EMPTY.
absl::Status CheckHasArticles(const v1::AgreementState& state, const Context& context);

// ARTICLE_CONTESTED for the articles of a frozen text.
absl::Status CheckNotContested(const v1::AgreementState& state, const v1::AgreedText& text,
                               const Context& context);

// ANCHOR_MISSING: its term is longer than parameter `anchor_over_months` (36) or without end, and
// no co-owner outside politics is named.
absl::Status CheckAnchor(const v1::AgreementState& state, const Context& context);

// FORCE_RULE_MISSING, SIGNATURE_MISSING by the rule of coming into force.
absl::Status CheckForceRule(const v1::AgreementState& state, const Context& context);

// Whether the party has signed the text that is to come into force; later, whether it ever signed.
bool HasSigned(const v1::AgreementState& state, const v1::Party& party);

// Whether there is any signature.
inline bool IsSigned(const v1::AgreementState& state) { return !state.signatures().empty(); }

// The day of the first signature; before it the day of the signing, or else `otherwise`.
CivilDate SigningDayOf(const v1::AgreementState& state, const CivilDate& otherwise);

// The text that holds, or is to be signed; nullptr if none was agreed.
const v1::AgreedText* CurrentText(const v1::AgreementState& state);
// The same; FAILED_PRECONDITION TEXT_EMPTY if none was agreed.
absl::StatusOr<const v1::AgreedText*> CurrentTextOr(const v1::AgreementState& state);

}  // namespace kasundo::agreements
