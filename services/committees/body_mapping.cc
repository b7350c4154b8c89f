#include "services/committees/body_mapping.h"

namespace kasundo::committees {
namespace {

void AddRegisters(const v1::CommitteeState& state, v1::Committee& committee) {
  *committee.mutable_areas() = state.areas();
  *committee.mutable_officers() = state.officers();
  *committee.mutable_secretariats() = state.secretariats();
  *committee.mutable_seats() = state.seats();
  *committee.mutable_composition_rules() = state.composition_rules();
  *committee.mutable_volunteers() = state.volunteers();
  *committee.mutable_accreditations() = state.accreditations();
  *committee.mutable_series() = state.series();
  *committee.mutable_resolutions() = state.resolutions();
  *committee.mutable_open_matters() = state.open_matters();
  *committee.mutable_recommendations() = state.recommendations();
  *committee.mutable_joint_sessions() = state.joint_sessions();
  *committee.mutable_projects() = state.projects();
}

}  // namespace

v1::Committee ToCommittee(const v1::CommitteeState& state, const CivilDate& on, bool in_list) {
  v1::Committee committee;
  const v1::BodyName* name = NameOn(state, on);
  if (name == nullptr && !state.names().empty()) name = &state.names(0);
  if (name != nullptr) {
    committee.set_title(name->title());
    committee.set_short_title(name->short_title());
  }
  const v1::Form* form = FormOn(state, on);
  if (form == nullptr && !state.forms().empty()) form = &state.forms(0);
  if (form != nullptr) *committee.mutable_form() = *form;
  *committee.mutable_names() = state.names();
  *committee.mutable_forms() = state.forms();
  committee.set_territory(state.territory());
  committee.set_parent_body(state.parent_body());
  *committee.mutable_child_bodies() = state.child_bodies();
  if (state.has_since()) *committee.mutable_since() = state.since();
  if (state.has_closed_on()) *committee.mutable_closed_on() = state.closed_on();
  *committee.mutable_legal_bases() = state.legal_bases();
  *committee.mutable_functions() = state.functions();
  if (state.has_leadership()) *committee.mutable_leadership() = state.leadership();
  if (state.has_cadence()) *committee.mutable_cadence() = state.cadence();
  if (state.has_rules()) *committee.mutable_rules() = state.rules();
  *committee.mutable_violations() = state.violations();
  committee.set_members_from_age(state.members_from_age());
  if (!in_list) AddRegisters(state, committee);
  return committee;
}

v1::RosterEntry ToRosterEntry(const RosterSeat& seat) {
  v1::RosterEntry entry;
  entry.set_seat_id(seat.id());
  entry.set_title(seat.seat->title());
  entry.set_kind(seat.seat->kind());
  entry.set_organisation(seat.seat->organisation());
  entry.set_category(seat.seat->category());
  entry.set_sector(seat.seat->sector());
  entry.set_level(seat.seat->level());
  entry.set_territory(seat.seat->territory());
  if (seat.filled()) *entry.mutable_holder() = *seat.holder;
  entry.set_holding_over(seat.holding_over);
  entry.set_voting(seat.voting);
  entry.set_regular(seat.regular);
  entry.set_stand_ins_barred(seat.stand_ins_barred);
  for (const v1::StandInAuthority* authority : seat.authorities) {
    *entry.add_authorities() = *authority;
  }
  *entry.mutable_topics() = seat.seat->topics();
  return entry;
}

}  // namespace kasundo::committees
