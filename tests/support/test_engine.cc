#include "tests/support/test_engine.h"

#include "fmt/format.h"
#include "workflows/engine/check.h"
#include "workflows/engine/engine_kinds.h"
#include "workflows/engine/rocksdb_journal.h"

namespace kasundo::testing {
namespace {

// 1 February 2016, a Monday, nine in the morning in Manila.
const absl::Time kStart = absl::FromUnixSeconds(1454288400);

std::string StringField(const google::protobuf::Message& message, const std::string& name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

void Check(const absl::Status& status) {
  if (!status.ok()) fmt::print(stderr, "{}\n", status.ToString());
  KASUNDO_CHECK(status.ok());
}

}  // namespace

workflows::v1::Actor Acting(std::string_view office) {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/tester");
  actor.set_person("realms/test/people/tester");
  actor.set_office(std::string(office));
  actor.set_organisation("realms/test/organisations/city");
  return actor;
}

workflows::v1::Actor Administrator() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/administrator");
  actor.set_administrator(true);
  return actor;
}

TestEngine::TestEngine(KindRegistry registry, EngineOptions options, absl::Time start)
    : options_(options),
      clock_(start),
      registry_(std::make_shared<KindRegistry>(std::move(registry))) {
  AddEngineKinds(*registry_);
  auto journal = std::make_unique<MemoryJournal>();
  memory_ = journal.get();
  Open(std::move(journal));
}

TestEngine::TestEngine(KindRegistry registry, const std::string& folder, EngineOptions options)
    : options_(options),
      folder_(folder),
      clock_(kStart),
      registry_(std::make_shared<KindRegistry>(std::move(registry))) {
  AddEngineKinds(*registry_);
  Check(Reopen());
}

void TestEngine::Open(std::unique_ptr<Journal> journal) {
  auto engine = Engine::Open(options_, std::move(journal), registry_, clock_);
  Check(engine.status());
  engine_ = *std::move(engine);
  if (engine_->Realms().empty()) {
    Check(engine_->CreateRealm("realms/test", "A realm for tests", "Asia/Manila", Administrator()));
  }
}

absl::Status TestEngine::Reopen() {
  engine_.reset();
  RocksdbJournalOptions options;
  options.folder = folder_;
  auto journal = OpenRocksdbJournal(options);
  if (!journal.ok()) return journal.status();
  auto engine = Engine::Open(options_, *std::move(journal), registry_, clock_);
  if (!engine.ok()) return engine.status();
  engine_ = *std::move(engine);
  if (!engine_->Realms().empty()) return absl::OkStatus();
  return engine_->CreateRealm("realms/test", "A realm for tests", "Asia/Manila", Administrator());
}

Command TestEngine::Make(const google::protobuf::Message& request,
                         const workflows::v1::Actor& actor) const {
  Command command;
  command.instance = StringField(request, "name");
  if (command.instance.empty()) {
    for (const auto& kind : registry_->kinds) {
      const std::string id = StringField(request, kind->traits().kind + "_id");
      if (id.empty()) continue;
      command.instance =
          fmt::format("{}/{}/{}", StringField(request, "parent"), kind->traits().collection, id);
      command.creates = true;
      command.definition = StringField(request, "definition");
      break;
    }
  }
  const auto* header = request.GetDescriptor()->FindFieldByName("header");
  if (header != nullptr) {
    command.header.CopyFrom(request.GetReflection()->GetMessage(request, header));
  }
  std::shared_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  command.request = std::move(copy);
  command.actor = actor;
  return command;
}

Outcome TestEngine::Send(const google::protobuf::Message& request,
                         const workflows::v1::Actor& actor) {
  return engine_->Execute(Make(request, actor));
}

int64_t TestEngine::FireDeadlines() {
  const int64_t before = *engine_->NextPosition("realms/test");
  while (engine_->FireDueTimers() <= clock_.Now() || engine_->Pump() > 0) engine_->Pump();
  return *engine_->NextPosition("realms/test") - before;
}

}  // namespace kasundo::testing
