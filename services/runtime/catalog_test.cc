#include "services/runtime/catalog.h"

#include <gmock/gmock.h>

#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/engine_kinds.h"

namespace kasundo {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace toy = testing::v1;

toy::Promise NoFields(const Instance&, const MappingContext&) { return {}; }

class Catalog : public ::testing::Test {
 protected:
  const KindRegistry kinds_ = testing::ToyRegistry();
  ServiceCatalog catalog_;
};

TEST_F(Catalog, IsCompleteWithAServiceItsKindAndItsMapping) {
  catalog_.AddService("kasundo.testing.v1.Promises");
  catalog_.AddKind<toy::Promise>("promise", NoFields);
  EXPECT_THAT(catalog_.Complete(kinds_), IsEmpty());
}

TEST_F(Catalog, FindsTheRpcOfARequest) {
  catalog_.AddService("kasundo.testing.v1.Promises");
  ASSERT_NE(catalog_.FindCommand(toy::KeepPromiseRequest::descriptor()), nullptr);
  EXPECT_EQ(catalog_.FindCommand(toy::KeepPromiseRequest::descriptor())->full_name(),
            "kasundo.testing.v1.Promises.KeepPromise");
  EXPECT_EQ(catalog_.FindCommand(toy::GetPromiseRequest::descriptor()), nullptr);
}

TEST_F(Catalog, MissesAMapping) {
  catalog_.AddService("kasundo.testing.v1.Promises");
  EXPECT_THAT(catalog_.Complete(kinds_),
              Contains(HasSubstr("Promises.GetPromise: kind promise has no mapping")));
}

TEST_F(Catalog, MissesTheKindInTheEngine) {
  catalog_.AddService("kasundo.testing.v1.Promises");
  catalog_.AddKind<toy::Promise>("promise", NoFields);
  EXPECT_THAT(catalog_.Complete(KindRegistry()),
              Contains(HasSubstr("MakePromise: the engine has no kind promise")));
}

TEST_F(Catalog, MissesADeciderCase) {
  // The engine's definition kind decides DeployDefinition only; a toy kind in its place knows other
  // commands.
  KindRegistry kinds;
  AddEngineKinds(kinds);
  catalog_.AddService("kasundo.testing.v1.Promises");
  catalog_.AddKind<toy::Promise>("promise", NoFields);
  class Renamed final : public Kind {
   public:
    explicit Renamed(const Kind& of) : of_(of) {}
    const KindTraits& traits() const override { return traits_; }
    const google::protobuf::Descriptor* state_type() const override { return of_.state_type(); }
    const google::protobuf::Descriptor* event_type() const override { return of_.event_type(); }
    std::vector<CommandInfo> commands() const override { return of_.commands(); }
    std::vector<RoleInfo> roles() const override { return of_.roles(); }
    std::vector<GuardInfo> guards() const override { return of_.guards(); }
    MessagePtr Initial() const override { return of_.Initial(); }
    MessagePtr NewEvent() const override { return of_.NewEvent(); }
    const CommandInfo* FindCommand(const google::protobuf::Descriptor* request) const override {
      return of_.FindCommand(request);
    }
    absl::StatusOr<std::vector<MessagePtr>> Decide(const google::protobuf::Message& request,
                                                   const google::protobuf::Message& state,
                                                   const Context& context) const override {
      return of_.Decide(request, state, context);
    }
    void Evolve(google::protobuf::Message& state,
                const google::protobuf::Message& event) const override {
      of_.Evolve(state, event);
    }
    bool HoldsRole(std::string_view role, const google::protobuf::Message& state,
                   const Context& context) const override {
      return of_.HoldsRole(role, state, context);
    }
    absl::Status CheckGuard(std::string_view guard, const std::map<std::string, std::string>& with,
                            const google::protobuf::Message& state,
                            const Context& context) const override {
      return of_.CheckGuard(guard, with, state, context);
    }

   private:
    const Kind& of_;
    const KindTraits traits_ = {"promise", "promises", ""};
  };
  kinds.kinds.push_back(std::make_unique<Renamed>(*kinds.Find("definition")));
  EXPECT_THAT(catalog_.Complete(kinds),
              Contains(HasSubstr(
                  "the decider of promise has no case for kasundo.testing.v1.KeepPromiseRequest")));
}

TEST_F(Catalog, MissesAHandlerOfAQueryAndOfAStream) {
  catalog_.AddService("kasundo.workflows.v1.Workflows");
  const auto missing = catalog_.Complete(kinds_);
  EXPECT_THAT(missing, Contains(HasSubstr("Workflows.CheckDefinition: no handler")));
  EXPECT_THAT(missing, Contains(HasSubstr("Workflows.Watch: no stream handler")));
}

TEST_F(Catalog, RefusesAMappingToAnotherResource) {
  catalog_.AddService("kasundo.testing.v1.Promises");
  catalog_.AddKind<workflows::v1::Definition>(
      "promise",
      [](const Instance&, const MappingContext&) { return workflows::v1::Definition(); });
  EXPECT_THAT(catalog_.Complete(kinds_),
              Contains(HasSubstr("answers with kasundo.testing.v1.Promise, but kind promise is "
                                 "mapped to kasundo.workflows.v1.Definition")));
}

TEST_F(Catalog, RefusesAHandlerForNoRpcAndOneOfAnotherType) {
  catalog_.AddService("kasundo.testing.v1.Promises");
  catalog_.AddKind<toy::Promise>("promise", NoFields);
  const auto handler = [](const toy::GetPromiseRequest&,
                          const CallContext&) -> absl::StatusOr<toy::Promise> {
    return toy::Promise();
  };
  catalog_.Query<toy::GetPromiseRequest, toy::Promise>("kasundo.testing.v1.Promises.BreakPromise",
                                                       handler);
  catalog_.Query<toy::GetPromiseRequest, toy::Promise>("kasundo.testing.v1.Promises.ListPromises",
                                                       handler);
  const auto missing = catalog_.Complete(kinds_);
  EXPECT_THAT(missing, Contains(HasSubstr("BreakPromise, which no service has")));
  EXPECT_THAT(missing,
              Contains(HasSubstr("ListPromises takes kasundo.testing.v1.GetPromiseRequest")));
}

TEST_F(Catalog, RefusesWhatIsRegisteredTwiceOrNotLinkedIn) {
  catalog_.AddService("kasundo.testing.v1.Promises");
  catalog_.AddService("kasundo.testing.v1.Promises");
  catalog_.AddService("kasundo.testing.v1.Threats");
  catalog_.AddKind<toy::Promise>("promise", NoFields);
  catalog_.AddKind<toy::Promise>("promise", NoFields);
  const auto missing = catalog_.Complete(kinds_);
  EXPECT_THAT(missing, Contains(HasSubstr("is registered twice")));
  EXPECT_THAT(missing, Contains(HasSubstr("no service kasundo.testing.v1.Threats is linked in")));
  EXPECT_THAT(missing, Contains(HasSubstr("kind promise has two mappings")));
}

}  // namespace
}  // namespace kasundo
