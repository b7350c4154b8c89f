// Assignments on the real engine, for tests: two functions, of which one watches the other, a
// territory, four offices, all in realms/test.
#pragma once

#include <string>

#include "kasundo/assignments/v1/assignments_requests.pb.h"
#include "kasundo/assignments/v1/functions_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "workflows/assignment/assignment_kinds.h"
#include "workflows/assignment/portfolio_decider.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo::assignments::fixture {

inline KindRegistry Kinds() {
  KindRegistry registry;
  directory::AddDirectory(registry);
  AddAssignments(registry);
  return registry;
}

class AssignmentWorld {
 public:
  AssignmentWorld() : engine_(Kinds()) {
    Do<directory::v1::CreateOrganisationRequest>(
        "parent: 'realms/test' organisation_id: 'province' title: 'x' kind: ORGANISATION_KIND_NGO");
    Do<directory::v1::CreateTerritoryRequest>(
        "parent: 'realms/test' territory_id: 'batangas' title: 'Batangas' level: "
        "TERRITORY_LEVEL_PROVINCE");
    for (const std::string id : {"lead", "desk", "clerk", "audit"}) {
      Do<directory::v1::CreateOfficeRequest>(
          "parent: 'realms/test' office_id: '" + id +
          "' title: 'x' organisation: 'realms/test/organisations/province' post: POST_KIND_CAREER");
    }
    for (const std::string id : {"serve", "watch"}) {
      Do<v1::DefineFunctionRequest>(
          "parent: 'realms/test' function_id: '" + id +
          "' version { title: 'f' meaning: 'm' since { year: 2008 } legal_bases { kind: "
          "LEGAL_BASIS_KIND_ACT number: '1' issuer: 'Congress' } " +
          (id == "watch" ? "nature: FUNCTION_NATURE_OVERSIGHT oversees: "
                           "'realms/test/functions/serve' }"
                         : "}"));
    }
  }

  // By an administrator; expects that it is accepted.
  template <typename Request>
  void Do(const std::string& text) {
    EXPECT_OK(Try<Request>(text));
  }
  template <typename Request>
  absl::Status Try(const std::string& text,
                   const workflows::v1::Actor& actor = testing::Administrator()) {
    return engine_.Send(testing::Parse<Request>(text), actor).status;
  }

  absl::Status Propose(const std::string& id, const std::string& function,
                       const std::string& accountable, const std::string& responsible,
                       const std::string& more = "") {
    return Try<v1::ProposeAssignmentRequest>(
        "parent: 'realms/test' assignment_id: '" + id + "' title: 't' function: " +
        "'realms/test/functions/" + function + "' territory: 'realms/test/territories/batangas' " +
        "legal_bases { kind: LEGAL_BASIS_KIND_ACT number: '1' issuer: 'Congress' } offices { " +
        "accountable: 'realms/test/offices/" + accountable +
        "' responsible: 'realms/test/offices/" + responsible + "' } " + more);
  }
  static std::string Named(const std::string& id) {
    return "name: 'realms/test/assignments/" + id + "' ";
  }

  template <typename State>
  State Read(const std::string& name) {
    const auto found = engine_->Get("realms/test/" + name);
    return found.ok() ? static_cast<const State&>(*found->state) : State();
  }
  std::string StateOf(const std::string& id) {
    return engine_->Get("realms/test/assignments/" + id)->record.lifecycle_state();
  }

  testing::TestEngine& engine() { return engine_; }

 private:
  testing::TestEngine engine_;
};

}  // namespace kasundo::assignments::fixture
