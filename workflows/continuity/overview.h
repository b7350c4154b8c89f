// What many instances together say about people and offices: who is indispensable (requirement
// 134), what an office hands over (125), what must be done before elections (128). Pure, over what
// Assess() found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "workflows/continuity/offices.h"

namespace kasundo::continuity {

using Items = std::vector<v1::InstanceContinuity>;

// By how many steps would stop, most first. Everybody who would stop a step or leave an office
// empty; only `person` if it is not empty, who is then there in any case.
std::vector<v1::PersonContinuity> LossesOf(const Items& items, const OfficeRegister& offices,
                                           std::string_view person);

// Open offices without a holder, by name; only of `organisation` if it is not empty.
std::vector<v1::OfficeCover> VacanciesOf(const OfficeRegister& offices,
                                         std::string_view organisation);

// Worst first, then by name.
void SortByUrgency(Items& items);

// The end of each elected term within `months`, soonest first, with what needs the office before
// it; of `organisation` only if it is not empty.
v1::ListElectionsResponse ElectionsOf(const Items& items, const OfficeRegister& offices,
                                      std::string_view organisation, int months);

// What is said of one item in the handover pack of an office, without its acts.
v1::HandoverItem HandoverOf(const v1::InstanceContinuity& item, const KnownOffice& office);

// The office is vacant, or its holder's term ends within the usual handover time (the default of
// ContinuityRules.handover_ahead).
bool HandoverIsDue(const KnownOffice& office, const CivilDate& day);

}  // namespace kasundo::continuity
