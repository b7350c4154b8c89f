// What a proposal and a handover have in common: offices are offered something and asked; with the
// last acceptance they have it. Nobody is answerable for what they have not accepted.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::assignments {

// Exactly one office is accountable and at least one responsible (the request's fields see to it);
// who is consulted or informed is neither. INVALID_ARGUMENT OFFICE_TWICE; FAILED_PRECONDITION
// OFFICE_NOT_THERE if one did not exist on the first day.
absl::Status CheckOffices(const v1::Offices& offices, const CivilDate& since,
                          const Context& context);

// The answers that are open: of those who would be responsible or accountable, but for those who
// are already, who have agreed before.
void AskAll(const v1::Offices& already, v1::Offer* offer);

// All who are asked have accepted.
bool IsAgreed(const v1::Offer& offer);

// Puts an answer in its place.
void PutAnswer(const v1::Answer& answer, v1::Offer* offer);

// What the caller accepts: for `office`, or for the office it acts in, or, as an administrator who
// records what is on paper, for all that are open. PERMISSION_DENIED NOT_ASKED; FAILED_PRECONDITION
// ALREADY_ANSWERED; INVALID_ARGUMENT DOCUMENT_NEEDED.
absl::StatusOr<std::vector<v1::Answer>> AcceptancesOf(const std::string& office,
                                                      const std::string& document,
                                                      const v1::Offer& offer,
                                                      const Context& context);

// The office in whose name the caller refuses: `office`, or the one it acts in if that is asked; ""
// if neither is. PERMISSION_DENIED NOT_ASKED if `office` is given and is not asked, or is
// another's.
absl::StatusOr<std::string> RefusingOffice(const std::string& office, const v1::Offer& offer,
                                           const Context& context);

// The tenure that an offer becomes when the last acceptance comes: not before that day.
v1::Tenure TenureOf(const v1::Offer& offer, const Context& context);

}  // namespace kasundo::assignments
