// Acts that name responsible units, and the assignments that come of them, on the real engine.
#include "workflows/assignment/ordained_roles.h"

#include "gmock/gmock.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/assignments_requests.pb.h"
#include "kasundo/assignments/v1/functions_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "workflows/agreement/agreement_engine_fixture.h"
#include "workflows/assignment/assignment_kinds.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo::assignments {
namespace {

using testing::Acting;
using ::testing::ElementsAre;
using testing::Parse;
namespace av1 = agreements::v1;

KindRegistry ActsAndRoles() {
  KindRegistry registry = agreements::fixture::Kinds();
  directory::AddDirectory(registry);
  AddAssignments(registry);
  return registry;
}

constexpr char kRole[] = "realms/test/assignments/it-desk";

// An ordinance of one authority, which its head signs.
class OrdainedRolesTest : public agreements::fixture::AgreementEngineTest {
 protected:
  OrdainedRolesTest() : AgreementEngineTest(ActsAndRoles()) {
    Create<directory::v1::CreateOrganisationRequest>(
        "organisation_id: 'province' title: 'Province' kind: ORGANISATION_KIND_LOCAL_GOVERNMENT");
    Create<directory::v1::CreateOfficeRequest>(
        "office_id: 'mobility-unit' title: 'Human Mobility Unit' post: POST_KIND_CAREER "
        "organisation: 'realms/test/organisations/province'");
    Create<v1::DefineFunctionRequest>(
        "function_id: 'mobility' version { title: 'Human mobility' meaning: 'm' since { year: 2008 "
        "} legal_bases { kind: LEGAL_BASIS_KIND_ACT number: '1' issuer: 'Congress' } }");
    auto request = Parse<av1::CreateAgreementRequest>(
        "parent: 'realms/test' agreement_id: 'it' title: 'Ordinance on human mobility' "
        "instrument: INSTRUMENT_TYPE_ORDINANCE definition: 'letter-of-support'");
    *request.add_parties() = Parse<av1::Party>(PartyNamed("imbabura"));
    EXPECT_OK(engine_.Send(request, testing::Administrator()).status);
    parties_ = {"imbabura"};
  }

  template <typename Request>
  void Create(const std::string& text) {
    auto request = Parse<Request>(text);
    request.set_parent("realms/test");
    EXPECT_OK(engine_.Send(request, testing::Administrator()).status);
  }

  absl::Status Name(const std::string& id, const std::string& function) {
    return Do<av1::NameResponsibleUnitRequest>(
        "unit { id: '" + id + "' office: 'realms/test/offices/mobility-unit' function: '" +
        function + "' territory: 'realms/test/territories/imbabura' section: 'Section 4' }");
  }
  bool Exists(const std::string& name) { return engine_->Get(name).ok(); }
  v1::AssignmentState Role(const std::string& name) {
    return static_cast<const v1::AssignmentState&>(*engine_->Get(name)->state);
  }
};

// Rule 41.
TEST_F(OrdainedRolesTest, AreProposedWhenTheActComesIntoForce) {
  ASSERT_OK(Name("desk", "realms/test/functions/mobility"));
  EXPECT_FALSE(Exists(kRole)) << "a draft makes nobody responsible";
  ComeIntoForce("2011-03-01");
  ASSERT_TRUE(Exists(kRole));
  EXPECT_EQ(engine_->Get(kRole)->record.lifecycle_state(), "proposed");
  const v1::AssignmentState role = Role(kRole);
  EXPECT_EQ(role.title(), "Human mobility");
  EXPECT_EQ(role.territory(), "realms/test/territories/imbabura");
  EXPECT_EQ(role.mandate(), "Section 4 of Ordinance on human mobility");
  EXPECT_EQ(role.legal_bases(0).kind(), committees::v1::LEGAL_BASIS_KIND_ORDINANCE);
  EXPECT_EQ(role.legal_bases(0).number(), it_);
  EXPECT_EQ(ToString(role.legal_bases(0).date()), "2011-03-01");
  EXPECT_EQ(role.offer().offices().accountable(), "realms/test/offices/mobility-unit");
  EXPECT_THAT(role.offer().offices().responsible(),
              ElementsAre("realms/test/offices/mobility-unit"));
  EXPECT_EQ(ToString(role.offer().since()), "2011-03-01");
}

TEST_F(OrdainedRolesTest, HoldWhenTheUnitHasAccepted) {
  ASSERT_OK(Name("desk", "realms/test/functions/mobility"));
  ComeIntoForce("2011-03-01");
  auto accept = Parse<v1::AcceptAssignmentRequest>("");
  accept.set_name(kRole);
  ASSERT_OK(engine_.Send(accept, Acting("realms/test/offices/mobility-unit")).status);
  EXPECT_EQ(engine_->Get(kRole)->record.lifecycle_state(), "active");
  ASSERT_OK(engine_->Verify("realms/test", nullptr));
}

TEST_F(OrdainedRolesTest, AreProposedAtOnceWhenAnActInForceNamesAUnit) {
  ComeIntoForce("2011-03-01");
  On("2011-06-01");
  ASSERT_OK(Name("desk", "realms/test/functions/mobility"));
  ASSERT_TRUE(Exists(kRole));
  EXPECT_EQ(ToString(Role(kRole).offer().since()), "2011-06-01");
}

TEST_F(OrdainedRolesTest, AreNotedAsRefusedWhenTheGlossaryHasNoSuchFunction) {
  ComeIntoForce("2011-03-01");
  ASSERT_OK(Name("desk", "realms/test/territories/imbabura"));
  EXPECT_FALSE(Exists(kRole));
  EXPECT_EQ(Times("FollowUpRefused"), 1);
}

}  // namespace
}  // namespace kasundo::assignments
