// Who may sign for a party on a day, and what the signature then says.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

// What a request to sign or to consent says.
struct SigningRequest {
  std::string person;     // empty: the caller
  std::string authority;  // the document of a deputy or delegate
  std::string text_hash;
};

// The signature of the party's office under the text, on the business date. NOT_SIGNATORY if the
// person neither holds the office nor stands in for it on that day, AUTHORITY_NEEDED,
// TEXT_HASH_MISMATCH, SIGNATORY_MISSING if the party names no office.
absl::StatusOr<v1::Signature> SignatureOf(const v1::Party& party, const v1::AgreedText& text,
                                          const SigningRequest& request, const Context& context);

// SIGNATORY_MISSING: each party names an office for which somebody can sign on that day.
// TERM_ENDS_BEFORE_SIGNING: the last safe signing date is the earliest end of a holder's term minus
// parameter `signing_lead_days` (30).
absl::Status CheckSignatories(const v1::AgreementState& state, const CivilDate& signing_date,
                              const Context& context);

}  // namespace kasundo::agreements
