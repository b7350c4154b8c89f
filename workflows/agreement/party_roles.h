// Who acts for whom in an agreement, read from its state: the parties' own offices, helpers in
// their scope (requirement 38), brokers (requirement 39). Articles and obligations ask here, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

// The party of that id that has not left; nullptr if there is none. Points into `agreement`.
const v1::Party* FindParty(const v1::AgreementState& agreement, std::string_view party_id);

// Parties that have not left, in the order in which they came.
std::vector<const v1::Party*> PartiesOf(const v1::AgreementState& agreement);

// Whether the actor acts for the party by an office of its own: the signatory office, any office of
// the organisation, or the secretariat of the owning body.
bool IsOfParty(const v1::Party& party, const Context& context);

// Whether the actor acts in an office that helps the party in this scope.
bool HelpsParty(const v1::Party& party, v1::HelperScope scope, const Context& context);

// The party for which the actor acts in this scope: its own before one that it helps; nullptr if
// there is none.
const v1::Party* PartyOfActor(const v1::AgreementState& agreement, v1::HelperScope scope,
                              const Context& context);

// Whether the actor acts for the party in this scope, itself or as its helper.
bool ActsFor(const v1::Party& party, v1::HelperScope scope, const Context& context);

// Whether the actor acts for any party, itself or as a helper in this scope.
bool ActsForAnyParty(const v1::AgreementState& agreement, v1::HelperScope scope,
                     const Context& context);

// The broker or facilitator for which the actor acts; nullptr if there is none.
const v1::Broker* BrokerOfActor(const v1::AgreementState& agreement, const Context& context);

// "Province of Batangas" as far as the directory is at hand, else the party's id.
std::string NameOfParty(const v1::Party& party, const Context& context);

// "3 parties: batangas (Province of Batangas), ...": for refusals that say from whom something is
// missing.
std::string InWords(const std::vector<const v1::Party*>& parties, const Context& context);

}  // namespace kasundo::agreements
