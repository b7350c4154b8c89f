#include "services/cli/names.h"

#include "gtest/gtest.h"
#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/problem.h"

namespace kasundo::cli {
namespace {

constexpr char kRealm[] = "realms/calabarzon";

TEST(CompleteName, PutsTheRealmBeforeAShortName) {
  EXPECT_EQ(*CompleteName("committees/cmd", kRealm), "realms/calabarzon/committees/cmd");
  EXPECT_EQ(*CompleteName("realms/bicol/committees/cmd", kRealm), "realms/bicol/committees/cmd");
  EXPECT_EQ(*CompleteName("", kRealm), "");
}

TEST(CompleteName, RefusesAShortNameWithoutARealm) {
  EXPECT_EQ(ExitOf(CompleteName("committees/cmd", "").status()), Exit::kUsage);
  EXPECT_EQ(*CompleteName("realms/bicol/committees/cmd", ""), "realms/bicol/committees/cmd");
}

TEST(CompleteNames, CompletesNameAndReferencesAtAnyDepth) {
  workflows::v1::TakeStepRequest request;
  request.set_name("committees/cmd");
  request.set_step("council-ratification");
  request.mutable_header()->set_acting_office("offices/secretary");
  ASSERT_TRUE(CompleteNames(request, kRealm).ok());
  EXPECT_EQ(request.name(), "realms/calabarzon/committees/cmd");
  EXPECT_EQ(request.step(), "council-ratification");
  EXPECT_EQ(request.header().acting_office(), "realms/calabarzon/offices/secretary");
}

TEST(CompleteNames, TakesTheRealmAsParentOfWhatLiesBeneathIt) {
  workflows::v1::DeployDefinitionRequest request;
  ASSERT_TRUE(CompleteNames(request, kRealm).ok());
  EXPECT_EQ(request.parent(), kRealm);
}

TEST(CompleteNames, CompletesARealmThatIsGivenByItsIdAlone) {
  admin::v1::VerifyRequest request;
  request.set_realm("bicol");
  ASSERT_TRUE(CompleteNames(request, kRealm).ok());
  EXPECT_EQ(request.realm(), "realms/bicol");
}

TEST(SetTarget, FillsNameWhereThereIsOne) {
  workflows::v1::TakeStepRequest request;
  ASSERT_TRUE(SetTarget(request, "realms/calabarzon/committees/cmd").ok());
  EXPECT_EQ(request.name(), "realms/calabarzon/committees/cmd");
}

TEST(SetTarget, SplitsTheNameOfWhatIsToBe) {
  workflows::v1::DeployDefinitionRequest request;
  ASSERT_TRUE(SetTarget(request, "realms/calabarzon/definitions/committee").ok());
  EXPECT_EQ(request.parent(), kRealm);
  EXPECT_EQ(request.definition_id(), "committee");
  EXPECT_EQ(ExitOf(SetTarget(request, "realms/calabarzon/definitions")), Exit::kUsage);
}

TEST(SetTarget, KnowsRealmsToo) {
  admin::v1::CreateRealmRequest request;
  ASSERT_TRUE(SetTarget(request, "realms/bicol").ok());
  EXPECT_EQ(request.realm_id(), "bicol");
}

TEST(SetTarget, RefusesANameWhereNoneIsTaken) {
  admin::v1::StatsRequest request;
  EXPECT_EQ(ExitOf(SetTarget(request, "realms/bicol")), Exit::kUsage);
}

TEST(NewName, IsWhatARequestGives) {
  admin::v1::CreateRealmRequest realm;
  realm.set_realm_id("bicol");
  EXPECT_EQ(NewName(realm, "realms"), "realms/bicol");
  workflows::v1::DeployDefinitionRequest definition;
  definition.set_parent(kRealm);
  definition.set_definition_id("committee");
  EXPECT_EQ(NewName(definition, "definitions"), "realms/calabarzon/definitions/committee");
  EXPECT_EQ(NewName(admin::v1::StatsRequest(), "realms"), "");
}

TEST(ShortName, LeavesOutTheOwnRealmOnly) {
  EXPECT_EQ(ShortName("realms/calabarzon/committees/cmd", kRealm), "committees/cmd");
  EXPECT_EQ(ShortName("realms/bicol/committees/cmd", kRealm), "realms/bicol/committees/cmd");
  EXPECT_EQ(ShortName("realms/calabarzon", kRealm), "realms/calabarzon");
  EXPECT_EQ(ShortName("realms/calabarzon-east/offices/a", kRealm),
            "realms/calabarzon-east/offices/a");
}

TEST(Names, AreTakenApart) {
  const std::string name = "realms/calabarzon/committees/cmd/meetings/2016-q1";
  EXPECT_EQ(RealmOf(name), kRealm);
  EXPECT_EQ(CollectionOf(name), "meetings");
  EXPECT_EQ(ParentOf(name), "realms/calabarzon/committees/cmd");
  EXPECT_EQ(IdOf(name), "2016-q1");
  EXPECT_FALSE(EndsInCollection(name));
  EXPECT_TRUE(EndsInCollection("realms/calabarzon/committees"));
  EXPECT_EQ(ParentOf("realms/calabarzon"), "");
  EXPECT_EQ(CollectionOf("realms/calabarzon"), "realms");
}

}  // namespace
}  // namespace kasundo::cli
