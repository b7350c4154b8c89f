#include "workflows/agreement/agreement_facts.h"

#include <algorithm>
#include <string>

namespace kasundo::agreements {
namespace {

using State = v1::AgreementState;

template <typename Entries>
auto* ById(Entries* entries, const std::string& id) {
  const auto found = std::find_if(entries->begin(), entries->end(),
                                  [&](const auto& entry) { return entry.id() == id; });
  return found == entries->end() ? nullptr : &*found;
}

// A party may leave and another may come under its id: the last one counts.
v1::Party* PartyById(State& state, const std::string& id) {
  for (int i = state.parties_size() - 1; i >= 0; --i) {
    if (state.parties(i).id() == id) return state.mutable_parties(i);
  }
  return nullptr;
}

template <typename Entries, typename Matches>
void Remove(Entries* entries, const Matches& matches) {
  entries->erase(std::remove_if(entries->begin(), entries->end(), matches), entries->end());
}

void Rest(State& state, const std::string& activity, bool suspended, const std::string& reason) {
  if (auto* area = ById(state.mutable_areas(), activity)) {
    area->set_suspended(suspended);
    area->set_suspended_because(reason);
  }
}

}  // namespace

void Apply(const v1::AgreementProposed& event, State& state) {
  state.set_title(event.title());
  state.set_description(event.description());
  state.set_instrument(event.instrument());
  *state.mutable_territories() = event.territories();
}

void Apply(const v1::AgreementRevived& event, State& state) {
  state.set_revived_from(event.revived_from());
  state.set_title(event.title());
  state.set_description(event.description());
  state.set_instrument(event.instrument());
  *state.mutable_territories() = event.territories();
  *state.mutable_links() = event.links();
  *state.mutable_parties() = event.parties();
  *state.mutable_areas() = event.areas();
  *state.mutable_brokers() = event.brokers();
}

void Apply(const v1::AgreementDescribed& event, State& state) {
  state.set_title(event.title());
  state.set_description(event.description());
}

void Apply(const v1::InstrumentLinked& event, State& state) { *state.add_links() = event.link(); }

void Apply(const v1::TargetDateSet& event, State& state) {
  *state.mutable_target_signing_date() = event.target_signing_date();
  if (event.has_slip()) *state.add_slips() = event.slip();
}

void Apply(const v1::PartyAdded& event, State& state) { *state.add_parties() = event.party(); }

void Apply(const v1::PartyChanged& event, State& state) {
  if (v1::Party* party = PartyById(state, event.party())) {
    party->set_side(event.side());
    party->set_owning_body(event.owning_body());
    party->set_signatory_office(event.signatory_office());
  }
}

void Apply(const v1::PartyRemoved& event, State& state) {
  Remove(state.mutable_parties(),
         [&](const v1::Party& party) { return party.id() == event.party(); });
}

void Apply(const v1::ObjectivesStated& event, State& state) {
  if (v1::Party* party = PartyById(state, event.acting_for().party())) {
    party->set_objectives(event.objectives());
    party->set_time_horizon(event.time_horizon());
  }
}

void Apply(const v1::RoleSet& event, State& state) {
  if (v1::Party* party = PartyById(state, event.acting_for().party())) {
    *party->mutable_role() = event.role();
  }
}

void Apply(const v1::ParticipationAnswered& event, State& state) {
  if (v1::Party* party = PartyById(state, event.party())) {
    *party->add_confirmations() = event.confirmation();
    if (event.confirmation().answer() == v1::CONFIRMATION_ANSWER_CONFIRM) {
      party->clear_confirmation_due();
    }
  }
}

void Apply(const v1::HelperAppointed& event, State& state) {
  if (v1::Party* party = PartyById(state, event.party())) *party->add_helpers() = event.helper();
}

void Apply(const v1::HelperDismissed& event, State& state) {
  if (v1::Party* party = PartyById(state, event.party())) {
    Remove(party->mutable_helpers(),
           [&](const v1::Helper& helper) { return helper.office() == event.office(); });
  }
}

void Apply(const v1::BrokerNamed& event, State& state) { *state.add_brokers() = event.broker(); }

void Apply(const v1::BrokerDismissed& event, State& state) {
  Remove(state.mutable_brokers(),
         [&](const v1::Broker& broker) { return broker.id() == event.broker(); });
}

void Apply(const v1::BrokerActed& event, State& state) { *state.add_broker_acts() = event.act(); }

void Apply(const v1::AnchorAdded& event, State& state) { *state.add_anchors() = event.anchor(); }

void Apply(const v1::MandatesSought& /*event*/, State& /*state*/) {}

void Apply(const v1::MandateAttached& event, State& state) {
  if (v1::Party* party = PartyById(state, event.acting_for().party())) {
    *party->mutable_mandate() = event.mandate();
  }
}

void Apply(const v1::MandateWithdrawn& event, State& state) {
  if (v1::Party* party = PartyById(state, event.party())) party->clear_mandate();
}

void Apply(const v1::MandatesSecured& /*event*/, State& /*state*/) {}

void Apply(const v1::GateCleared& event, State& state) {
  *state.add_clearances() = event.clearance();
}

void Apply(const v1::DraftingStarted& /*event*/, State& /*state*/) {}

void Apply(const v1::ArticleListed& event, State& state) {
  auto& articles = *state.mutable_articles();
  // One that is listed moves.
  const auto listed = std::find(articles.begin(), articles.end(), event.article());
  if (listed != articles.end()) articles.erase(listed);
  *articles.Add() = event.article();
  const int position = std::clamp(event.position(), 0, articles.size() - 1);
  std::rotate(articles.begin() + position, articles.end() - 1, articles.end());
}

void Apply(const v1::LegalReviewStarted& /*event*/, State& /*state*/) {}

void Apply(const v1::DraftingResumed& /*event*/, State& state) {
  state.clear_signing_date();
  state.clear_signing_place();
}

void Apply(const v1::TextAgreed& event, State& state) { *state.add_text_versions() = event.text(); }

void Apply(const v1::ForceRuleSet& event, State& state) {
  *state.mutable_force_rule() = event.rule();
}

void Apply(const v1::TermSet& event, State& state) { *state.mutable_term() = event.term(); }

void Apply(const v1::SigningScheduled& event, State& state) {
  *state.mutable_signing_date() = event.signing_date();
  *state.mutable_target_signing_date() = event.signing_date();
  state.set_signing_place(event.place());
  if (event.has_slip()) *state.add_slips() = event.slip();
}

void Apply(const v1::AgreementSigned& event, State& state) {
  *state.add_signatures() = event.signature();
}

void Apply(const v1::SignaturesCompleted& /*event*/, State& /*state*/) {}

void Apply(const v1::EnteredIntoForce& event, State& state) {
  *state.mutable_in_force_on() = event.in_force_on();
  if (event.has_ends_on()) *state.mutable_ends_on() = event.ends_on();
}

void Apply(const v1::ReviewOpened& /*event*/, State& /*state*/) {}

void Apply(const v1::ReviewClosed& /*event*/, State& /*state*/) {}

void Apply(const v1::RenewalConsented& event, State& state) {
  *state.add_renewal_consents() = event.consent();
}

void Apply(const v1::RenewalConsentWithdrawn& event, State& state) {
  Remove(state.mutable_renewal_consents(),
         [&](const v1::RenewalConsent& consent) { return consent.party() == event.party(); });
}

void Apply(const v1::AgreementRenewed& event, State& state) {
  *state.add_renewals() = event.renewal();
  *state.mutable_ends_on() = event.renewal().until();
  state.clear_renewal_consents();
}

void Apply(const v1::AgreementSuspended& event, State& state) {
  state.set_end_reason(event.reason());
}

void Apply(const v1::AgreementResumed& /*event*/, State& state) { state.clear_end_reason(); }

void Apply(const v1::AgreementTerminated& event, State& state) {
  state.set_end_reason(event.reason());
}

void Apply(const v1::AmendmentProposed& event, State& state) {
  *state.add_amendments() = event.amendment();
}

void Apply(const v1::AmendmentConsented& event, State& state) {
  if (auto* amendment = ById(state.mutable_amendments(), event.amendment())) {
    *amendment->add_consents() = event.signature();
  }
}

void Apply(const v1::AmendmentAdopted& event, State& state) {
  *state.add_text_versions() = event.text();
  v1::Amendment* amendment = ById(state.mutable_amendments(), event.amendment());
  if (amendment == nullptr) return;
  *amendment->mutable_adopted_on() = event.adopted_on();
  if (!amendment->territories().empty()) {
    *state.mutable_territories() = amendment->territories();
  }
  if (amendment->has_joining()) {
    v1::Party& joined = *state.add_parties();
    joined = amendment->joining();
    *joined.mutable_joined_on() = event.adopted_on();
  }
}

void Apply(const v1::AmendmentWithdrawn& event, State& state) {
  if (auto* amendment = ById(state.mutable_amendments(), event.amendment())) {
    amendment->set_withdrawn(true);
  }
}

void Apply(const v1::PartyLeft& event, State& state) {
  *state.add_text_versions() = event.text();
  Remove(state.mutable_renewal_consents(),
         [&](const v1::RenewalConsent& consent) { return consent.party() == event.party(); });
  if (v1::Party* party = PartyById(state, event.party())) {
    *party->mutable_left_on() = event.left_on();
    party->set_leaving_reason(event.reason());
  }
}

void Apply(const v1::AreaAdded& event, State& state) { *state.add_areas() = event.area(); }

void Apply(const v1::AreaChanged& event, State& state) {
  if (auto* area = ById(state.mutable_areas(), event.area())) {
    area->set_title(event.title());
    *area->mutable_leads() = event.leads();
    if (!event.function().empty()) area->set_function(event.function());
  }
}

void Apply(const v1::ActivitySuspended& event, State& state) {
  Rest(state, event.activity(), true, event.reason());
}

void Apply(const v1::ActivityResumed& event, State& state) {
  Rest(state, event.activity(), false, "");
}

void Apply(const v1::DisputeRaised& event, State& state) {
  *state.add_disputes() = event.dispute();
}

void Apply(const v1::DisputeSettled& event, State& state) {
  if (auto* dispute = ById(state.mutable_disputes(), event.dispute())) {
    dispute->set_outcome(event.outcome());
    *dispute->mutable_settled_on() = event.settled_on();
  }
}

void Apply(const v1::PartnersMet& event, State& state) {
  *state.add_meetings() = event.meeting();
  if (event.has_next_meeting_by()) *state.mutable_next_meeting_by() = event.next_meeting_by();
}

void Apply(const v1::MeetingIntervalSet& event, State& state) {
  state.set_meeting_interval_months(event.months());
  *state.mutable_next_meeting_by() = event.next_meeting_by();
}

void Apply(const v1::AgreementFailed& event, State& state) {
  *state.mutable_failure() = event.failure();
}

void Apply(const v1::AgreementExpired& /*event*/, State& /*state*/) {}

void Apply(const v1::ObligationListed& event, State& state) {
  *state.add_obligations() = event.obligation();
}

void Apply(const v1::TextWorkedOn& /*event*/, State& /*state*/) {}

void Apply(const v1::FundingSet& event, State& state) {
  *state.mutable_funding() = event.funding();
}

void Apply(const v1::ContributionRecorded& event, State& state) {
  *state.add_contributions() = event.contribution();
}

void Apply(const v1::PrivateEntryRecorded& event, State& state) {
  *state.add_private_entries() = event.entry();
}

void Apply(const v1::AgreementPublished& event, State& state) {
  *state.mutable_published_on() = event.published_on();
}

void Apply(const v1::PublicationWithdrawn& /*event*/, State& state) { state.clear_published_on(); }

void Apply(const v1::ResponsibleUnitNamed& event, State& state) {
  *state.add_responsible_units() = event.unit();
}

}  // namespace kasundo::agreements
