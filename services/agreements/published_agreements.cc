#include "services/agreements/published_agreements.h"

#include <algorithm>
#include <string>

#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "services/agreements/agreements_on_record.h"
#include "services/runtime/page_token.h"
#include "workflows/agreement/party_roles.h"
#include "workflows/agreement/readiness.h"
#include "workflows/directory/names.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

// The name of an organisation or a territory on a day; its id where another process holds it.
template <typename State>
std::string NameOf(const Engine& engine, const std::string& name, const CivilDate& today) {
  const auto found = engine.Get(name);
  const auto* state = found.ok() ? dynamic_cast<const State*>(found->state.get()) : nullptr;
  const std::string text = state == nullptr ? "" : directory::NameOn(state->names(), today);
  return text.empty() ? std::string(IdOf(name)) : text;
}

void AddAreas(const v1::AgreementState& state, v1::PublishedAgreement& page) {
  for (const v1::CooperationArea& area : state.areas()) {
    v1::PublishedArea& shown = *page.add_areas();
    shown.set_id(area.id());
    shown.set_parent(area.parent());
    shown.set_level(area.level());
    shown.set_title(area.title());
    shown.set_suspended(area.suspended());
  }
}

void AddDates(const v1::AgreementState& state, v1::PublishedAgreement& page) {
  const auto parties = PartiesOf(state);
  const bool all_signed = !state.signatures().empty() &&
                          std::all_of(parties.begin(), parties.end(), [&](const v1::Party* party) {
                            return HasSigned(state, *party);
                          });
  if (all_signed) {
    *page.mutable_signed_on() = state.signatures().rbegin()->signed_on();
  } else if (state.has_target_signing_date()) {
    *page.mutable_target_signing_date() = state.target_signing_date();
  }
  if (state.has_in_force_on()) *page.mutable_in_force_on() = state.in_force_on();
  if (state.has_ends_on()) *page.mutable_ends_on() = state.ends_on();
  *page.mutable_published_on() = state.published_on();
}

v1::PublishedAgreement ToPage(const Engine& engine, const Instance& instance,
                              const CivilDate& today) {
  const v1::AgreementState& state = StateOf(instance);
  v1::PublishedAgreement page;
  page.set_name(instance.name);
  page.set_title(state.title());
  page.set_description(state.description());
  page.set_instrument(state.instrument());
  page.set_state(instance.record.lifecycle_state());
  page.set_state_title(StateTitleOf(engine, instance));
  for (const v1::Party* party : PartiesOf(state)) {
    page.add_parties(
        NameOf<directory::v1::OrganisationState>(engine, party->organisation(), today));
  }
  for (const std::string& territory : state.territories()) {
    page.add_territories(NameOf<directory::v1::TerritoryState>(engine, territory, today));
  }
  AddAreas(state, page);
  AddDates(state, page);
  return page;
}

}  // namespace

absl::StatusOr<v1::ListPublishedAgreementsResponse> ListPublishedAgreements(
    const v1::ListPublishedAgreementsRequest& request, const CallContext& call) {
  ASSIGN_OR_RETURN(const Page page, Page::Of(request));
  const CivilDate today = call.Today(request.parent());
  v1::ListPublishedAgreementsResponse response;
  RETURN_IF_ERROR(ForEachAgreement(call.engine(), request.parent(), [&](const Instance& instance) {
    if (!StateOf(instance).has_published_on() || instance.name <= page.after) {
      return absl::OkStatus();
    }
    if (response.agreements_size() < page.size) {
      *response.add_agreements() = ToPage(call.engine(), instance, today);
    } else if (response.next_page_token().empty()) {
      response.set_next_page_token(page.NextToken(response.agreements().rbegin()->name()));
    }
    return absl::OkStatus();
  }));
  return response;
}

}  // namespace kasundo::agreements
