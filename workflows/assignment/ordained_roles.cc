#include "workflows/assignment/ordained_roles.h"

#include <utility>

#include "fmt/format.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/assignments/v1/assignments_requests.pb.h"
#include "kasundo/assignments/v1/functions_events.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::assignments {
namespace {

namespace av1 = agreements::v1;
using committees::v1::LegalBasisKind;

LegalBasisKind BasisOf(av1::InstrumentType instrument) {
  switch (instrument) {
    case av1::INSTRUMENT_TYPE_ORDINANCE:
      return committees::v1::LEGAL_BASIS_KIND_ORDINANCE;
    case av1::INSTRUMENT_TYPE_EXECUTIVE_ORDER:
      return committees::v1::LEGAL_BASIS_KIND_EXECUTIVE_ORDER;
    case av1::INSTRUMENT_TYPE_RESOLUTION:
      return committees::v1::LEGAL_BASIS_KIND_RESOLUTION;
    case av1::INSTRUMENT_TYPE_REGULATION:
    case av1::INSTRUMENT_TYPE_GUIDELINE:
      return committees::v1::LEGAL_BASIS_KIND_REGULATION;
    default:
      return committees::v1::LEGAL_BASIS_KIND_AGREEMENT;
  }
}

// "imbabura-ordinance-mobility": act and unit, so that people know beforehand what it is called.
// Where that is too long for an id, the position of the event.
std::string IdOfRole(const workflows::v1::EventRecord& record, const std::string& unit) {
  std::string id = fmt::format("{}-{}", IdOf(record.instance()), unit);
  return IsValidId(id) ? id : fmt::format("{}-{}", unit.substr(0, 40), record.position());
}

// What the glossary calls the function; its name where the glossary has none, which is then
// refused.
std::string TitleOf(const std::string& function, const Context::Lookup& related) {
  const RelatedInstance* found = related(function);
  const auto* state =
      found == nullptr ? nullptr : dynamic_cast<const v1::FunctionState*>(found->state);
  return state == nullptr ? function : state->versions().rbegin()->title();
}

// From `since` on; absent: from the business date.
FollowUp Propose(const workflows::v1::EventRecord& record, const av1::AgreementState& act,
                 const av1::ResponsibleUnit& unit, const CivilDate& since,
                 const Context::Lookup& related) {
  auto request = std::make_unique<v1::ProposeAssignmentRequest>();
  request->set_parent(std::string(RealmOf(record.instance())));
  request->set_assignment_id(IdOfRole(record, unit.id()));
  request->set_function(unit.function());
  request->set_territory(unit.territory());
  request->set_title(TitleOf(unit.function(), related));
  request->set_mandate(fmt::format("{} of {}", unit.section(), act.title()));
  committees::v1::LegalBasis& basis = *request->add_legal_bases();
  basis.set_kind(BasisOf(act.instrument()));
  basis.set_number(record.instance());
  basis.set_title(act.title());
  *basis.mutable_date() = act.in_force_on();
  if (!act.parties().empty()) basis.set_issuer(act.parties(0).organisation());
  request->mutable_offices()->set_accountable(unit.office());
  request->mutable_offices()->add_responsible(unit.office());
  if (IsSet(since)) *request->mutable_since() = since;
  request->set_document(unit.section());
  const std::string name =
      fmt::format("{}/assignments/{}", request->parent(), request->assignment_id());
  return {name, std::move(request), /*creates=*/true};
}

}  // namespace

std::vector<FollowUp> OrdainedRoles::React(const workflows::v1::EventRecord& record,
                                           const google::protobuf::Message& payload,
                                           const Context::Lookup& related) const {
  std::vector<FollowUp> follow_ups;
  const auto* event = dynamic_cast<const av1::AgreementEvent*>(&payload);
  if (event == nullptr) return follow_ups;
  if (!event->has_entered_into_force() && !event->has_responsible_unit_named()) return follow_ups;
  const RelatedInstance* found = related(record.instance());
  const auto* act =
      found == nullptr ? nullptr : dynamic_cast<const av1::AgreementState*>(found->state);
  // A draft makes nobody responsible.
  if (act == nullptr || !act->has_in_force_on()) return follow_ups;
  if (event->has_responsible_unit_named()) {
    follow_ups.push_back(
        Propose(record, *act, event->responsible_unit_named().unit(), CivilDate(), related));
    return follow_ups;
  }
  for (const av1::ResponsibleUnit& unit : act->responsible_units()) {
    follow_ups.push_back(
        Propose(record, *act, unit, event->entered_into_force().in_force_on(), related));
  }
  return follow_ups;
}

}  // namespace kasundo::assignments
