#include "services/agreements/agreement_mapping.h"

#include "workflows/agreement/party_roles.h"

namespace kasundo::agreements {
namespace {

// What only one agreement at a time is asked for: it may be long.
void AddRegisters(const v1::AgreementState& state, v1::Agreement& agreement) {
  *agreement.mutable_broker_acts() = state.broker_acts();
  *agreement.mutable_clearances() = state.clearances();
  *agreement.mutable_slips() = state.slips();
  *agreement.mutable_articles() = state.articles();
  *agreement.mutable_text_versions() = state.text_versions();
  *agreement.mutable_signatures() = state.signatures();
  *agreement.mutable_renewal_consents() = state.renewal_consents();
  *agreement.mutable_renewals() = state.renewals();
  *agreement.mutable_amendments() = state.amendments();
  *agreement.mutable_areas() = state.areas();
  *agreement.mutable_disputes() = state.disputes();
  *agreement.mutable_meetings() = state.meetings();
  *agreement.mutable_obligations() = state.obligations();
  *agreement.mutable_contributions() = state.contributions();
  *agreement.mutable_responsible_units() = state.responsible_units();
}

}  // namespace

// Rule 130: in preparation, paid for by a project, and carried by nobody afterwards.
bool EndsWithProject(const v1::AgreementState& state) {
  const v1::Funding& funding = state.funding();
  return funding.has_ends_on() && !state.has_in_force_on() && !state.has_failure() &&
         (funding.carrying_office().empty() || funding.budget_line().empty());
}

void AddPrivateEntries(const v1::AgreementState& state, const Context& viewer,
                       v1::Agreement& agreement) {
  for (const v1::PrivateEntry& entry : state.private_entries()) {
    const v1::Party* party = FindParty(state, entry.party());
    if (party != nullptr && IsOfParty(*party, viewer)) *agreement.add_private_entries() = entry;
  }
}

v1::Agreement ToAgreement(const v1::AgreementState& state, bool in_list) {
  v1::Agreement agreement;
  agreement.set_title(state.title());
  agreement.set_description(state.description());
  agreement.set_instrument(state.instrument());
  *agreement.mutable_links() = state.links();
  *agreement.mutable_parties() = state.parties();
  *agreement.mutable_brokers() = state.brokers();
  *agreement.mutable_anchors() = state.anchors();
  *agreement.mutable_territories() = state.territories();
  if (state.has_target_signing_date()) {
    *agreement.mutable_target_signing_date() = state.target_signing_date();
  }
  if (state.has_signing_date()) *agreement.mutable_signing_date() = state.signing_date();
  agreement.set_signing_place(state.signing_place());
  if (state.has_force_rule()) *agreement.mutable_force_rule() = state.force_rule();
  if (state.has_term()) *agreement.mutable_term() = state.term();
  if (state.has_in_force_on()) *agreement.mutable_in_force_on() = state.in_force_on();
  if (state.has_ends_on()) *agreement.mutable_ends_on() = state.ends_on();
  agreement.set_meeting_interval_months(state.meeting_interval_months());
  if (state.has_next_meeting_by()) *agreement.mutable_next_meeting_by() = state.next_meeting_by();
  if (state.has_failure()) *agreement.mutable_failure() = state.failure();
  agreement.set_revived_from(state.revived_from());
  agreement.set_end_reason(state.end_reason());
  if (state.has_last_event_on()) *agreement.mutable_last_event_on() = state.last_event_on();
  if (state.has_funding()) *agreement.mutable_funding() = state.funding();
  agreement.set_ends_with_project(EndsWithProject(state));
  if (state.has_published_on()) *agreement.mutable_published_on() = state.published_on();
  if (!in_list) AddRegisters(state, agreement);
  return agreement;
}

v1::Obligation ToObligation(const v1::ObligationState& state) {
  v1::Obligation obligation;
  obligation.set_party(state.party());
  obligation.set_article(state.article());
  obligation.set_duty(state.duty());
  obligation.set_owner_office(state.owner_office());
  *obligation.mutable_due_date() = state.due_date();
  obligation.set_activity(state.activity());
  if (state.has_evidence()) *obligation.mutable_evidence() = state.evidence();
  if (state.has_done_on()) *obligation.mutable_done_on() = state.done_on();
  obligation.set_was_late(state.was_late());
  obligation.set_reason(state.reason());
  *obligation.mutable_changes() = state.changes();
  return obligation;
}

}  // namespace kasundo::agreements
