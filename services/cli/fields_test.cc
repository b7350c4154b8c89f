#include "services/cli/fields.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/problem.h"

namespace kasundo::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using testing::v1::MakePromiseRequest;
using workflows::v1::WorkflowDefinition;

MakePromiseRequest Promise(const std::vector<std::string>& assignments) {
  MakePromiseRequest request;
  for (const std::string& assignment : assignments) {
    const absl::Status set = SetField(request, assignment);
    EXPECT_TRUE(set.ok()) << assignment << ": " << set;
  }
  return request;
}

TEST(SetField, TakesTextAsItStands) {
  EXPECT_EQ(Promise({"text=No quorum: 9 of 18 # present"}).text(), "No quorum: 9 of 18 # present");
  EXPECT_EQ(Promise({"text=[sic]"}).text(), "[sic]");
  EXPECT_EQ(Promise({"text="}).text(), "");
  EXPECT_EQ(Promise({"text=a=b"}).text(), "a=b");
}

TEST(SetField, ReadsDatesEnumsAndNumbers) {
  const auto request = Promise({"due=2016-03", "weight=very-heavy"});
  EXPECT_EQ(request.due().year(), 2016);
  EXPECT_EQ(request.due().month(), 3);
  EXPECT_EQ(request.weight(), testing::v1::PROMISE_WEIGHT_VERY_HEAVY);
  workflows::v1::ListHistoryRequest history;
  ASSERT_TRUE(SetField(history, "from_revision=12").ok());
  EXPECT_EQ(history.from_revision(), 12);
  ASSERT_TRUE(SetField(history, "from_revision=0").ok());
  EXPECT_EQ(history.from_revision(), 0);
}

TEST(SetField, GoesIntoMessages) {
  const auto request = Promise({"header.reason=Because", "header.occurred_on=2012"});
  EXPECT_EQ(request.header().reason(), "Because");
  EXPECT_EQ(request.header().occurred_on().year(), 2012);
}

TEST(SetField, FillsListsByIndexByAppendingAndAsAWhole) {
  EXPECT_THAT(Promise({"witnesses[0]=a", "witnesses[1]=b", "witnesses[0]=c"}).witnesses(),
              ElementsAre("c", "b"));
  EXPECT_THAT(Promise({"witnesses=a", "witnesses=b"}).witnesses(), ElementsAre("a", "b"));
  EXPECT_THAT(Promise({"witnesses=[a, b]"}).witnesses(), ElementsAre("a", "b"));
}

TEST(SetField, FillsElementsThatAreMessages) {
  WorkflowDefinition definition;
  ASSERT_TRUE(SetField(definition, "states[0].id=draft").ok());
  ASSERT_TRUE(SetField(definition, "states[0].title=Draft").ok());
  ASSERT_TRUE(SetField(definition, "states[1]={id: kept, final: true}").ok());
  ASSERT_EQ(definition.states_size(), 2);
  EXPECT_EQ(definition.states(0).title(), "Draft");
  EXPECT_TRUE(definition.states(1).final());
}

TEST(SetField, FillsMapsByKey) {
  WorkflowDefinition definition;
  ASSERT_TRUE(SetField(definition, "parameters.notice_days=7").ok());
  ASSERT_TRUE(SetField(definition, "parameters.other=x").ok());
  EXPECT_EQ(definition.parameters().at("notice_days"), "7");
  EXPECT_EQ(definition.parameters().size(), 2u);
}

TEST(SetField, TakesTheContentOfAFile) {
  const std::string path = ::testing::TempDir() + "fields_test_" + std::to_string(getpid()) + ".md";
  std::ofstream(path) << "# Minutes\n";
  EXPECT_EQ(Promise({"text=@" + path}).text(), "# Minutes\n");
  EXPECT_EQ(Promise({"text=@@ana"}).text(), "@ana");
  std::remove(path.c_str());
}

TEST(SetField, RefusesWhatIsNoFieldAndNamesTheNearest) {
  MakePromiseRequest request;
  const absl::Status status = SetField(request, "witneses=a");
  EXPECT_EQ(ExitOf(status), Exit::kUsage);
  EXPECT_THAT(MendOf(status), HasSubstr("witnesses"));
}

TEST(SetField, RefusesWhatDoesNotFit) {
  MakePromiseRequest request;
  for (const char* wrong :
       {"text", "=a", "weight=enormous", "due=someday", "text.more=a", "witnesses[2]=a",
        "witnesses[x]=a", "witnesses[0=a", "text[0]=a", "text=@/no/such/file"}) {
    EXPECT_EQ(ExitOf(SetField(request, wrong)), Exit::kUsage) << wrong;
  }
  WorkflowDefinition definition;
  EXPECT_EQ(ExitOf(SetField(definition, "states.id=draft")), Exit::kUsage);
}

TEST(CompletePath, OffersFieldsThatBeginSo) {
  const auto& promise = *MakePromiseRequest::descriptor();
  EXPECT_THAT(CompletePath(promise, "promis"),
              UnorderedElementsAre("promise_id=", "promiser=", "promisee="));
  EXPECT_THAT(CompletePath(promise, "du"), ElementsAre("due="));
  EXPECT_THAT(CompletePath(promise, "hea"), ElementsAre("header."));
  EXPECT_THAT(CompletePath(promise, "header.rea"), ElementsAre("header.reason="));
  EXPECT_THAT(CompletePath(*WorkflowDefinition::descriptor(), "states[0].ti"),
              ElementsAre("states[0].title="));
  EXPECT_THAT(CompletePath(*WorkflowDefinition::descriptor(), "stat"), ElementsAre("states[0]."));
  EXPECT_THAT(CompletePath(promise, "nothing"), IsEmpty());
}

TEST(CompletePath, OffersValuesOfEnumsAndBools) {
  EXPECT_THAT(CompletePath(*MakePromiseRequest::descriptor(), "weight=v"),
              ElementsAre("weight=very-heavy"));
  EXPECT_THAT(CompletePath(*WorkflowDefinition::descriptor(), "states[0].final="),
              Contains("states[0].final=true"));
}

}  // namespace
}  // namespace kasundo::cli
