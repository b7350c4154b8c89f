// The definitions that ship, and how a realm changes one without a rebuild.
#include <string>

#include "absl/strings/str_replace.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "workflows/agreement/agreement_engine_fixture.h"
#include "workflows/engine/definition_checker.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

TEST(AgreementDefinitions, AreAcceptedByTheChecker) {
  const KindRegistry registry = Kinds();
  for (const auto& [id, text] : registry.builtin_definitions) {
    std::vector<workflows::v1::DefinitionError> errors;
    EXPECT_TRUE(ReadDefinition(text, registry, &errors).ok()) << FormatErrors(id, errors);
  }
}

using AgreementDefinitionTest = AgreementEngineTest;

// A realm adds a state with its approver and deadline in YAML and deploys it: new instances use it,
// running ones stay, one is moved after a dry run.
TEST_F(AgreementDefinitionTest, ARealmAddsACouncilRatification) {
  ASSERT_OK(Begin("twinning", {"batangas", "rome"}));
  const std::string shipped = Kinds().builtin_definitions.at("twinning");
  const std::string changed = absl::StrReplaceAll(
      shipped, {{"  - {id: signed, title: Signed, required_fields: [signatures]}\n",
                 "  - {id: signed, title: Signed, required_fields: [signatures]}\n"
                 "  - id: council-ratification\n"
                 "    title: Ratified by the council\n"
                 "    deadlines:\n"
                 "      - {id: ratify, title: The council is to ratify, offset: P60D, escalate_to: "
                 "[owner]}\n"},
                {"transitions:\n",
                 "steps:\n"
                 "  - {id: ratified, title: The council ratified it}\n"
                 "transitions:\n"
                 "  - {on: [step/ratified], from: [signed], to: council-ratification, by: "
                 "[\"office:realms/test/offices/council-secretary\"]}\n"},
                {"from: [partly-signed, signed], to: in-force",
                 "from: [council-ratification], to: in-force"},
                {"      - partly-signed\n      - signed\n",
                 "      - partly-signed\n      - signed\n      - council-ratification\n"}});
  ASSERT_NE(changed, shipped);
  workflows::v1::DeployDefinitionRequest deploy;
  deploy.set_parent("realms/test");
  deploy.set_text(changed);
  Command deployment = engine_.Make(deploy, Administrator());
  deployment.instance = "realms/test/definitions/twinning";
  ASSERT_OK(engine_->Execute(std::move(deployment)).status);

  ASSERT_OK(Begin("twinning", {"batangas", "rome"}, "later"));
  EXPECT_EQ(engine_->Get("realms/test/agreements/later")->record.definition_version(), 2);
  EXPECT_EQ(engine_->Get(kIt)->record.definition_version(), 1);

  workflows::v1::MigrateInstanceRequest migrate;
  migrate.set_name(kIt);
  migrate.mutable_header()->set_validate_only(true);
  ASSERT_OK(engine_.Send(migrate, Administrator()).status);
  EXPECT_EQ(engine_->Get(kIt)->record.definition_version(), 1);
  migrate.mutable_header()->set_validate_only(false);
  ASSERT_OK(engine_.Send(migrate, Administrator()).status);
  EXPECT_EQ(engine_->Get(kIt)->record.definition_version(), 2);

  AgreeOnAText();
  for (const char* gate : {"embassy-coordination", "italian-notice"}) {
    ASSERT_OK(
        Do<v1::ClearGateRequest>(fmt::format("gate: '{}' number: '1' issued_by: 'DFA'", gate)));
  }
  ASSERT_OK(Schedule("2011-03-10"));
  On("2011-03-10");
  ASSERT_OK(Sign("rome"));
  ASSERT_OK(Sign("batangas"));
  EXPECT_REFUSED(Do<v1::BringIntoForceRequest>(), StatusCode::kFailedPrecondition,
                 "NOT_IN_THIS_STATE");
  workflows::v1::TakeStepRequest ratify;
  ratify.set_name(kIt);
  ratify.set_step("ratified");
  EXPECT_REFUSED(engine_.Send(ratify, Holder(OfficeOf("rome"), "head-rome")).status,
                 StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  ASSERT_OK(engine_.Send(ratify, Holder("realms/test/offices/council-secretary", "sec")).status);
  EXPECT_EQ(StateId(), "council-ratification");
  ASSERT_OK(Do<v1::BringIntoForceRequest>());
  EXPECT_EQ(StateId(), "in-force");
}

}  // namespace
}  // namespace kasundo::agreements
