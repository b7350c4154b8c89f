#include "workflows/agreement/signatories.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "workflows/agreement/party_roles.h"
#include "workflows/agreement/readiness.h"
#include "workflows/directory/term.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

using directory::v1::OfficeState;

absl::Status NotSignatory(const v1::Party& party, std::string message) {
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_SIGNATORY, std::move(message))
      .Field("person")
      .Mend(fmt::format("Let {} sign: its holder, or a deputy or delegate with a document.",
                        party.signatory_office()))
      .With("office", party.signatory_office());
}

absl::Status NoOffice(const std::string& parties, int64_t count) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SIGNATORY_MISSING,
                fmt::format("nobody can sign for {}", parties))
      .Mend("Name a signatory office with ChangeParty, and let it be held or have a deputy.")
      .With("missing", count);
}

// The document of the deputy or delegation by which the person stands in on that day.
std::string DocumentOf(const OfficeState& office, std::string_view person, const CivilDate& day) {
  for (const auto* deputy : directory::DeputiesOn(office, day)) {
    if (deputy->person() == person && !deputy->document().empty()) return deputy->document();
  }
  for (const auto* delegation : directory::DelegationsOn(office, day)) {
    if (delegation->person() == person && !delegation->document().empty()) {
      return delegation->document();
    }
  }
  const auto* acting = directory::OfficerInChargeOn(office, day);
  return acting != nullptr && acting->person() == person ? acting->document() : "";
}

// In what capacity the person signs on that day. The directory may be kept by another process; then
// what it said of the caller counts.
absl::StatusOr<directory::Capacity> CapacityToSign(const v1::Party& party,
                                                   const std::string& person,
                                                   const OfficeState* office,
                                                   const Context& context) {
  const bool enters = context.actor.administrator() || context.actor.system();
  if (!enters && person != context.actor.person()) {
    return NotSignatory(party, fmt::format("{} signs itself", person));
  }
  if (!enters && context.actor.office() != party.signatory_office()) {
    return NotSignatory(
        party, fmt::format("you act in {}, not in the signatory office of {}",
                           context.actor.office().empty() ? "no office" : context.actor.office(),
                           NameOfParty(party, context)));
  }
  if (office == nullptr) {
    return context.actor.acting() ? directory::Capacity::kActing : directory::Capacity::kHolder;
  }
  const directory::Capacity capacity = directory::CapacityOf(*office, person, context.today);
  if (capacity == directory::Capacity::kNone) {
    return NotSignatory(party, fmt::format("{} neither held {} nor stood in for it on {}", person,
                                           party.signatory_office(), ToString(context.today)));
  }
  return capacity;
}

// "mayor-rome (until 2012-06-30, last safe day 2012-05-31)" of a holder whose term ends too early.
std::optional<absl::CivilDay> LastSafeDay(const OfficeState& office, const CivilDate& signing_date,
                                          int64_t lead, const CivilDate& today) {
  const auto* term = directory::HolderOn(office, signing_date);
  if (term == nullptr) term = directory::HolderOn(office, today);
  if (term == nullptr || !IsSet(term->until())) return std::nullopt;
  return Last(term->until()) - lead;
}

bool SomebodyCanSign(const OfficeState& office, const CivilDate& today) {
  return directory::HolderOn(office, today) != nullptr ||
         directory::OfficerInChargeOn(office, today) != nullptr ||
         !directory::DeputiesOn(office, today).empty() ||
         !directory::DelegationsOn(office, today).empty();
}

}  // namespace

absl::StatusOr<v1::Signature> SignatureOf(const v1::Party& party, const v1::AgreedText& text,
                                          const SigningRequest& request, const Context& context) {
  if (party.signatory_office().empty()) return NoOffice(NameOfParty(party, context), 1);
  const std::string person = request.person.empty() ? context.actor.person() : request.person;
  if (person.empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED, "who signed?")
        .Field("person")
        .Mend("Name the person who signed.");
  }
  const auto* office = context.Related<OfficeState>(party.signatory_office());
  ASSIGN_OR_RETURN(const auto capacity, CapacityToSign(party, person, office, context));
  v1::Signature signature;
  signature.set_party(party.id());
  signature.set_office(party.signatory_office());
  signature.set_person(person);
  signature.set_capacity(v1::SIGNING_CAPACITY_HOLDER);
  if (capacity == directory::Capacity::kActing) {
    signature.set_capacity(v1::SIGNING_CAPACITY_AUTHORISED);
    signature.set_authority(request.authority);
    if (request.authority.empty() && office != nullptr) {
      signature.set_authority(DocumentOf(*office, person, context.today));
    }
    if (signature.authority().empty()) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_AUTHORITY_NEEDED,
                    fmt::format("{} stands in for the holder of {}: by which document?", person,
                                party.signatory_office()))
          .Field("authority")
          .Mend("Give the document that authorises the deputy or delegate to sign.");
    }
  }
  if (request.text_hash != text.hash()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEXT_HASH_MISMATCH,
                  fmt::format("the text to be signed is version {} with hash {}, not {}",
                              text.number(), text.hash(), request.text_hash))
        .Field("text_hash")
        .Mend("Read the text that was agreed and sign its hash.")
        .With("hash", text.hash());
  }
  signature.set_text_version(text.number());
  signature.set_text_hash(text.hash());
  *signature.mutable_signed_on() = context.today;
  return signature;
}

absl::Status CheckSignatories(const v1::AgreementState& state, const CivilDate& signing_date,
                              const Context& context) {
  const int64_t lead = context.Parameter("signing_lead_days", int64_t{30});
  std::vector<const v1::Party*> nobody;
  std::vector<std::string> ending;
  std::optional<absl::CivilDay> earliest;
  for (const v1::Party* party : PartiesOf(state)) {
    const auto* office = context.Related<OfficeState>(party->signatory_office());
    // Held by another process: who holds it is checked when it signs.
    if (office == nullptr && !party->signatory_office().empty()) continue;
    if (office == nullptr || !SomebodyCanSign(*office, context.today)) {
      nobody.push_back(party);
      continue;
    }
    const auto safe = LastSafeDay(*office, signing_date, lead, context.today);
    if (!safe.has_value()) continue;
    earliest = std::min(earliest.value_or(*safe), *safe);
    if (First(signing_date) <= *safe) continue;
    ending.push_back(fmt::format("{}: {} (term ends {}, last safe day {})",
                                 NameOfParty(*party, context), party->signatory_office(),
                                 ToString(FromDay(*safe + lead)), ToString(FromDay(*safe))));
  }
  if (!nobody.empty()) {
    return NoOffice(InWords(nobody, context), static_cast<int64_t>(nobody.size()));
  }
  if (ending.empty()) return absl::OkStatus();
  // Rule 33: the last safe signing date is the earliest term end minus a lead time.
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TERM_ENDS_BEFORE_SIGNING,
                fmt::format("{} is not safe: {} of {} signatory terms end before or within {} days "
                            "after it: {}",
                            ToString(signing_date), ending.size(), PartiesOf(state).size(), lead,
                            fmt::join(ending, "; ")))
      .Field("signing_date")
      .Mend(fmt::format("Sign by {}, or wait until the new holders are in office and confirm.",
                        ToString(FromDay(*earliest))))
      .With("last_safe", ToString(FromDay(*earliest)))
      .With("terms", static_cast<int64_t>(ending.size()));
}

}  // namespace kasundo::agreements
