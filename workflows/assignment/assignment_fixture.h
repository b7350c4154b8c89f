// An assignment for tests: monitoring of migrant services in Batangas, with the offices "lead",
// "desk", "clerk" and "audit" of realms/test beside it.
#pragma once

#include <string>

#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "tests/support/given.h"
#include "workflows/assignment/assignment_commands.h"
#include "workflows/assignment/assignment_decider.h"
#include "workflows/assignment/function_decider.h"
#include "workflows/assignment/portfolio_decider.h"

namespace kasundo::assignments::fixture {

using absl::StatusCode;
using testing::Given;
using testing::Parse;

inline constexpr char kIt[] = "realms/test/assignments/it";

inline std::string Office(const std::string& id) { return "realms/test/offices/" + id; }

inline workflows::v1::Actor In(const std::string& office, const std::string& person = "ana") {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/" + person);
  actor.set_person("realms/test/people/" + person);
  actor.set_office(Office(office));
  actor.set_organisation("realms/test/organisations/province");
  return actor;
}

inline workflows::v1::Actor Administrator() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/root");
  actor.set_administrator(true);
  return actor;
}

// An office since 2005 with a function word and a holder of its own ("lead-holder" of "lead").
inline directory::v1::OfficeState OfficeWith(const std::string& id, const std::string& function,
                                             const std::string& more = "") {
  return Parse<directory::v1::OfficeState>(
      "names { text: 'x' since { year: 2005 } } profiles { functions: '" + function +
      "' } homes { organisation: 'realms/test/organisations/province' } terms { term_id: 't' "
      "person: 'realms/test/people/" +
      id + "-holder' since { year: 2010 } } " + more);
}

inline v1::FunctionState FunctionOf(const std::string& nature, const std::string& more = "") {
  return Parse<v1::FunctionState>(
      "versions { number: 1 title: 'f' meaning: 'm' since { year: 2008 } nature: "
      "FUNCTION_NATURE_" +
      nature + " " + more + " }");
}

// In Given(): the world around an assignment.
inline Given<Assignment>& Around(Given<Assignment>& given) {
  given.On("2016-03-18").As(In("chief")).WithParameter("lead_plan", "planning");
  given.WithParameter("lead_services", "employment, social-welfare");
  for (const char* id : {"chief", "desk", "clerk", "audit"}) {
    given.Beside(Office(id), "open", OfficeWith(id, "records"));
  }
  given.Beside(Office("lead"), "open", OfficeWith("lead", "planning"));
  given.Beside(Office("gone"), "closed",
               OfficeWith("gone", "planning", "closed_on { year: 2012 }"));
  given.Beside(Office("mistake"), "withdrawn", OfficeWith("mistake", "planning"));
  given.Beside("realms/test/functions/serve", "in-force", FunctionOf("DELIVERY"));
  given.Beside("realms/test/functions/watch", "in-force",
               FunctionOf("OVERSIGHT", "oversees: 'realms/test/functions/serve'"));
  given.Beside("realms/test/functions/embassy", "in-force", FunctionOf("AMBASSADOR"));
  given.Beside("realms/test/functions/mistake", "withdrawn", FunctionOf("DELIVERY"));
  return given;
}

inline Given<Assignment> New() {
  Given<Assignment> given;
  Around(given);
  return given;
}

// Lead accountable, desk responsible, clerk consulted.
inline constexpr char kOffices[] =
    "offices { accountable: 'realms/test/offices/lead' responsible: 'realms/test/offices/desk' "
    "consulted: 'realms/test/offices/clerk' } ";

inline v1::ProposeAssignmentRequest Proposal(const std::string& more = "",
                                             const std::string& function = "serve",
                                             const std::string& offices = kOffices) {
  return Parse<v1::ProposeAssignmentRequest>(
      "parent: 'realms/test' assignment_id: 'it' title: 'Migrant desk' function: "
      "'realms/test/functions/" +
      function +
      "' territory: 'realms/test/territories/batangas' legal_bases { kind: "
      "LEGAL_BASIS_KIND_ORDINANCE number: '1' issuer: 'Council' } " +
      offices + more);
}

inline Given<Assignment> Proposed(const std::string& more = "") {
  Given<Assignment> given = New();
  given.When(Proposal(more));
  given.ThenEvents();
  return given;
}

template <typename Request>
Request Ask(const std::string& text = "") {
  return Parse<Request>("name: '" + std::string(kIt) + "' " + text);
}

// Accepted by both on 18 March 2016.
inline Given<Assignment> Active(const std::string& more = "") {
  Given<Assignment> given = Proposed(more);
  given.As(In("lead")).When(Ask<v1::AcceptAssignmentRequest>());
  given.As(In("desk")).When(Ask<v1::AcceptAssignmentRequest>());
  EXPECT_EQ(given.ThenEvents().size(), 2U);
  return given;
}

}  // namespace kasundo::assignments::fixture
