#include "tests/support/stage.h"

#include <utility>

#include "fmt/format.h"
#include "google/protobuf/dynamic_message.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/memory_journal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Time Morning(const std::string& day) {
  return absl::FromCivil(First(*ParseCivilDate(day)), absl::UTCTimeZone()) + absl::Hours(1);
}

// The kind whose command this request is; nullptr for those of the engine, which go to any kind.
const Kind* KindOf(const KindRegistry& kinds, const Descriptor* request) {
  for (const auto& kind : kinds.kinds) {
    if (kind->FindCommand(request) != nullptr) return kind.get();
  }
  return nullptr;
}

std::string StringOf(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

void SetIfEmpty(Message& message, const std::string& name, std::string_view value) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field != nullptr && StringOf(message, name).empty()) {
    message.GetReflection()->SetString(&message, field, std::string(value));
  }
}

Outcome Failed(absl::Status status) {
  Outcome outcome;
  outcome.status = std::move(status);
  return outcome;
}

}  // namespace

Stage::Stage(const v1::StateCommandCases& cases)
    : cases_(cases), clock_(Morning(cases.begins().empty() ? "2016-01-04" : cases.begins())) {
  workflows::v1::Actor administrator;
  administrator.set_account(fmt::format("{}/accounts/administrator", kRealm));
  administrator.set_administrator(true);
  actors_["administrator"] = administrator;
  actors_[""] = administrator;
  for (const auto& named : cases.actors()) actors_[named.id()] = named.actor();
}

absl::StatusOr<std::unique_ptr<Stage>> Stage::Open(const Registry& registry,
                                                   const v1::StateCommandCases& cases) {
  std::unique_ptr<Stage> stage(new Stage(cases));
  ASSIGN_OR_RETURN(stage->engine_,
                   Engine::Open({}, std::make_unique<MemoryJournal>(), registry, stage->clock_));
  stage->rules_ = std::make_unique<FieldRulesChecker>(stage->engine_->kinds());
  RETURN_IF_ERROR(
      stage->engine_->CreateRealm(kRealm, "Test", "Asia/Manila", stage->actors_["administrator"]));
  return stage;
}

absl::StatusOr<Command> Stage::CommandOf(const v1::Act& act) const {
  const std::string type = act.command().type_url().substr(act.command().type_url().rfind('/') + 1);
  const Descriptor* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  if (descriptor == nullptr) return absl::NotFoundError(fmt::format("no message type {}", type));
  std::shared_ptr<Message> request(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  if (!act.command().UnpackTo(request.get())) {
    return absl::InvalidArgumentError(fmt::format("the bytes are no {}", type));
  }
  const auto actor = actors_.find(act.by());
  if (actor == actors_.end()) {
    return absl::NotFoundError(fmt::format("the cases list no actor '{}'", act.by()));
  }

  Command command;
  command.actor = actor->second;
  if (descriptor->FindFieldByName("name") != nullptr) {
    SetIfEmpty(*request, "name", cases_.instance());
    command.instance = StringOf(*request, "name");
  } else {
    const Kind* kind = KindOf(engine_->kinds(), descriptor);
    if (kind == nullptr) return absl::NotFoundError("no kind has the command " + type);
    const KindTraits& traits = kind->traits();
    if (traits.kind == cases_.kind()) {
      SetIfEmpty(*request, "parent", ParentOf(cases_.instance()));
      SetIfEmpty(*request, traits.kind + "_id", IdOf(cases_.instance()));
    }
    command.instance = fmt::format("{}/{}/{}", StringOf(*request, "parent"), traits.collection,
                                   StringOf(*request, traits.kind + "_id"));
    command.definition = StringOf(*request, "definition");
    command.creates = !act.or_changes() || !engine_->Get(command.instance).ok();
  }
  // On a copy: the check clears what the service fills in afterwards, and here the case does that.
  std::unique_ptr<Message> checked(request->New());
  checked->CopyFrom(*request);
  RETURN_IF_ERROR(rules_->Check(*checked, &command.references));
  if (const FieldDescriptor* header = descriptor->FindFieldByName("header")) {
    command.header = dynamic_cast<const api::v1::CommandHeader&>(
        request->GetReflection()->GetMessage(*request, header));
  }
  command.request = std::move(request);
  return command;
}

absl::Status Stage::PassTime(const v1::Act& act) {
  if (act.until().empty()) return absl::OkStatus();
  const absl::StatusOr<CivilDate> until = ParseCivilDate(act.until());
  if (!until.ok()) return until.status();
  const absl::Time end = Morning(act.until());
  if (end < clock_.Now()) {
    return absl::InvalidArgumentError(fmt::format("time cannot go back to {}", act.until()));
  }
  // Each deadline fires at its own time.
  while (true) {
    const absl::Time next = engine_->FireDueTimers();
    while (engine_->Pump() > 0) {
    }
    if (next > end) break;
    if (next > clock_.Now()) clock_.Set(next);
  }
  clock_.Set(end);
  return absl::OkStatus();
}

Outcome Stage::Play(const v1::Act& act) {
  if (absl::Status passed = PassTime(act); !passed.ok()) return Failed(std::move(passed));
  if (!act.has_command()) return {};
  absl::StatusOr<Command> command = CommandOf(act);
  if (!command.ok()) return Failed(std::move(command).status());
  return engine_->Execute(*std::move(command));
}

Outcome Stage::Rehearse(const v1::Act& act) {
  absl::StatusOr<Command> command = CommandOf(act);
  if (!command.ok()) return Failed(std::move(command).status());
  std::vector<Command> one;
  one.push_back(*std::move(command));
  return std::move(engine_->Rehearse(std::move(one)).front());
}

std::string Stage::lifecycle_state() const {
  const auto found = engine_->Get(cases_.instance());
  return found.ok() ? found->record.lifecycle_state() : "";
}

}  // namespace kasundo::testing
