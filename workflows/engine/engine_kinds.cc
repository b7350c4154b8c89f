#include "workflows/engine/engine_kinds.h"

#include "absl/time/time.h"
#include "fmt/format.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "workflows/engine/check.h"
#include "workflows/engine/definition_checker.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {

namespace embedded {
extern const std::string_view k_realm_workflow_yaml;
extern const std::string_view k_definition_workflow_yaml;
}  // namespace embedded

namespace {

namespace v1 = workflows::v1;

// A realm: founded once.
struct Realm {
  using State = v1::RealmState;
  using Event = v1::RealmEvent;

  static State Initial() { return {}; }

  static State Evolve(State state, const Event& event) {
    switch (event.event_case()) {
      case Event::kRealmFounded:
        state.set_title(event.realm_founded().title());
        state.set_time_zone(event.realm_founded().time_zone());
        break;
      case Event::EVENT_NOT_SET:
        break;
    }
    return state;
  }

  static const KindTraits& Traits() {
    static const KindTraits traits = {"realm", "realms", ""};
    return traits;
  }

  static absl::StatusOr<std::vector<Event>> Found(const v1::FoundRealmRequest& request,
                                                  const State&, const Context&) {
    absl::TimeZone zone;
    if (!absl::LoadTimeZone(request.time_zone(), &zone)) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    fmt::format("\"{}\" is not a time zone", request.time_zone()))
          .Field("time_zone")
          .Mend("Give an IANA name such as Asia/Manila or Europe/Rome.");
    }
    Event event;
    event.mutable_realm_founded()->set_title(request.title());
    event.mutable_realm_founded()->set_time_zone(request.time_zone());
    return std::vector<Event>{event};
  }

  static const std::vector<CommandCase<Realm>>& Commands() {
    static const std::vector<CommandCase<Realm>> cases = {On(&Found, {"RealmFounded"})};
    return cases;
  }
  static const std::vector<RoleCase<Realm>>& Roles() {
    static const std::vector<RoleCase<Realm>> none;
    return none;
  }
  static const std::vector<GuardCase<Realm>>& Guards() {
    static const std::vector<GuardCase<Realm>> none;
    return none;
  }
};

constexpr std::string_view kNotItsOwn = "not-its-own";

// A definition: its texts, checked against the kinds of this program before they are accepted. Not
// a Decider because it needs the registry.
class DefinitionKind final : public Kind {
 public:
  explicit DefinitionKind(const KindRegistry& registry)
      : registry_(registry),
        command_{v1::DeployDefinitionRequest::descriptor(), {"DefinitionDeployed"}} {}

  const KindTraits& traits() const override {
    static const KindTraits traits = {"definition", "definitions", ""};
    return traits;
  }
  const google::protobuf::Descriptor* state_type() const override {
    return v1::DefinitionState::descriptor();
  }
  const google::protobuf::Descriptor* event_type() const override {
    return v1::DefinitionEvent::descriptor();
  }
  std::vector<CommandInfo> commands() const override { return {command_}; }
  std::vector<RoleInfo> roles() const override { return {}; }
  std::vector<GuardInfo> guards() const override {
    return {{std::string(kNotItsOwn), "it does not govern definitions themselves", {}}};
  }
  MessagePtr Initial() const override { return std::make_unique<v1::DefinitionState>(); }
  MessagePtr NewEvent() const override { return std::make_unique<v1::DefinitionEvent>(); }
  const CommandInfo* FindCommand(const google::protobuf::Descriptor* request) const override {
    return request == command_.request ? &command_ : nullptr;
  }

  absl::StatusOr<std::vector<MessagePtr>> Decide(const google::protobuf::Message& request,
                                                 const google::protobuf::Message& state,
                                                 const Context& context) const override {
    const auto& deploy = static_cast<const v1::DeployDefinitionRequest&>(request);
    const auto& present = static_cast<const v1::DefinitionState&>(state);
    std::vector<v1::DefinitionError> errors;
    ASSIGN_OR_RETURN(const v1::WorkflowDefinition definition,
                     ReadDefinition(deploy.text(), registry_, &errors));
    if (definition.definition() != IdOf(context.instance)) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    fmt::format("the text defines \"{}\", not \"{}\"", definition.definition(),
                                IdOf(context.instance)))
          .Field("definition_id")
          .Mend("Leave the id out, or make it the one in the text.");
    }
    const int count = present.versions_size();
    if (count > 0 && present.versions(count - 1).text() == deploy.text()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                    fmt::format("version {} of \"{}\" has exactly this text", count,
                                definition.definition()))
          .Mend("Nothing needs to be done.");
    }
    if (count > 0 && present.kind() != definition.kind()) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    fmt::format("\"{}\" governs the kind {}, not {}", definition.definition(),
                                present.kind(), definition.kind()))
          .Field("text")
          .Mend("Give the definition of another kind an id of its own.");
    }
    auto event = std::make_unique<v1::DefinitionEvent>();
    auto& deployed = *event->mutable_definition_deployed();
    deployed.set_version(count + 1);
    deployed.set_text(deploy.text());
    deployed.set_kind(definition.kind());
    deployed.set_title(definition.title());
    deployed.set_description(definition.description());
    deployed.set_built_in(context.actor.system());
    std::vector<MessagePtr> events;
    events.push_back(std::move(event));
    return events;
  }

  void Evolve(google::protobuf::Message& state,
              const google::protobuf::Message& event) const override {
    auto& definition = static_cast<v1::DefinitionState&>(state);
    const auto& fact = static_cast<const v1::DefinitionEvent&>(event);
    switch (fact.event_case()) {
      case v1::DefinitionEvent::kDefinitionDeployed: {
        const auto& deployed = fact.definition_deployed();
        definition.set_kind(deployed.kind());
        definition.set_title(deployed.title());
        definition.set_description(deployed.description());
        auto& version = *definition.add_versions();
        version.set_number(deployed.version());
        version.set_text(deployed.text());
        version.set_built_in(deployed.built_in());
        break;
      }
      case v1::DefinitionEvent::EVENT_NOT_SET:
        break;
    }
  }

  bool HoldsRole(std::string_view, const google::protobuf::Message&,
                 const Context&) const override {
    return false;
  }
  absl::Status CheckGuard(std::string_view guard, const std::map<std::string, std::string>&,
                          const google::protobuf::Message&, const Context& context) const override {
    KASUNDO_CHECK(guard == kNotItsOwn);
    if (IdOf(context.instance) != traits().kind) return absl::OkStatus();
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_GUARD_NOT_MET,
                  "without it no definition could be deployed in this realm any more")
        .Field("name")
        .Mend("Retire another definition, or deploy another text of this one.");
  }

 private:
  const KindRegistry& registry_;
  const CommandInfo command_;
};

}  // namespace

void AddEngineKinds(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<Realm>());
  registry.kinds.push_back(std::make_unique<DefinitionKind>(registry));
  registry.builtin_definitions["realm"] = std::string(embedded::k_realm_workflow_yaml);
  registry.builtin_definitions["definition"] = std::string(embedded::k_definition_workflow_yaml);
}

}  // namespace kasundo
