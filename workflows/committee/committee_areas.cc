#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "google/protobuf/util/message_differencer.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using google::protobuf::util::MessageDifferencer;

absl::Status CheckAreaSeats(const CommitteeState& state, const v1::ThematicArea& area) {
  if (!area.lead_seat_id().empty()) RETURN_IF_ERROR(FindSeat(state, area.lead_seat_id()).status());
  for (const std::string& seat_id : area.seat_ids()) {
    RETURN_IF_ERROR(FindSeat(state, seat_id).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<const v1::Volunteer*> FindServing(const CommitteeState& state,
                                                 std::string_view volunteer_id) {
  const v1::Volunteer* volunteer = FindById(state.volunteers(), volunteer_id);
  if (volunteer == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_VOLUNTEER_NOT_FOUND,
                  fmt::format("the body has no volunteer \"{}\"", volunteer_id))
        .Field("volunteer_id")
        .Mend("The body's `volunteers` list them.");
  }
  if (IsSet(volunteer->until())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_VOLUNTEER_RELEASED,
                  fmt::format("volunteer \"{}\" left on {}", volunteer_id,
                              ToString(volunteer->until())))
        .Field("volunteer_id")
        .Mend("Enter the person anew, under another id.");
  }
  return volunteer;
}

}  // namespace

CommitteeEvents AddArea(const v1::AddAreaRequest& request, const CommitteeState& state,
                        const Context& /*context*/) {
  RETURN_IF_ERROR(CheckId("area.id", request.area().id()));
  if (FindById(state.areas(), request.area().id()) != nullptr) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_AREA_EXISTS,
                  fmt::format("the body has a thematic area \"{}\"", request.area().id()))
        .Field("area.id")
        .Mend("Choose another id; the ids of ended areas are not given again.");
  }
  RETURN_IF_ERROR(CheckAreaSeats(state, request.area()));
  v1::CommitteeEvent event;
  v1::ThematicArea& area = *event.mutable_area_added()->mutable_area();
  area = request.area();
  area.clear_documents();
  area.clear_until();
  return std::vector{std::move(event)};
}

CommitteeEvents ChangeArea(const v1::ChangeAreaRequest& request, const CommitteeState& state,
                           const Context& /*context*/) {
  ASSIGN_OR_RETURN(const v1::ThematicArea* old, FindOpenArea(state, request.area().id()));
  RETURN_IF_ERROR(CheckAreaSeats(state, request.area()));
  v1::CommitteeEvent event;
  v1::ThematicArea& area = *event.mutable_area_changed()->mutable_area();
  area = request.area();
  area.clear_documents();
  area.clear_until();
  v1::ThematicArea described = *old;
  described.clear_documents();
  if (MessageDifferencer::Equals(described, area)) {
    return NothingToChange(fmt::format("area \"{}\" is described in this way", area.id()));
  }
  return std::vector{std::move(event)};
}

CommitteeEvents EndArea(const v1::EndAreaRequest& request, const CommitteeState& state,
                        const Context& context) {
  ASSIGN_OR_RETURN(const v1::ThematicArea* area, FindOpenArea(state, request.area_id()));
  const auto open =
      std::count_if(state.open_matters().begin(), state.open_matters().end(),
                    [&](const v1::OpenMatter& matter) { return matter.area_id() == area->id(); });
  if (open > 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_AREA_HAS_OPEN_MATTERS,
                  fmt::format("{} open matters stand on its agenda", open))
        .Field("area_id")
        .Mend("Refer them to another area or to the whole body first.")
        .With("open", open);
  }
  const CivilDate until = Or(request.until(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("until", state, until));
  v1::CommitteeEvent event;
  event.mutable_area_ended()->set_area_id(area->id());
  *event.mutable_area_ended()->mutable_until() = until;
  return std::vector{std::move(event)};
}

CommitteeEvents FileAreaDocument(const v1::FileAreaDocumentRequest& request,
                                 const CommitteeState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::ThematicArea* area, FindOpenArea(state, request.area_id()));
  v1::CommitteeEvent event;
  v1::AreaDocumentFiled& filed = *event.mutable_area_document_filed();
  filed.set_area_id(area->id());
  *filed.mutable_document() = request.document();
  *filed.mutable_document()->mutable_date() = Or(request.document().date(), context.today);
  return std::vector{std::move(event)};
}

CommitteeEvents ReferMatter(const v1::ReferMatterRequest& request, const CommitteeState& state,
                            const Context& /*context*/) {
  const auto matter =
      std::find_if(state.open_matters().begin(), state.open_matters().end(),
                   [&](const v1::OpenMatter& open) { return open.matter() == request.matter(); });
  if (matter == state.open_matters().end()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_MATTER_NOT_OPEN,
                  fmt::format("{} is not open in this body", request.matter()))
        .Field("matter")
        .Mend("The body's `open_matters` list what is.");
  }
  if (!request.area_id().empty()) {
    RETURN_IF_ERROR(FindOpenArea(state, request.area_id()).status());
  }
  if (matter->area_id() == request.area_id()) {
    return NothingToChange("the matter stands on that agenda");
  }
  v1::CommitteeEvent event;
  event.mutable_matter_referred()->set_matter(request.matter());
  event.mutable_matter_referred()->set_area_id(request.area_id());
  return std::vector{std::move(event)};
}

CommitteeEvents RegisterVolunteer(const v1::RegisterVolunteerRequest& request,
                                  const CommitteeState& state, const Context& context) {
  v1::CommitteeEvent event;
  v1::Volunteer& volunteer = *event.mutable_volunteer_registered()->mutable_volunteer();
  volunteer = request.volunteer();
  *volunteer.mutable_since() = Or(volunteer.since(), context.today);
  RETURN_IF_ERROR(CheckId("volunteer.id", volunteer.id()));
  RETURN_IF_ERROR(CheckNotBeforeBody("volunteer.since", state, volunteer.since()));
  RETURN_IF_ERROR(CheckPeriod("volunteer.until", volunteer.since(), volunteer.until()));
  for (const v1::Volunteer& other : state.volunteers()) {
    const bool serves = other.person() == volunteer.person() && !IsSet(other.until());
    if (other.id() != volunteer.id() && !serves) continue;
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_VOLUNTEER_EXISTS,
                  fmt::format("{} serves as volunteer \"{}\"", other.person(), other.id()))
        .Field(serves ? "volunteer.person" : "volunteer.id")
        .Mend(serves ? "Change that entry instead." : "Choose another id.");
  }
  return std::vector{std::move(event)};
}

CommitteeEvents ChangeVolunteer(const v1::ChangeVolunteerRequest& request,
                                const CommitteeState& state, const Context& /*context*/) {
  ASSIGN_OR_RETURN(const v1::Volunteer* old, FindServing(state, request.volunteer().id()));
  v1::CommitteeEvent event;
  v1::Volunteer& volunteer = *event.mutable_volunteer_changed()->mutable_volunteer();
  volunteer = request.volunteer();
  // Another person is another volunteer.
  volunteer.set_person(old->person());
  *volunteer.mutable_since() = old->since();
  volunteer.clear_until();
  if (MessageDifferencer::Equals(*old, volunteer)) {
    return NothingToChange(fmt::format("volunteer \"{}\" is described in this way", old->id()));
  }
  return std::vector{std::move(event)};
}

CommitteeEvents ReleaseVolunteer(const v1::ReleaseVolunteerRequest& request,
                                 const CommitteeState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Volunteer* volunteer, FindServing(state, request.volunteer_id()));
  const CivilDate until = Or(request.until(), context.today);
  RETURN_IF_ERROR(CheckPeriod("until", volunteer->since(), until));
  v1::CommitteeEvent event;
  event.mutable_volunteer_released()->set_volunteer_id(volunteer->id());
  *event.mutable_volunteer_released()->mutable_until() = until;
  return std::vector{std::move(event)};
}

CommitteeEvents AccreditOrganisation(const v1::AccreditOrganisationRequest& request,
                                     const CommitteeState& state, const Context& context) {
  v1::CommitteeEvent event;
  v1::Accreditation& accreditation =
      *event.mutable_organisation_accredited()->mutable_accreditation();
  accreditation.set_organisation(request.organisation());
  *accreditation.mutable_since() = Or(request.since(), context.today);
  accreditation.set_decision_document(request.decision_document());
  // Only the application itself, through its process manager, can say that it led here.
  if (context.actor.system()) accreditation.set_application(request.application());
  RETURN_IF_ERROR(CheckNotBeforeBody("since", state, accreditation.since()));
  // Requirement 12: an accreditation has an end date.
  if (!IsSet(request.until()) || Before(request.until(), accreditation.since())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ACCREDITATION_WITHOUT_END,
                  "an accreditation has a last day, after its first")
        .Field("until")
        .Mend("Say until when it holds.");
  }
  *accreditation.mutable_until() = request.until();
  for (const v1::Accreditation& other : state.accreditations()) {
    if (other.organisation() != accreditation.organisation() ||
        !Collide(other.since(), other.until(), accreditation.since(), accreditation.until())) {
      continue;
    }
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ORGANISATION_ACCREDITED,
                  fmt::format("{} is accredited as \"{}\" until {}", other.organisation(),
                              other.id(), ToString(other.until())))
        .Field("organisation")
        .Mend("Begin after that day, or end that accreditation first.")
        .With("accreditation", other.id());
  }
  accreditation.set_id(NextId(state.accreditations(), "m"));
  return std::vector{std::move(event)};
}

CommitteeEvents EndAccreditation(const v1::EndAccreditationRequest& request,
                                 const CommitteeState& state, const Context& context) {
  const v1::Accreditation* accreditation =
      FindById(state.accreditations(), request.accreditation_id());
  if (accreditation == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_ACCREDITATION_NOT_FOUND,
                  fmt::format("the body has no accreditation \"{}\"", request.accreditation_id()))
        .Field("accreditation_id")
        .Mend("The body's `accreditations` list them.");
  }
  const CivilDate until = Or(request.until(), context.today);
  if (Before(accreditation->until(), until)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ACCREDITATION_ENDED,
                  fmt::format("it ended on {}", ToString(accreditation->until())))
        .Field("accreditation_id")
        .Mend("Nothing needs to be done.");
  }
  RETURN_IF_ERROR(CheckPeriod("until", accreditation->since(), until));
  v1::CommitteeEvent event;
  v1::AccreditationEnded& ended = *event.mutable_accreditation_ended();
  ended.set_accreditation_id(accreditation->id());
  *ended.mutable_until() = until;
  ended.set_end_reason(request.end_reason());
  return std::vector{std::move(event)};
}

void Apply(const v1::AreaAdded& event, CommitteeState& state) { *state.add_areas() = event.area(); }

void Apply(const v1::AreaChanged& event, CommitteeState& state) {
  v1::ThematicArea* area = FindById(*state.mutable_areas(), event.area().id());
  if (area == nullptr) return;
  v1::ThematicArea changed = event.area();
  changed.mutable_documents()->Swap(area->mutable_documents());
  area->Swap(&changed);
}

void Apply(const v1::AreaEnded& event, CommitteeState& state) {
  v1::ThematicArea* area = FindById(*state.mutable_areas(), event.area_id());
  if (area != nullptr) *area->mutable_until() = event.until();
}

void Apply(const v1::AreaDocumentFiled& event, CommitteeState& state) {
  v1::ThematicArea* area = FindById(*state.mutable_areas(), event.area_id());
  if (area != nullptr) *area->add_documents() = event.document();
}

void Apply(const v1::MatterReferred& event, CommitteeState& state) {
  for (v1::OpenMatter& matter : *state.mutable_open_matters()) {
    if (matter.matter() == event.matter()) matter.set_area_id(event.area_id());
  }
}

void Apply(const v1::VolunteerRegistered& event, CommitteeState& state) {
  *state.add_volunteers() = event.volunteer();
}

void Apply(const v1::VolunteerChanged& event, CommitteeState& state) {
  v1::Volunteer* volunteer = FindById(*state.mutable_volunteers(), event.volunteer().id());
  if (volunteer != nullptr) *volunteer = event.volunteer();
}

void Apply(const v1::VolunteerReleased& event, CommitteeState& state) {
  v1::Volunteer* volunteer = FindById(*state.mutable_volunteers(), event.volunteer_id());
  if (volunteer != nullptr) *volunteer->mutable_until() = event.until();
}

void Apply(const v1::OrganisationAccredited& event, CommitteeState& state) {
  *state.add_accreditations() = event.accreditation();
}

void Apply(const v1::AccreditationEnded& event, CommitteeState& state) {
  v1::Accreditation* accreditation =
      FindById(*state.mutable_accreditations(), event.accreditation_id());
  if (accreditation != nullptr) *accreditation->mutable_until() = event.until();
}

}  // namespace kasundo::committees
