#include "workflows/agreement/party_roles.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/directory/names.h"

namespace kasundo::agreements {

const v1::Party* FindParty(const v1::AgreementState& agreement, std::string_view party_id) {
  for (const v1::Party& party : agreement.parties()) {
    if (party.id() == party_id && !party.has_left_on()) return &party;
  }
  return nullptr;
}

std::vector<const v1::Party*> PartiesOf(const v1::AgreementState& agreement) {
  std::vector<const v1::Party*> parties;
  for (const v1::Party& party : agreement.parties()) {
    if (!party.has_left_on()) parties.push_back(&party);
  }
  return parties;
}

bool IsOfParty(const v1::Party& party, const Context& context) {
  const workflows::v1::Actor& actor = context.actor;
  if (!actor.office().empty() && actor.office() == party.signatory_office()) return true;
  if (!actor.organisation().empty() && actor.organisation() == party.organisation()) return true;
  return !party.owning_body().empty() &&
         committees::IsSecretariatOfBody(context, party.owning_body());
}

bool HelpsParty(const v1::Party& party, v1::HelperScope scope, const Context& context) {
  if (context.actor.office().empty()) return false;
  return std::any_of(party.helpers().begin(), party.helpers().end(), [&](const v1::Helper& helper) {
    return helper.office() == context.actor.office() &&
           std::find(helper.scopes().begin(), helper.scopes().end(), scope) !=
               helper.scopes().end();
  });
}

const v1::Party* PartyOfActor(const v1::AgreementState& agreement, v1::HelperScope scope,
                              const Context& context) {
  const auto parties = PartiesOf(agreement);
  for (const v1::Party* party : parties) {
    if (IsOfParty(*party, context)) return party;
  }
  for (const v1::Party* party : parties) {
    if (HelpsParty(*party, scope, context)) return party;
  }
  return nullptr;
}

bool ActsFor(const v1::Party& party, v1::HelperScope scope, const Context& context) {
  return IsOfParty(party, context) || HelpsParty(party, scope, context);
}

bool ActsForAnyParty(const v1::AgreementState& agreement, v1::HelperScope scope,
                     const Context& context) {
  return PartyOfActor(agreement, scope, context) != nullptr;
}

const v1::Broker* BrokerOfActor(const v1::AgreementState& agreement, const Context& context) {
  for (const v1::Broker& broker : agreement.brokers()) {
    const bool acts = broker.office().empty()
                          ? !broker.organisation().empty() &&
                                broker.organisation() == context.actor.organisation()
                          : broker.office() == context.actor.office();
    if (acts) return &broker;
  }
  return nullptr;
}

std::string NameOfParty(const v1::Party& party, const Context& context) {
  const auto* organisation =
      context.Related<directory::v1::OrganisationState>(party.organisation());
  const std::string name =
      organisation == nullptr ? "" : directory::NameOn(organisation->names(), context.today);
  return name.empty() ? party.id() : fmt::format("{} ({})", party.id(), name);
}

std::string InWords(const std::vector<const v1::Party*>& parties, const Context& context) {
  std::vector<std::string> names;
  for (const v1::Party* party : parties) names.push_back(NameOfParty(*party, context));
  return fmt::format("{} {}: {}", names.size(), names.size() == 1 ? "party" : "parties",
                     fmt::join(names, ", "));
}

}  // namespace kasundo::agreements
