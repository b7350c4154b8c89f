// Service Workflows over real gRPC: what every kind has in common.
#include <gmock/gmock.h>

#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "tests/e2e/promises.h"
#include "tests/support/toy_kind.h"

namespace kasundo::testing {
namespace {

namespace wv1 = workflows::v1;
using ::testing::Contains;
using ::testing::HasSubstr;

std::string ReasonOfResult(const wv1::BatchResult& result) {
  api::v1::Refusal refusal;
  return result.refusal().details_size() == 1 && result.refusal().details(0).UnpackTo(&refusal)
             ? refusal.reason()
             : "";
}

class WorkflowsTest : public ::testing::Test {
 protected:
  // The toy's definition with another title, as a realm would change it.
  std::string Changed() const {
    std::string text(PromiseDefinitionText());
    return text.replace(text.find("title: Promise"), 14, "title: Solemn promise");
  }

  TestServer server_;
  std::unique_ptr<Client> ana_ = server_.ClientFor(kAna);
  std::unique_ptr<Client> ben_ = server_.ClientFor(kBen);
  std::unique_ptr<Client> admin_ = server_.ClientFor(kAdmin);
};

TEST_F(WorkflowsTest, CheckingADefinitionNamesEveryFaultWithItsLine) {
  wv1::CheckDefinitionRequest request;
  request.set_text(
      "definition: promise\nkind: promise\ntitle: P\ninitial: nowhere\nstates: [{id: open}]\n");
  wv1::CheckDefinitionResponse response;
  ASSERT_TRUE(ana_->Call(Workflows("CheckDefinition"), request, &response).ok());
  ASSERT_GT(response.errors_size(), 0);
  std::vector<std::string> codes;
  for (const auto& error : response.errors()) codes.push_back(error.code());
  EXPECT_THAT(codes, Contains("UNKNOWN_STATE"));
}

TEST_F(WorkflowsTest, DeployingAChangedTextMakesTheNextVersionAndTheSameTextNone) {
  wv1::DeployDefinitionRequest request;
  request.set_parent("realms/test");
  request.set_text(Changed());
  wv1::Definition definition;
  ExpectRefused(ana_->Call(Workflows("DeployDefinition"), request, &definition),
                absl::StatusCode::kPermissionDenied, "ADMINISTRATOR_REQUIRED");
  const absl::Status deployed = admin_->Call(Workflows("DeployDefinition"), request, &definition);
  ASSERT_TRUE(deployed.ok()) << deployed;
  EXPECT_EQ(definition.name(), "realms/test/definitions/promise");
  EXPECT_EQ(definition.latest_version(), 2);
  EXPECT_EQ(definition.title(), "Solemn promise");
  ExpectRefused(admin_->Call(Workflows("DeployDefinition"), request, &definition),
                absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");

  wv1::GetDefinitionRequest get;
  get.set_name("realms/test/definitions/promise");
  get.set_version(1);
  ASSERT_TRUE(ana_->Call(Workflows("GetDefinition"), get, &definition).ok());
  EXPECT_EQ(definition.text(), PromiseDefinitionText());
  get.set_version(3);
  ExpectRefused(ana_->Call(Workflows("GetDefinition"), get, &definition),
                absl::StatusCode::kNotFound, "VERSION_NOT_FOUND");

  wv1::ListDefinitionsRequest list;
  list.set_parent("realms/test");
  wv1::ListDefinitionsResponse listed;
  ASSERT_TRUE(ana_->Call(Workflows("ListDefinitions"), list, &listed).ok());
  EXPECT_EQ(listed.definitions_size(), 3);
  for (const auto& one : listed.definitions()) EXPECT_TRUE(one.text().empty());
}

TEST_F(WorkflowsTest, DeployingAnotherDefinitionOfTheKindGovernsNewInstancesThatAskForIt) {
  std::string text = Changed();
  text.replace(text.find("definition: promise"), 19, "definition: solemn-promise");
  wv1::DeployDefinitionRequest request;
  request.set_parent("realms/test");
  request.set_text(text);
  wv1::Definition definition;
  ASSERT_TRUE(admin_->Call(Workflows("DeployDefinition"), request, &definition).ok());
  EXPECT_EQ(definition.name(), "realms/test/definitions/solemn-promise");
  EXPECT_EQ(definition.latest_version(), 1);
}

TEST_F(WorkflowsTest, AStepThatOnlyTheDefinitionKnowsIsTakenByItsRole) {
  wv1::TakeStepRequest step;
  step.set_name(Make(*ana_, Promising("road")).name());
  step.set_step("reminder");
  step.set_note("by telephone");
  wv1::AnyInstance instance;
  ExpectRefused(ana_->Call(Workflows("TakeStep"), step, &instance),
                absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  const absl::Status taken = ben_->Call(Workflows("TakeStep"), step, &instance);
  ASSERT_TRUE(taken.ok()) << taken;
  EXPECT_EQ(instance.kind(), "promise");
  EXPECT_EQ(instance.revision(), 2);
  v1::Promise promise;
  ASSERT_TRUE(instance.resource().UnpackTo(&promise));
  EXPECT_EQ(promise.etag(), instance.etag());
}

TEST_F(WorkflowsTest, MigratingShowsFirstAndThenMovesAnInstanceToAnotherVersion) {
  const std::string name = Make(*ana_, Promising("road")).name();
  wv1::DeployDefinitionRequest deploy;
  deploy.set_parent("realms/test");
  deploy.set_text(Changed());
  wv1::Definition definition;
  ASSERT_TRUE(admin_->Call(Workflows("DeployDefinition"), deploy, &definition).ok());
  wv1::MigrateInstanceRequest migrate;
  migrate.set_name(name);
  migrate.set_to_version(2);
  migrate.mutable_header()->set_validate_only(true);
  wv1::AnyInstance instance;
  absl::Status migrated = admin_->Call(Workflows("MigrateInstance"), migrate, &instance);
  ASSERT_TRUE(migrated.ok()) << migrated;
  EXPECT_EQ(instance.definition_version(), 2);
  wv1::GetInstanceRequest get;
  get.set_name(name);
  ASSERT_TRUE(ana_->Call(Workflows("GetInstance"), get, &instance).ok());
  EXPECT_EQ(instance.definition_version(), 1);
  migrate.mutable_header()->set_validate_only(false);
  ASSERT_TRUE(admin_->Call(Workflows("MigrateInstance"), migrate, &instance).ok());
  EXPECT_EQ(instance.definition_version(), 2);
  EXPECT_EQ(instance.state(), "open");
}

TEST_F(WorkflowsTest, DescribingSaysWhatMayBeDoneByWhomAndWhatIsDue) {
  v1::MakePromiseRequest request = Promising("road");
  request.mutable_due()->set_year(2016);
  request.mutable_due()->set_month(5);
  request.mutable_due()->set_day(31);
  wv1::DescribeInstanceRequest describe;
  describe.set_name(Make(*ana_, request).name());
  wv1::DescribeInstanceResponse description;
  ASSERT_TRUE(ana_->Call(Workflows("DescribeInstance"), describe, &description).ok());
  EXPECT_EQ(description.state_title(), "Open");
  EXPECT_FALSE(description.final());
  std::map<std::string, wv1::PossibleCommand> by_type;
  for (const auto& command : description.commands())
    by_type[command.rpc() + command.step()] = command;
  const auto& reword = by_type.at("kasundo.testing.v1.Promises.RewordPromise");
  EXPECT_TRUE(reword.in_this_state());
  EXPECT_TRUE(reword.by_you());
  ASSERT_EQ(reword.by_size(), 1);
  EXPECT_EQ(reword.by(0).role(), "promiser");
  EXPECT_FALSE(reword.by(0).meaning().empty());
  const auto& withdraw = by_type.at("kasundo.testing.v1.Promises.WithdrawPromise");
  EXPECT_THAT(withdraw.states(), ::testing::ElementsAre("open"));
  EXPECT_TRUE(by_type.at("kasundo.workflows.v1.Workflows.TakeStepreminder").in_this_state());
  EXPECT_EQ(by_type.count("kasundo.testing.v1.Promises.MakePromise"), 0u);
  std::vector<std::string> deadlines;
  for (const auto& deadline : description.deadlines()) deadlines.push_back(deadline.deadline());
  EXPECT_THAT(deadlines, ::testing::UnorderedElementsAre("keep-by", "ask-after"));

  ASSERT_TRUE(ben_->Call(Workflows("DescribeInstance"), describe, &description).ok());
  for (const auto& command : description.commands()) {
    if (command.rpc() != "kasundo.testing.v1.Promises.RewordPromise") continue;
    EXPECT_FALSE(command.by_you());
  }
}

TEST_F(WorkflowsTest, ADeadlineThatPassesIsInTheHistory) {
  v1::MakePromiseRequest request = Promising("road");
  request.mutable_due()->set_year(2016);
  request.mutable_due()->set_month(3);
  request.mutable_due()->set_day(20);
  const std::string name = Make(*ana_, request).name();
  server_.clock().Advance(absl::Hours(24 * 4));
  server_.FireDueTimers();
  wv1::ListHistoryRequest list;
  list.set_name(name);
  wv1::ListHistoryResponse history;
  ASSERT_TRUE(ana_->Call(Workflows("ListHistory"), list, &history).ok());
  ASSERT_EQ(history.entries_size(), 2);
  EXPECT_EQ(history.entries(1).event(), "deadline/keep-by");
  EXPECT_EQ(history.entries(1).to_state(), "overdue");
  EXPECT_EQ(history.entries(1).actor().account(), "system");
}

TEST_F(WorkflowsTest, ABatchAnswersEachCommandAndALaterOneSeesTheEarlier) {
  wv1::BatchRequest batch;
  batch.add_commands()->PackFrom(Promising("road", "b-1"));
  v1::RewordPromiseRequest reword;
  reword.set_name("realms/test/promises/road");
  reword.set_text("soon");
  reword.mutable_header()->set_request_id("b-2");
  batch.add_commands()->PackFrom(reword);
  batch.add_commands()->PackFrom(Promising("road"));
  batch.add_commands()->PackFrom(wv1::GetInstanceRequest());
  wv1::BatchResponse response;

  const int64_t before = *server_.engine().NextPosition("realms/test");
  batch.set_validate_only(true);
  ASSERT_TRUE(ana_->Call(Workflows("Batch"), batch, &response).ok());
  ASSERT_EQ(response.results_size(), 4);
  EXPECT_TRUE(response.results(1).has_resource()) << response.results(1).ShortDebugString();
  EXPECT_EQ(ReasonOfResult(response.results(2)), "INSTANCE_EXISTS");
  EXPECT_EQ(*server_.engine().NextPosition("realms/test"), before) << "a rehearsal records nothing";

  batch.set_validate_only(false);
  ASSERT_TRUE(ana_->Call(Workflows("Batch"), batch, &response).ok());
  ASSERT_EQ(response.results_size(), 4);
  v1::Promise promise;
  ASSERT_TRUE(response.results(1).resource().UnpackTo(&promise));
  EXPECT_EQ(promise.text(), "soon");
  EXPECT_EQ(response.results(1).events(0), "PromiseReworded");
  EXPECT_EQ(ReasonOfResult(response.results(2)), "INSTANCE_EXISTS");
  EXPECT_EQ(ReasonOfResult(response.results(3)), "NOT_A_COMMAND");

  ASSERT_TRUE(ana_->Call(Workflows("Batch"), batch, &response).ok());
  EXPECT_TRUE(response.results(0).repeated_request());
  EXPECT_TRUE(response.results(1).repeated_request());
  EXPECT_EQ(*server_.engine().NextPosition("realms/test"), before + 2);
}

TEST_F(WorkflowsTest, ABatchOfTooManyIsRefusedAsAWhole) {
  wv1::BatchRequest batch;
  for (int i = 0; i < 1'001; ++i)
    batch.add_commands()->PackFrom(Promising("p-" + std::to_string(i)));
  wv1::BatchResponse response;
  ExpectRefused(ana_->Call(Workflows("Batch"), batch, &response),
                absl::StatusCode::kInvalidArgument, "BATCH_TOO_LARGE");
}

TEST_F(WorkflowsTest, ABatchIntoAnotherRealmIsRefusedCommandByCommand) {
  v1::MakePromiseRequest elsewhere = Promising("road");
  elsewhere.set_parent("realms/system");
  wv1::BatchRequest batch;
  batch.add_commands()->PackFrom(elsewhere);
  batch.add_commands()->PackFrom(Promising("road"));
  wv1::BatchResponse response;
  ASSERT_TRUE(ana_->Call(Workflows("Batch"), batch, &response).ok());
  EXPECT_EQ(ReasonOfResult(response.results(0)), "OTHER_REALM");
  EXPECT_TRUE(response.results(1).has_resource());
}

}  // namespace
}  // namespace kasundo::testing
