#include "workflows/engine/engine.h"

#include <algorithm>
#include <latch>
#include <utility>

#include "fmt/format.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "workflows/engine/check.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/verification.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;

// Most deadlines that are submitted at once; the rest follow with the next call.
constexpr size_t kMaxDueTimers = 1'000;

v1::Actor SystemActor() {
  v1::Actor actor;
  actor.set_account("system");
  actor.set_system(true);
  return actor;
}

Instance AsInstance(InstanceEntry entry) {
  return {std::move(entry.name), std::move(entry.record), std::move(entry.state)};
}

// Whether `beneath` lies where `parent` ("-" = any id) says, in the collection.
bool Matches(std::string_view beneath, std::string_view parent, std::string_view collection) {
  if (CollectionOf(beneath) != collection &&
      beneath.substr(0, collection.size() + 1) != std::string(collection) + "/") {
    return false;
  }
  std::string_view here = ParentOf(beneath);
  while (!parent.empty()) {
    if (here.empty()) return false;
    const std::string_view wanted = IdOf(parent);
    if (CollectionOf(parent) != CollectionOf(here) || (wanted != "-" && wanted != IdOf(here)))
      return false;
    parent = ParentOf(parent);
    here = ParentOf(here);
  }
  return here.empty();
}

}  // namespace

Engine::Engine(EngineOptions options, std::unique_ptr<Journal> journal,
               std::shared_ptr<const KindRegistry> kinds,
               std::unique_ptr<DefinitionStore> definitions, const Clock& clock)
    : kinds_(std::move(kinds)),
      journal_(std::move(journal)),
      definitions_(std::move(definitions)),
      clock_(clock),
      sequencer_(std::make_unique<Sequencer>(
          options, *journal_, *kinds_, *definitions_, clock_,
          [this](const std::string& realm, int64_t next) { Announce(realm, next); })) {}

Engine::~Engine() = default;

absl::StatusOr<std::unique_ptr<Engine>> Engine::Open(EngineOptions options,
                                                     std::unique_ptr<Journal> journal,
                                                     std::shared_ptr<const KindRegistry> kinds,
                                                     const Clock& clock) {
  ASSIGN_OR_RETURN(auto definitions, DefinitionStore::Create(*kinds));
  std::unique_ptr<Engine> engine(
      new Engine(options, std::move(journal), std::move(kinds), std::move(definitions), clock));
  RETURN_IF_ERROR(engine->LoadRealms());
  return engine;
}

absl::Status Engine::LoadRealms() {
  std::map<std::string, uint32_t> realms;
  RETURN_IF_ERROR(journal_->Snapshot()->Scan(
      Family::kMeta, log_format::kRealmPrefix, "",
      [&](std::string_view key, std::string_view number) {
        realms.emplace(key.substr(log_format::kRealmPrefix.size()), log_format::GetU32(number));
        return true;
      }));
  for (const auto& [name, number] : realms) RETURN_IF_ERROR(LoadRealm(name, number));
  for (const auto& [name, number] : realms) RETURN_IF_ERROR(DeployBuiltIns(name));
  return absl::OkStatus();
}

absl::Status Engine::LoadRealm(const std::string& name, uint32_t number) {
  const std::unique_ptr<View> view = journal_->Snapshot();
  ASSIGN_OR_RETURN(const auto bytes,
                   view->Get(Family::kInstances, log_format::InstanceKey(number, "")));
  if (!bytes.has_value())
    return DamagedAt(number, 0, fmt::format("the realm {} has no state", name));
  ASSIGN_OR_RETURN(const InstanceEntry realm, DecodeInstance(name, *bytes, *kinds_));
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(static_cast<const v1::RealmState&>(*realm.state).time_zone(), &zone)) {
    return absl::InternalError(fmt::format("this machine does not know the time zone of {}", name));
  }
  absl::Status status;
  RETURN_IF_ERROR(view->Scan(
      Family::kInstances, log_format::InstanceKey(number, "definitions/"), "",
      [&](std::string_view key, std::string_view value) {
        const std::string definition = log_format::Whole(name, log_format::InstanceBeneath(key));
        const auto entry = DecodeInstance(definition, value, *kinds_);
        status = entry.status();
        if (!status.ok()) return false;
        const auto& state = static_cast<const v1::DefinitionState&>(*entry->state);
        // A process that serves some of the services only does not know the kinds of the others.
        if (kinds_->Find(state.kind()) == nullptr) return true;
        for (const auto& version : state.versions()) {
          status = definitions_->Add(name, IdOf(definition), version.number(), version.text());
          if (!status.ok()) return false;
        }
        return true;
      }));
  RETURN_IF_ERROR(status);
  return sequencer_->AddRealm(name, number, zone, /*founded=*/true);
}

absl::Status Engine::DeployBuiltIns(const std::string& realm) {
  for (const auto& [id, text] : kinds_->builtin_definitions) {
    const std::string name = realm + "/definitions/" + id;
    const auto present = Get(name);
    if (!present.ok() && !absl::IsNotFound(present.status())) return present.status();
    if (present.ok()) {
      if (present->record.lifecycle_state() == "retired") continue;  // the realm wants it no more
      const auto& versions = static_cast<const v1::DefinitionState&>(*present->state).versions();
      const auto& latest = versions.Get(versions.size() - 1);
      if (!latest.built_in() || latest.text() == text) continue;
    }
    auto request = std::make_shared<v1::DeployDefinitionRequest>();
    request->set_parent(realm);
    request->set_text(text);
    Command command;
    command.instance = name;
    command.creates = !present.ok();
    command.request = std::move(request);
    command.actor = SystemActor();
    command.header.set_reason("built-in definition of this program");
    RETURN_IF_ERROR(Execute(std::move(command)).status);
  }
  return absl::OkStatus();
}

absl::Status Engine::CreateRealm(std::string_view name, std::string_view title,
                                 std::string_view time_zone, const v1::Actor& actor) {
  std::lock_guard lock(found_mutex_);
  const std::string realm(name);
  uint32_t number = 0;
  absl::TimeZone zone;
  if (!realm.starts_with("realms/") || !IsValidId(IdOf(realm)) || RealmOf(realm) != realm) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                  fmt::format("\"{}\" is not the name of a realm", realm))
        .Field("realm_id")
        .Mend("Ids are 1 to 63 lower-case letters, digits and hyphens, not at the ends.");
  }
  if (!sequencer_->FindRealm(realm, number, zone)) {
    if (!absl::LoadTimeZone(std::string(time_zone), &zone)) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    fmt::format("\"{}\" is not a time zone", time_zone))
          .Field("time_zone")
          .Mend("Give an IANA name such as Asia/Manila or Europe/Rome.");
    }
    number = sequencer_->NextRealmNumber();
    RETURN_IF_ERROR(sequencer_->AddRealm(realm, number, zone, /*founded=*/false));
  }
  auto request = std::make_shared<v1::FoundRealmRequest>();
  request->set_title(std::string(title));
  request->set_time_zone(std::string(time_zone));
  Command command;
  command.instance = realm;
  command.creates = true;
  command.request = std::move(request);
  command.actor = actor;
  RETURN_IF_ERROR(Execute(std::move(command)).status);
  return DeployBuiltIns(realm);
}

std::vector<std::string> Engine::Realms() const { return sequencer_->Realms(); }

void Engine::Submit(Command command, std::function<void(Outcome)> done) {
  sequencer_->Submit(std::move(command), std::move(done));
}

size_t Engine::Pump() { return sequencer_->Pump(); }

void Engine::SetWake(std::function<void()> wake) { sequencer_->SetWake(std::move(wake)); }

void Engine::SetReporter(std::function<void(const GroupReport&)> reporter) {
  sequencer_->SetReporter(std::move(reporter));
}

Outcome Engine::Execute(Command command) {
  Outcome answer;
  std::latch answered(1);
  Submit(std::move(command), [&](Outcome outcome) {
    answer = std::move(outcome);
    answered.count_down();
  });
  // Another thread may have taken the command into its group: then its pump answers it before this
  // one gets the writer's turn.
  Pump();
  answered.wait();
  return answer;
}

std::vector<Outcome> Engine::Rehearse(std::vector<Command> commands) {
  return sequencer_->Rehearse(std::move(commands));
}

absl::Time Engine::FireDueTimers() {
  absl::Time next = absl::InfiniteFuture();
  const absl::Time now = clock_.Now();
  const std::unique_ptr<View> view = journal_->Snapshot();
  for (const std::string& realm : Realms()) {
    const auto handle = FindRealm(realm);
    if (!handle.ok()) continue;
    size_t submitted = 0;
    const absl::Status scanned = view->Scan(
        Family::kTimers, log_format::U32(handle->number), "",
        [&](std::string_view key, std::string_view) {
          const log_format::TimerParts parts = log_format::ParseTimerKey(key);
          const absl::Time due = absl::FromUnixMicros(parts.due_micros);
          if (due > now || submitted == kMaxDueTimers) {
            next = std::min(next, due);
            return false;
          }
          auto reached = std::make_shared<v1::DeadlineReached>();
          reached->set_deadline(parts.deadline);
          SetTime(due, reached->mutable_due_time());
          Command command;
          command.instance = log_format::Whole(realm, parts.beneath);
          // No request id: a deadline may run again with the same date, when what ended it is
          // undone. Reached twice before it is recorded, it no longer runs the second time.
          command.request = std::move(reached);
          command.actor = SystemActor();
          Submit(std::move(command),
                 [this](const Outcome& outcome) { timers_refused_ = !outcome.status.ok(); });
          ++submitted;
          return true;
        });
    if (!scanned.ok()) break;
    if (submitted > 0 && !timers_refused_) next = std::min(next, now);
  }
  return next;
}

absl::StatusOr<Engine::RealmHandle> Engine::FindRealm(std::string_view name) const {
  RealmHandle handle;
  if (sequencer_->FindRealm(RealmOf(name), handle.number, handle.zone)) return handle;
  return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_REALM_NOT_FOUND,
                fmt::format("there is no realm \"{}\"", RealmOf(name)))
      .Field("name")
      .Mend("Name a realm of this server; an administrator can found one.");
}

absl::StatusOr<InstanceEntry> Engine::Load(const View& view, std::string_view name,
                                           const std::optional<api::v1::AsOf>& as_of) const {
  ASSIGN_OR_RETURN(const RealmHandle realm, FindRealm(name));
  ASSIGN_OR_RETURN(const auto bytes,
                   view.Get(Family::kInstances,
                            log_format::InstanceKey(realm.number, log_format::Beneath(name))));
  if (!bytes.has_value()) {
    return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_INSTANCE_NOT_FOUND,
                  fmt::format("there is no \"{}\"", name))
        .Field("name")
        .Mend("Check the name; list its collection.")
        .With("name", name);
  }
  if (!as_of.has_value() || as_of->at_case() == api::v1::AsOf::AT_NOT_SET) {
    return DecodeInstance(std::string(name), *bytes, *kinds_);
  }
  ReplayBound bound;
  if (as_of->has_time()) {
    bound.time = TimeOf(as_of->time());
  } else if (as_of->has_business_date()) {
    if (!IsValid(as_of->business_date())) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_DATE_INVALID,
                    "there is no such day in the calendar")
          .Field("as_of.business_date")
          .Mend("Give a year, a month or a day that exists.");
    }
    bound.day = Last(as_of->business_date());
  } else {
    bound.position = as_of->position();
  }
  return ReplayInstance(view, realm.number, name, bound, *kinds_, *definitions_, realm.zone);
}

absl::StatusOr<Instance> Engine::Get(std::string_view name,
                                     const std::optional<api::v1::AsOf>& as_of) const {
  ASSIGN_OR_RETURN(InstanceEntry entry, Load(*journal_->Snapshot(), name, as_of));
  return AsInstance(std::move(entry));
}

absl::StatusOr<std::vector<Instance>> Engine::List(
    std::string_view kind, std::string_view parent, std::string_view after, size_t limit,
    const std::optional<api::v1::AsOf>& as_of) const {
  ASSIGN_OR_RETURN(const RealmHandle realm, FindRealm(parent));
  const Kind* of = kinds_->Find(kind);
  if (of == nullptr) return absl::InternalError(fmt::format("no kind {}", kind));
  const std::string_view realm_name = RealmOf(parent);
  const std::string_view within = log_format::Beneath(parent);
  // One key range holds what lies at this depth; ids before the first "-" narrow it.
  std::string prefix = log_format::InstanceDepthPrefix(
      realm.number, static_cast<uint8_t>(log_format::DepthOf(within) + 1));
  const size_t wildcard = (std::string(within) + "/").find("/-/");
  if (wildcard != std::string::npos) {
    prefix.append(within.substr(0, wildcard + 1));
  } else {
    prefix.append(within);
    if (!within.empty()) prefix.append("/");
    prefix.append(of->traits().collection).append("/");
  }
  std::string from;
  if (!after.empty())
    from = log_format::InstanceKey(realm.number, log_format::Beneath(after)).append(1, '\0');
  std::vector<Instance> found;
  absl::Status status;
  const std::unique_ptr<View> view = journal_->Snapshot();
  RETURN_IF_ERROR(view->Scan(
      Family::kInstances, prefix, from, [&](std::string_view key, std::string_view value) {
        if (found.size() == limit) return false;
        const std::string_view beneath = log_format::InstanceBeneath(key);
        if (!Matches(beneath, within, of->traits().collection)) return true;
        const std::string name = log_format::Whole(realm_name, beneath);
        const bool past = as_of.has_value() && as_of->at_case() != api::v1::AsOf::AT_NOT_SET;
        auto entry = past ? Load(*view, name, as_of) : DecodeInstance(name, value, *kinds_);
        if (!entry.ok()) {
          // It did not exist yet at that point.
          if (past && absl::IsNotFound(entry.status())) return true;
          status = entry.status();
          return false;
        }
        found.push_back(AsInstance(*std::move(entry)));
        return true;
      }));
  RETURN_IF_ERROR(status);
  return found;
}

absl::StatusOr<std::vector<v1::EventRecord>> Engine::History(std::string_view instance,
                                                             int64_t from_revision,
                                                             size_t limit) const {
  ASSIGN_OR_RETURN(const RealmHandle realm, FindRealm(instance));
  const std::unique_ptr<View> view = journal_->Snapshot();
  std::vector<v1::EventRecord> records;
  if (limit == 0) return records;
  RETURN_IF_ERROR(ScanStream(*view, realm.number, log_format::Beneath(instance), from_revision,
                             [&](const v1::EventRecord& record) {
                               records.push_back(record);
                               return records.size() < limit;
                             }));
  return records;
}

absl::StatusOr<std::vector<v1::EventRecord>> Engine::ReadJournal(std::string_view realm,
                                                                 int64_t from, size_t limit) const {
  ASSIGN_OR_RETURN(const RealmHandle handle, FindRealm(realm));
  ASSIGN_OR_RETURN(const auto events, journal_->Read(handle.number, from, limit));
  std::vector<v1::EventRecord> records;
  records.reserve(events.size());
  for (const std::string& bytes : events) {
    if (!records.emplace_back().ParseFromString(bytes)) {
      return DamagedAt(handle.number, from + static_cast<int64_t>(records.size()) - 1,
                       "it cannot be read");
    }
  }
  return records;
}

absl::StatusOr<int64_t> Engine::NextPosition(std::string_view realm) const {
  ASSIGN_OR_RETURN(const RealmHandle handle, FindRealm(realm));
  return journal_->Next(handle.number);
}

absl::StatusOr<uint32_t> Engine::RealmNumber(std::string_view realm) const {
  ASSIGN_OR_RETURN(const RealmHandle handle, FindRealm(realm));
  return handle.number;
}

int64_t Engine::AddListener(std::function<void(std::string_view, int64_t)> listener) {
  std::lock_guard lock(listeners_mutex_);
  listeners_.emplace(next_listener_, std::move(listener));
  return next_listener_++;
}

void Engine::RemoveListener(int64_t id) {
  std::lock_guard lock(listeners_mutex_);
  listeners_.erase(id);
}

void Engine::Announce(const std::string& realm, int64_t next) {
  std::lock_guard lock(listeners_mutex_);
  for (const auto& [id, listener] : listeners_) listener(realm, next);
}

absl::StatusOr<v1::WorkflowDefinition> Engine::Definition(std::string_view realm,
                                                          std::string_view id,
                                                          int32_t version) const {
  const Lifecycle* lifecycle = definitions_->Find(realm, id, version);
  if (lifecycle != nullptr) return lifecycle->definition();
  return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_INSTANCE_NOT_FOUND,
                fmt::format("{} has no definition \"{}\" of version {}", realm, id, version))
      .Field("version")
      .Mend("List the definitions of the realm.");
}

const Lifecycle* Engine::FindLifecycle(std::string_view realm, std::string_view id,
                                       int32_t version) const {
  return definitions_->Find(realm, id, version);
}

absl::StatusOr<Context> Engine::ContextFor(const Instance& instance, const v1::Actor& actor,
                                           const std::optional<CivilDate>& on) const {
  ASSIGN_OR_RETURN(const RealmHandle realm, FindRealm(instance.name));
  Context context;
  context.actor = actor;
  context.now = clock_.Now();
  context.time_zone = realm.zone;
  context.today = DayOf(context.now, realm.zone);
  std::optional<api::v1::AsOf> as_of;
  if (on.has_value() && Last(*on) != Last(context.today)) {
    // Rules that ask for "today or the day of now" shall not see two days.
    context.today = FromDay(Last(*on));
    context.now = absl::FromCivil(absl::CivilHour(Last(*on)) + 12, realm.zone);
    if (Last(*on) < absl::ToCivilDay(clock_.Now(), realm.zone)) {
      *as_of.emplace().mutable_business_date() = *on;
    }
  }
  context.instance = instance.name;
  context.lifecycle_state = instance.record.lifecycle_state();
  const Lifecycle* lifecycle = definitions_->Find(
      RealmOf(instance.name), instance.record.definition(), instance.record.definition_version());
  if (lifecycle != nullptr) context.parameters = &lifecycle->parameters();
  struct Looked {
    InstanceEntry entry;
    RelatedInstance related;
  };
  const std::shared_ptr<View> view = journal_->Snapshot();
  // What was looked up once is kept: roles ask for the same few instances again and again.
  auto looked = std::make_shared<std::map<std::string, std::unique_ptr<Looked>, std::less<>>>();
  context.lookup = [this, view, looked, as_of](std::string_view name) -> const RelatedInstance* {
    const auto known = looked->find(name);
    if (known != looked->end()) return known->second ? &known->second->related : nullptr;
    auto entry = Load(*view, name, as_of);
    // Records of old times are often entered without the day of each act, but with dates in them.
    if (!entry.ok() && as_of.has_value()) entry = Load(*view, name, std::nullopt);
    auto& kept = (*looked)[std::string(name)];
    if (!entry.ok()) return nullptr;
    kept = std::make_unique<Looked>(Looked{*std::move(entry), {}});
    kept->related = AsRelated(kept->entry);
    return &kept->related;
  };
  return context;
}

absl::StatusOr<absl::TimeZone> Engine::TimeZoneOf(std::string_view realm) const {
  ASSIGN_OR_RETURN(const RealmHandle handle, FindRealm(realm));
  return handle.zone;
}

absl::Status Engine::Verify(std::string_view realm, const VerifyProgress& progress) const {
  ASSIGN_OR_RETURN(const RealmHandle handle, FindRealm(realm));
  const std::unique_ptr<View> view = journal_->Snapshot();
  // The end as of the view: the journal may grow meanwhile.
  int64_t end = 0;
  ASSIGN_OR_RETURN(const auto root, view->Get(Family::kMeta, log_format::RealmKey(realm)));
  if (!root.has_value()) return DamagedAt(handle.number, 0, "the realm's number is missing");
  RETURN_IF_ERROR(view->Scan(Family::kTree, log_format::U32(handle.number).append(1, '\0'), "",
                             [&](std::string_view, std::string_view) {
                               ++end;
                               return true;
                             }));
  return VerifyRealm(*view, realm, handle.number, end, *kinds_, *definitions_, handle.zone,
                     progress);
}

}  // namespace kasundo
