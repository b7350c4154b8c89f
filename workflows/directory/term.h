// Who holds an office when, read from its state. "Who was responsible on date X" always has an
// answer (requirement 51): the regular holder, or else the officer in charge, or else the first
// deputy, or else that it was vacant, and since when.
//
//   const Holding holding = HoldingOn(*context.Related<v1::OfficeState>(office), context.today);
//   if (holding.holding == v1::HOLDING_VACANT) ...
//
// Dates of terms may be known to the month or the year only. A day within such a month counts as in
// the term, and `uncertain` says so. On the day on which one term ends and the next begins, the
// next holds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::directory {

// The regular holder's term on a day; nullptr if there is none. Points into `office`.
const v1::Term* HolderOn(const v1::OfficeState& office, const CivilDate& day);

// The term of the officer in charge on a day; nullptr if there is none. Points into `office`.
const v1::Term* OfficerInChargeOn(const v1::OfficeState& office, const CivilDate& day);

// Deputies on a day, by rank. Point into `office`.
std::vector<const v1::Deputy*> DeputiesOn(const v1::OfficeState& office, const CivilDate& day);

// Delegations that hold on a day. Point into `office`.
std::vector<const v1::Delegation*> DelegationsOn(const v1::OfficeState& office,
                                                 const CivilDate& day);

// Standing duties on a day. Point into `office`.
std::vector<const v1::Duty*> DutiesOn(const v1::OfficeState& office, const CivilDate& day);

struct Holding {
  v1::Holding holding = v1::HOLDING_UNSPECIFIED;
  std::string person;              // holder, officer in charge or first deputy
  const v1::Term* term = nullptr;  // of holder or officer in charge
  CivilDate vacant_since;          // without regular holder since; unset if held or if it never was
  int days_vacant = 0;
  v1::VacancyCause cause = v1::VACANCY_CAUSE_UNSPECIFIED;
  bool uncertain = false;
};

Holding HoldingOn(const v1::OfficeState& office, const CivilDate& day);

// Whether the office existed on a day, as far as its names and its closing tell.
bool ExistedOn(const v1::OfficeState& office, const CivilDate& day);

// How a person may act for an office on a day.
enum class Capacity { kNone, kHolder, kActing };

// kHolder for the regular holder; kActing for officer in charge, deputies and delegates.
Capacity CapacityOf(const v1::OfficeState& office, std::string_view person, const CivilDate& day);

// The organisation to which an office belonged on a day; "" for none.
std::string OrganisationOn(const v1::OfficeState& office, const CivilDate& day);

// Two regular terms that surely have more than the day of handing over in common.
bool TermsCollide(const v1::Term& a, const v1::Term& b);

// Offices of an organisation that are open and belong to it on a day.
std::vector<std::string> OpenOfficesOf(const v1::OrganisationState& organisation,
                                       std::string_view name, const Context::Lookup& lookup,
                                       const CivilDate& day);

// What somebody should look at about an office on a day.
std::vector<v1::Warning> WarningsOn(const v1::OfficeState& office, const CivilDate& day);

}  // namespace kasundo::directory
