#include "services/cli/catalog.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/api_description.h"
#include "services/cli/problem.h"

namespace kasundo::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Catalog, FindsARpcHoweverItIsWritten) {
  const Catalog catalog;
  for (const char* name : {"TakeStep", "take-step", "takestep", "Workflows.TakeStep",
                           "kasundo.workflows.v1.Workflows.TakeStep"}) {
    const auto found = catalog.Find(name);
    ASSERT_TRUE(found.ok()) << name << ": " << found.status();
    EXPECT_EQ((*found)->full_name(), "kasundo.workflows.v1.Workflows.TakeStep");
  }
}

TEST(Catalog, RefusesAnUnknownRpcAndNamesTheNearest) {
  const Catalog catalog;
  const auto found = catalog.Find("TakeSteps");
  EXPECT_EQ(ExitOf(found.status()), Exit::kUsage);
  EXPECT_THAT(MendOf(found.status()), HasSubstr("TakeStep"));
  EXPECT_EQ(ExitOf(catalog.Find("").status()), Exit::kUsage);
}

TEST(Catalog, FindsARpcByItsRequest) {
  const Catalog catalog;
  const auto* method = catalog.FindByRequest(*workflows::v1::TakeStepRequest::descriptor());
  ASSERT_NE(method, nullptr);
  EXPECT_EQ(catalog.NameOf(*method), "TakeStep");
  EXPECT_EQ(catalog.FindByRequest(*workflows::v1::Definition::descriptor()), nullptr);
}

TEST(Catalog, EveryRpcIsFoundByTheNameItIsGiven) {
  const Catalog catalog;
  ASSERT_THAT(catalog.methods(), Not(IsEmpty()));
  for (const auto* method : catalog.methods()) {
    const auto found = catalog.Find(catalog.NameOf(*method));
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(*found, method);
  }
}

TEST(Catalog, HasNoTwoRpcsOfOneName) {
  // People write bare names ("act AddParty ..."); a name of two RPCs would have to be spelt out.
  const Catalog catalog;
  for (const auto* method : catalog.methods()) {
    EXPECT_EQ(catalog.NameOf(*method), method->name()) << method->full_name();
  }
}

TEST(Catalog, HasEveryServiceOfTheInterface) {
  // Services whose generated file is not linked in would be missing without a word.
  for (const std::string& file : ApiFiles()) {
    EXPECT_NE(google::protobuf::DescriptorPool::generated_pool()->FindFileByName(file), nullptr)
        << file;
  }
}

TEST(Catalog, KnowsACollectionByTheRpcThatListsIt) {
  const Catalog catalog;
  const Collection* definitions = catalog.FindCollection("definitions");
  ASSERT_NE(definitions, nullptr);
  EXPECT_EQ(definitions->resource, workflows::v1::Definition::descriptor());
  EXPECT_EQ(definitions->list->name(), "ListDefinitions");
  ASSERT_NE(definitions->get, nullptr);
  EXPECT_EQ(definitions->get->name(), "GetDefinition");
  EXPECT_EQ(catalog.FindCollectionOf(*workflows::v1::Definition::descriptor()), definitions);
  ASSERT_NE(catalog.FindCollection("realms"), nullptr);
  EXPECT_EQ(catalog.FindCollection("entries"), nullptr);  // of a history: no resources
}

TEST(Catalog, KnowsBeneathWhatACollectionLies) {
  const Catalog catalog;
  ASSERT_NE(catalog.FindCollection("meetings"), nullptr);
  EXPECT_EQ(catalog.FindCollection("meetings")->above, "committees");
  EXPECT_EQ(catalog.FindCollection("committees")->above, "");
}

TEST(Creates, IsWhatBringsSomethingIntoBeing) {
  const Catalog catalog;
  EXPECT_TRUE(Creates(**catalog.Find("CreateRealm")));
  EXPECT_FALSE(Creates(**catalog.Find("TakeStep")));
  EXPECT_TRUE(IsCommand(**catalog.Find("TakeStep")));
  EXPECT_FALSE(IsCommand(**catalog.Find("Batch")));
}

TEST(CommentOf, IsTheTextAboveAnElement) {
  const Catalog catalog;
  EXPECT_THAT(CommentOf(**catalog.Find("ListRealms")), HasSubstr("All realms"));
  const auto* request = admin::v1::CreateRealmRequest::descriptor();
  EXPECT_EQ(CommentOf(*request), "Request of CreateRealm.");
  EXPECT_THAT(CommentOf(*request->FindFieldByName("time_zone")), HasSubstr("IANA"));
}

TEST(FirstSentence, EndsAtAPointBeforeACapital) {
  EXPECT_EQ(FirstSentence("Founds a realm. Not undone."), "Founds a realm.");
  EXPECT_EQ(FirstSentence("See No. 5 of it. Then stop."), "See No. 5 of it.");
  EXPECT_EQ(FirstSentence("no end"), "no end");
}

}  // namespace
}  // namespace kasundo::cli
