// What is recorded beside the way of an agreement: what pays for it (requirement 130), what was
// given and received and what each party notes for itself (38), which office an order makes
// responsible (41), what the public may read (43).
#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/decimal/decimal.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

absl::Status QuantityInvalid(std::string message, std::string_view mend) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_QUANTITY_INVALID, std::move(message))
      .Field("contribution.quantity")
      .Mend(mend);
}

// An ISO 4217 code: three capital letters.
bool IsCurrency(const std::string& unit) {
  return unit.size() == 3 &&
         std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Whether an act of this form can make an office responsible.
bool BindsOffices(v1::InstrumentType instrument) {
  return instrument == v1::INSTRUMENT_TYPE_ORDINANCE ||
         instrument == v1::INSTRUMENT_TYPE_EXECUTIVE_ORDER ||
         instrument == v1::INSTRUMENT_TYPE_REGULATION ||
         instrument == v1::INSTRUMENT_TYPE_RESOLUTION ||
         instrument == v1::INSTRUMENT_TYPE_GUIDELINE;
}

// The quantity as it is stored, in canonical digits; "" if nothing was counted.
absl::StatusOr<std::string> QuantityOf(const v1::Contribution& given) {
  const bool money = given.form() == v1::CONTRIBUTION_FORM_MONEY;
  if (money && (given.quantity().empty() || !IsCurrency(given.unit()))) {
    return QuantityInvalid("money is counted in a currency",
                           "Give the amount as quantity, and the currency as unit, such as PHP.");
  }
  if (given.quantity().empty()) return std::string();
  const auto quantity = Decimal::Parse(given.quantity());
  if (!quantity.has_value() || *quantity <= Decimal(0)) {
    return QuantityInvalid(fmt::format("\"{}\" is no amount", given.quantity()),
                           "Give a number above 0 in figures, such as 22222.50.");
  }
  if (given.unit().empty()) {
    return QuantityInvalid(fmt::format("{} of what?", given.quantity()),
                           "Say in unit what is counted: days, rooms, or a currency such as PHP.");
  }
  return quantity->ToString();
}

}  // namespace

AgreementEvents SetFunding(const v1::SetFundingRequest& request, const AgreementState& state,
                           const Context& context) {
  v1::Funding funding = state.funding();
  const v1::Funding& given = request.funding();
  if (!given.project().empty()) funding.set_project(given.project());
  if (given.has_ends_on()) *funding.mutable_ends_on() = given.ends_on();
  if (!given.carrying_office().empty()) funding.set_carrying_office(given.carrying_office());
  if (!given.budget_line().empty()) funding.set_budget_line(given.budget_line());
  if (funding.SerializeAsString() == state.funding().SerializeAsString()) {
    return NothingToChange("this is what is recorded already");
  }
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_funding_set()->mutable_funding() = std::move(funding);
  return {{std::move(event)}};
}

AgreementEvents RecordContribution(const v1::RecordContributionRequest& request,
                                   const AgreementState& state, const Context& context) {
  const v1::Contribution& given = request.contribution();
  RETURN_IF_ERROR(CheckId("contribution.id", given.id()));
  if (FindById(state.contributions(), given.id()) != nullptr) {
    return AlreadyThere("contribution.id", fmt::format("\"{}\" is there already", given.id()));
  }
  ASSIGN_OR_RETURN(std::string quantity, QuantityOf(given));
  if (given.has_on() && Before(context.today, given.on())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("{} has not come yet", ToString(given.on())))
        .Field("contribution.on")
        .Mend("Record it when it was given; what is promised is an obligation.");
  }
  ASSIGN_OR_RETURN(const v1::ActingFor acting,
                   ActAs(state, given.party(), v1::HELPER_SCOPE_COOPERATION, context));
  v1::AgreementEvent event = NewEvent(context);
  v1::Contribution& recorded = *event.mutable_contribution_recorded()->mutable_contribution();
  recorded = given;
  if (!given.has_on()) *recorded.mutable_on() = context.today;
  recorded.set_quantity(std::move(quantity));
  recorded.set_helper_office(acting.helper_office());
  return {{std::move(event)}};
}

AgreementEvents RecordPrivateEntry(const v1::RecordPrivateEntryRequest& request,
                                   const AgreementState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, FindPartyOr(state, "party_id", request.party_id()));
  // Rule 38: the track is the party's own; nobody writes into it for the party.
  if (!IsOfParty(*party, context)) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_OF_THE_PARTY,
                  fmt::format("you do not act for {}", NameOfParty(*party, context)))
        .Field("party_id")
        .Mend("Act in an office of the party itself; nobody else writes into its private track.")
        .With("party", party->id());
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::PrivateEntry& entry = *event.mutable_private_entry_recorded()->mutable_entry();
  entry.set_number(state.private_entries_size() + 1);
  entry.set_party(party->id());
  entry.set_kind(request.kind());
  entry.set_text(request.text());
  entry.set_document(request.document());
  entry.set_office(context.actor.office());
  *entry.mutable_on() = context.today;
  return {{std::move(event)}};
}

AgreementEvents NameResponsibleUnit(const v1::NameResponsibleUnitRequest& request,
                                    const AgreementState& state, const Context& context) {
  const v1::ResponsibleUnit& unit = request.unit();
  RETURN_IF_ERROR(CheckId("unit.id", unit.id()));
  if (!BindsOffices(state.instrument())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_AN_ORDER,
                  "what parties agree makes no office responsible by itself")
        .Field("unit")
        .Mend(
            "Record the ordinance or order that does, with its own instrument type, and link it to "
            "this one.");
  }
  for (const v1::ResponsibleUnit& there : state.responsible_units()) {
    if (there.id() == unit.id() ||
        (there.office() == unit.office() && there.function() == unit.function() &&
         there.territory() == unit.territory())) {
      return AlreadyThere("unit", fmt::format("\"{}\" is there already", there.id()));
    }
  }
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_responsible_unit_named()->mutable_unit() = unit;
  return {{std::move(event)}};
}

AgreementEvents PublishAgreement(const v1::PublishAgreementRequest&, const AgreementState& state,
                                 const Context& context) {
  if (state.has_published_on()) {
    return NothingToChange(
        fmt::format("the public may read about it since {}", ToString(state.published_on())));
  }
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_agreement_published()->mutable_published_on() = context.today;
  return {{std::move(event)}};
}

AgreementEvents WithdrawPublication(const v1::WithdrawPublicationRequest&,
                                    const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  if (!state.has_published_on()) return NothingToChange("it is not published");
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_publication_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
