#include "workflows/assignment/offers.h"

#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/term.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::assignments {
namespace {

Refuse Twice(const std::string& field, const std::string& office, std::string_view mend) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_OFFICE_TWICE,
                fmt::format("{} stands twice", office))
      .Field(field)
      .Mend(mend)
      .With("office", office);
}

using Names = google::protobuf::RepeatedPtrField<std::string>;

absl::Status CheckOnce(const std::string& field, const Names& list) {
  std::set<std::string> seen;
  for (const std::string& office : list) {
    if (!seen.insert(office).second) return Twice(field, office, "Name each office once.");
  }
  return absl::OkStatus();
}

absl::Status CheckApart(const std::string& field, const Names& list,
                        const std::vector<std::string>& others) {
  for (const std::string& office : list) {
    if (std::find(others.begin(), others.end(), office) == others.end()) continue;
    return Twice(field, office,
                 "Who is responsible or accountable knows of it anyway; who is consulted need not "
                 "be informed.");
  }
  return absl::OkStatus();
}

absl::Status CheckExists(const std::string& field, const std::string& office,
                         const CivilDate& since, const Context& context) {
  const auto* state = context.Related<directory::v1::OfficeState>(office);
  if (state == nullptr) return absl::OkStatus();
  const bool mistaken = context.Find(office)->lifecycle_state == "withdrawn";
  if (!mistaken && directory::ExistedOn(*state, since)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_OFFICE_NOT_THERE,
                fmt::format("{} did not exist on {}", office, ToString(since)))
      .Field(field)
      .Mend("Name an office that existed on the first day, or its successor.")
      .With("office", office);
}

Refuse NotAsked(const std::string& office) {
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_ASKED,
                office.empty() ? std::string("you act in no office that is asked here")
                               : fmt::format("{} has nothing to answer here", office))
      .Field("office")
      .Mend("Act in one of the offices of `offer.answers`.")
      .With("office", office);
}

const v1::Answer* FindAnswer(const v1::Offer& offer, const std::string& office) {
  const auto found =
      std::find_if(offer.answers().begin(), offer.answers().end(),
                   [&](const v1::Answer& answer) { return answer.office() == office; });
  return found == offer.answers().end() ? nullptr : &*found;
}

absl::StatusOr<v1::Answer> Accept(const std::string& office, const std::string& document,
                                  const v1::Offer& offer, const Context& context) {
  const v1::Answer* open = FindAnswer(offer, office);
  const bool itself = context.actor.office() == office;
  if (open == nullptr || (!itself && !ActsForAll(context))) return NotAsked(office);
  if (open->has_accepted_on()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ALREADY_ANSWERED,
                  fmt::format("{} accepted on {}", office, ToString(open->accepted_on())))
        .Field("office")
        .Mend("Nothing needs to be done; wait for the other offices.");
  }
  if (!itself && document.empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DOCUMENT_NEEDED,
                  fmt::format("{} does not say so itself", office))
        .Field("document")
        .Mend("Give the number or address of its acceptance, or let the office accept.");
  }
  v1::Answer answer;
  answer.set_office(office);
  *answer.mutable_accepted_on() = context.today;
  if (itself) answer.set_person(context.actor.person());
  answer.set_document(document);
  return answer;
}

}  // namespace

absl::Status CheckOffices(const v1::Offices& offices, const CivilDate& since,
                          const Context& context) {
  RETURN_IF_ERROR(CheckOnce("offices.responsible", offices.responsible()));
  RETURN_IF_ERROR(CheckOnce("offices.consulted", offices.consulted()));
  RETURN_IF_ERROR(CheckOnce("offices.informed", offices.informed()));
  std::vector<std::string> others = AnswerableOffices(offices);
  RETURN_IF_ERROR(CheckApart("offices.consulted", offices.consulted(), others));
  others.insert(others.end(), offices.consulted().begin(), offices.consulted().end());
  RETURN_IF_ERROR(CheckApart("offices.informed", offices.informed(), others));
  RETURN_IF_ERROR(CheckExists("offices.accountable", offices.accountable(), since, context));
  for (const std::string& office : offices.responsible()) {
    RETURN_IF_ERROR(CheckExists("offices.responsible", office, since, context));
  }
  return absl::OkStatus();
}

void AskAll(const v1::Offices& already, v1::Offer* offer) {
  for (const std::string& office : AnswerableOffices(offer->offices())) {
    // Who did it and shall answer for it takes something new upon itself.
    const bool takes_lead =
        office == offer->offices().accountable() && office != already.accountable();
    if (!takes_lead && IsAnswerable(already, office)) continue;
    offer->add_answers()->set_office(office);
  }
}

bool IsAgreed(const v1::Offer& offer) {
  return std::all_of(offer.answers().begin(), offer.answers().end(),
                     [](const v1::Answer& answer) { return answer.has_accepted_on(); });
}

void PutAnswer(const v1::Answer& answer, v1::Offer* offer) {
  for (v1::Answer& open : *offer->mutable_answers()) {
    if (open.office() == answer.office()) open = answer;
  }
}

absl::StatusOr<std::vector<v1::Answer>> AcceptancesOf(const std::string& office,
                                                      const std::string& document,
                                                      const v1::Offer& offer,
                                                      const Context& context) {
  std::vector<std::string> offices;
  if (!office.empty()) {
    offices.push_back(office);
  } else if (FindAnswer(offer, context.actor.office()) != nullptr || !ActsForAll(context)) {
    offices.push_back(context.actor.office());
  } else {
    for (const v1::Answer& answer : offer.answers()) {
      if (!answer.has_accepted_on()) offices.push_back(answer.office());
    }
  }
  if (offices.empty()) return NotAsked("");
  std::vector<v1::Answer> answers;
  for (const std::string& each : offices) {
    ASSIGN_OR_RETURN(answers.emplace_back(), Accept(each, document, offer, context));
  }
  return answers;
}

absl::StatusOr<std::string> RefusingOffice(const std::string& office, const v1::Offer& offer,
                                           const Context& context) {
  const std::string& acting = context.actor.office();
  if (office.empty()) return FindAnswer(offer, acting) != nullptr ? acting : std::string();
  if (FindAnswer(offer, office) == nullptr || (office != acting && !ActsForAll(context))) {
    return NotAsked(office);
  }
  return office;
}

v1::Tenure TenureOf(const v1::Offer& offer, const Context& context) {
  v1::Tenure tenure;
  *tenure.mutable_offices() = offer.offices();
  *tenure.mutable_since() = LaterOf(offer.since(), context.today);
  if (offer.has_until()) *tenure.mutable_until() = offer.until();
  tenure.set_document(offer.document());
  tenure.set_reason(offer.reason());
  return tenure;
}

}  // namespace kasundo::assignments
