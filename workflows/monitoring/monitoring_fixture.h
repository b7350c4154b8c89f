// A region, a province, a city and a council for tests of monitoring: facts in few words, and the
// same on a whole engine.
#pragma once

#include <string>
#include <vector>

#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_events.pb.h"
#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "tests/support/given.h"

namespace kasundo::monitoring::fixture {

using testing::Given;
using testing::Parse;

inline constexpr char kTemplate[] = "realms/test/checklistTemplates/desks";
inline constexpr char kIssuance[] = "realms/test/issuances/desks-2016-q1";
inline constexpr char kChecklist[] = "realms/test/issuances/desks-2016-q1/checklists/lipa";
inline constexpr char kCouncil[] = "realms/test/committees/council";
inline constexpr char kRegional[] = "realms/test/committees/regional";

inline workflows::v1::Actor Somebody(const std::string& person, const std::string& office,
                                     const std::string& organisation = "") {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/" + person);
  actor.set_person("realms/test/people/" + person);
  if (!office.empty()) actor.set_office("realms/test/offices/" + office);
  if (!organisation.empty()) actor.set_organisation("realms/test/organisations/" + organisation);
  return actor;
}
// Who fills the checklist of Lipa, who sits in the council of Batangas, who in the region's.
inline workflows::v1::Actor Unit() { return Somebody("lina", "planning", "lipa"); }
inline workflows::v1::Actor Council() { return Somebody("carlo", "council", "province"); }
inline workflows::v1::Actor Region() { return Somebody("rosa", "regional", "neda"); }
inline workflows::v1::Actor Keeper() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/keeper");
  actor.set_administrator(true);
  return actor;
}

inline directory::v1::TerritoryState Territory(const std::string& level,
                                               const std::string& within = "") {
  std::string text = "names { text: 'T' } levels { level: TERRITORY_LEVEL_" + level + " }";
  if (!within.empty()) text += " placements { within: 'realms/test/territories/" + within + "' }";
  return Parse<directory::v1::TerritoryState>(text);
}

inline committees::v1::CommitteeState Body(const std::string& territory, const std::string& office,
                                           const std::string& more = "") {
  return Parse<committees::v1::CommitteeState>("territory: 'realms/test/territories/" + territory +
                                               "' secretariats { office: 'realms/test/offices/" +
                                               office + "' role: SECRETARIAT_ROLE_SECRETARIAT } " +
                                               more);
}

inline v1::ChecklistTemplateState Desks() {
  return Parse<v1::ChecklistTemplateState>(R"pb(
    title: "Desks"
    validating_body: "realms/test/committees/council"
    issuable_version: 1
    versions {
      number: 1
      validated_on { year: 2016 }
      items {
        id: "desk"
        text: "Is there a desk?"
        type: ANSWER_TYPE_YES_NO_PARTLY
        weight: "2"
        gap { kind: GAP_KIND_INSTITUTIONAL gap: "A desk is missing" indicator: "served" }
      }
      items {
        id: "ordinance"
        text: "Is there an ordinance?"
        type: ANSWER_TYPE_YES_NO_PARTLY
        evidence_needed: true
        gap { kind: GAP_KIND_POLICY gap: "An ordinance is missing" }
      }
      items {
        id: "served"
        text: "How many were served?"
        type: ANSWER_TYPE_NUMBER
        indicator { unit: "people" baseline: "80" target: "100" }
      }
      items {
        id: "host"
        text: "Where is it?"
        type: ANSWER_TYPE_CHOICE
        choices: "PESO"
        choices: "MSWDO"
        optional: true
      }
      items { id: "remarks" text: "Remarks" type: ANSWER_TYPE_TEXT optional: true }
      items { id: "report" text: "Report" type: ANSWER_TYPE_EVIDENCE optional: true }
    })pb");
}

inline v1::ChecklistTemplateState Rider() {
  return Parse<v1::ChecklistTemplateState>(R"pb(
    title: "Rider"
    rider_to: "realms/test/checklistTemplates/desks"
    issuable_version: 3
    versions {
      number: 3
      validated_on { year: 2016 }
      items { id: "fair" text: "Was there a fair?" type: ANSWER_TYPE_YES_NO_PARTLY }
    })pb");
}

// `more`: other settings.
inline v1::IssuanceState Quarter(const std::string& more = "") {
  return Parse<v1::IssuanceState>(
      "settings { title: 'Desks by quarter' series: 'desks' checklist_template: '" +
      std::string(kTemplate) +
      "' template_version: 1 period { id: '2016-q1' from { year: 2016 month: 1 day: 1 } "
      "until { year: 2016 month: 3 day: 31 } } cadence: REPORTING_CADENCE_QUARTERLY "
      "units { units: 'realms/test/territories/lipa' } oversight_body: '" +
      std::string(kRegional) +
      "' due_days: 15 remind_days: 5 close_days: 30 "
      "remind_on { year: 2016 month: 4 day: 10 } due_on { year: 2016 month: 4 day: 15 } "
      "close_on { year: 2016 month: 5 day: 15 } " +
      more + " }");
}

inline v1::ChecklistState Opened(const std::string& more = "") {
  return Parse<v1::ChecklistState>(
      "unit: 'realms/test/territories/lipa' territory: 'realms/test/territories/lipa' "
      "checklist_template: '" +
      std::string(kTemplate) + "' template_version: 1 due_on { year: 2016 month: 4 day: 15 } " +
      more);
}

// The checklist of Lipa in its surroundings.
template <typename D>
Given<D> InItsWorld(Given<D> given) {
  given.Beside("realms/test/territories/region", "existing", Territory("REGION"));
  given.Beside("realms/test/territories/batangas", "existing", Territory("PROVINCE", "region"));
  given.Beside("realms/test/territories/cavite", "existing", Territory("PROVINCE", "region"));
  given.Beside("realms/test/territories/lipa", "existing", Territory("CITY", "batangas"));
  given.Beside(kCouncil, "established", Body("batangas", "council"));
  given.Beside("realms/test/committees/cavite", "established", Body("cavite", "cavite"));
  given.Beside(kRegional, "established",
               Body("region", "regional",
                    "child_bodies: 'realms/test/committees/cavite' "
                    "child_bodies: 'realms/test/committees/council'"));
  given.Beside(
      "realms/test/organisations/lipa", "active",
      Parse<directory::v1::OrganisationState>("territory: 'realms/test/territories/lipa'"));
  for (const auto& [office, home] :
       std::vector<std::pair<std::string, std::string>>{{"planning", "lipa"},
                                                        {"health", "lipa"},
                                                        {"council", "province"},
                                                        {"cavite", "province"},
                                                        {"regional", "neda"}}) {
    given.Beside("realms/test/offices/" + office, "open",
                 Parse<directory::v1::OfficeState>(
                     "homes { organisation: 'realms/test/organisations/" + home + "' }"));
  }
  given.Beside(kTemplate, "validated", Desks());
  given.Beside("realms/test/checklistTemplates/rider", "validated", Rider());
  given.Beside(kIssuance, "issued", Quarter());
  return given;
}

}  // namespace kasundo::monitoring::fixture
