// Who may do what to the articles of an agreement, and until when: read from the agreement beneath
// which the article lies.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/articles.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

// The agreement beneath which the article lies; nullptr only if the journal has no such agreement.
const v1::AgreementState* AgreementAbove(const Context& context);

// Requirement 39: whoever acts for a party, by an office of its own or as its helper for texts,
// writes; a broker remarks.
bool WritesForParty(const Context& context);
bool IsBrokerAbove(const Context& context);

// The party in whose name something is done: `party_id`, or the one for which the actor acts if
// that is empty; nullptr if it acts for none. PARTY_NOT_FOUND, NOT_OF_THE_PARTY.
absl::StatusOr<const v1::Party*> PartyFor(std::string_view party_id, const Context& context);

// The actor by name, in the name of that party (nullptr: of none).
v1::Author AuthorOf(const v1::Party* party, const Context& context);

// TEXT_CLOSED unless the agreement is in a state in which its text is worked on: those of the
// definition's parameter `text_open_states`.
absl::Status RequireTextOpen(const Context& context);

// READINGS_CLOSED unless the agreement is in a state in which parties may still say how they read
// it: those of the definition's parameter `reading_open_states`.
absl::Status RequireReadingsOpen(const Context& context);

// REASON_NEEDED if the command's header has no reason.
absl::Status RequireArticleReason(const Context& context);

}  // namespace kasundo::agreements
