// Monitoring on a whole engine: a province with a council and any number of units beneath it.
#pragma once

#include <string>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "kasundo/monitoring/v1/checklists_service.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "kasundo/monitoring/v1/issuances_service.pb.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/monitoring/monitoring_kinds.h"

namespace kasundo::monitoring::fixture {

inline KindRegistry MonitoringKinds() {
  KindRegistry registry;
  directory::AddDirectory(registry);
  committees::AddBodies(registry);
  committees::AddMeetings(registry);
  AddMonitoring(registry);
  return registry;
}

// Time begins on 1 February 2016.
class MonitoringWorld : public ::testing::Test {
 protected:
  MonitoringWorld() : engine_(MonitoringKinds()) {
    Do<directory::v1::CreateTerritoryRequest>(
        "territory_id: 'batangas' title: 'Batangas' level: TERRITORY_LEVEL_PROVINCE");
    Do<directory::v1::CreateOrganisationRequest>(
        "organisation_id: 'province' title: 'Province' kind: ORGANISATION_KIND_LOCAL_GOVERNMENT");
    Do<directory::v1::CreateOfficeRequest>(
        "office_id: 'council' title: 'Council' organisation: 'realms/test/organisations/province' "
        "post: POST_KIND_UNIT");
    Do<committees::v1::EstablishCommitteeRequest>(
        "committee_id: 'council' title: 'Council' form { type: BODY_TYPE_COUNCIL level: "
        "LEVEL_PROVINCIAL } territory: 'realms/test/territories/batangas' since { year: 2010 "
        "} "
        "legal_bases { kind: LEGAL_BASIS_KIND_RESOLUTION number: '1' issuer: 'G' date { year: 2010 "
        "} "
        "} secretariat { office: 'realms/test/offices/council' }");
    Do<v1::PrepareTemplateRequest>(
        "checklist_template_id: 'desks' title: 'Desks' "
        "validating_body: 'realms/test/committees/council' "
        "items { id: 'desk' text: 'A desk?' type: ANSWER_TYPE_YES_NO_PARTLY } "
        "items { id: 'served' text: 'Served?' type: ANSWER_TYPE_NUMBER }");
    Do<v1::ValidateTemplateRequest>(
        "name: 'realms/test/checklistTemplates/desks' decision { document: 'R' }");
  }

  // As an administrator; `parent` of creating requests is the realm unless it is given.
  template <typename Request>
  Outcome Try(const std::string& text, const workflows::v1::Actor& actor) {
    auto request = testing::Parse<Request>(text);
    const auto* parent = Request::descriptor()->FindFieldByName("parent");
    if (parent != nullptr && request.GetReflection()->GetString(request, parent).empty()) {
      request.GetReflection()->SetString(&request, parent, "realms/test");
    }
    return engine_.Send(request, actor);
  }
  template <typename Request>
  Outcome Do(const std::string& text) {
    Outcome outcome = Try<Request>(text, testing::Administrator());
    EXPECT_TRUE(outcome.status.ok()) << Request::descriptor()->name() << ": " << outcome.status;
    return outcome;
  }

  void AddCities(int count) {
    for (int i = 0; i < count; ++i) {
      Do<directory::v1::CreateTerritoryRequest>(
          fmt::format("territory_id: 'c{}' title: 'City {}' level: TERRITORY_LEVEL_CITY within: "
                      "'realms/test/territories/batangas'",
                      i, i));
    }
  }
  Outcome Begin(const std::string& more =
                    "units { within: 'realms/test/territories/batangas' "
                    "levels: TERRITORY_LEVEL_CITY }") {
    return Do<v1::BeginIssuanceRequest>(
        "issuance_id: 'desks-2016-q1' title: 'Desks' checklist_template: "
        "'realms/test/checklistTemplates/desks' oversight_body: 'realms/test/committees/council' " +
        more);
  }

  template <typename State>
  State StateOf(const std::string& name) {
    const auto found = engine_->Get(name);
    EXPECT_TRUE(found.ok()) << name << ": " << found.status();
    return found.ok() ? static_cast<const State&>(*found->state) : State();
  }
  std::string LifecycleOf(const std::string& name) {
    const auto found = engine_->Get(name);
    return found.ok() ? found->record.lifecycle_state() : std::string(found.status().message());
  }
  size_t CountChecklists(const std::string& issuance) {
    const auto found = engine_->List("checklist", "realms/test/issuances/" + issuance, "", 100'000);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? found->size() : 0;
  }

  testing::TestEngine engine_;
};

}  // namespace kasundo::monitoring::fixture
