#include "workflows/engine/instance_entry.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <span>

#include "fmt/format.h"
#include "workflows/engine/check.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

using workflows::v1::ActiveTimer;
using workflows::v1::EngineEvent;
using workflows::v1::EventRecord;

absl::Status Damaged(std::string what) {
  return Refuse(absl::StatusCode::kDataLoss, api::v1::REASON_STORED_DATA_DAMAGED, std::move(what))
      .Mend(
          "Stop the server, keep the data folder as it is, and restore the latest backup "
          "elsewhere.");
}

// Deadlines of one instance while an event is applied.
class Timers {
 public:
  Timers(InstanceEntry& entry, const EventRecord& record, absl::TimeZone zone)
      : entry_(entry), recorded_(TimeOf(record.recorded_time())), zone_(zone) {
    late_ =
        record.has_occurred_on() && Last(record.occurred_on()) < absl::ToCivilDay(recorded_, zone);
    began_ = late_ ? absl::FromCivil(Last(record.occurred_on()), zone) : recorded_;
  }

  void Begin(const Lifecycle::Deadline& deadline) {
    const auto due = Lifecycle::DueTime(deadline, *entry_.state, began_, zone_);
    // History entered late raises no alarm for what was over before it was entered.
    if (due.has_value() && !(late_ && *due <= recorded_)) Set(deadline.id, *due);
  }

  // A date in the state may have moved: a running deadline moves with it; one that is over runs
  // again if its date now lies ahead.
  void Move(const Lifecycle::Deadline& deadline) {
    if (!deadline.field.has_value()) return;
    const auto due = Lifecycle::DueTime(deadline, *entry_.state, began_, zone_);
    if (!due.has_value()) {
      End(deadline.id);
    } else if (Runs(deadline.id) || *due > recorded_) {
      Set(deadline.id, *due);
    }
  }

  void End(std::string_view id) {
    auto& timers = *entry_.record.mutable_timers();
    timers.erase(std::remove_if(timers.begin(), timers.end(),
                                [&](const ActiveTimer& timer) { return timer.deadline() == id; }),
                 timers.end());
  }

  void EndAll() { entry_.record.clear_timers(); }

  bool Runs(std::string_view id) const {
    const auto& timers = entry_.record.timers();
    return std::any_of(timers.begin(), timers.end(),
                       [&](const ActiveTimer& timer) { return timer.deadline() == id; });
  }

 private:
  void Set(const std::string& id, absl::Time due) {
    End(id);
    ActiveTimer& timer = *entry_.record.add_timers();
    timer.set_deadline(id);
    SetTime(due, timer.mutable_due_time());
    auto& timers = *entry_.record.mutable_timers();
    std::sort(timers.begin(), timers.end(), [](const ActiveTimer& a, const ActiveTimer& b) {
      return std::pair(TimeOf(a.due_time()), std::string_view(a.deadline())) <
             std::pair(TimeOf(b.due_time()), std::string_view(b.deadline()));
    });
  }

  InstanceEntry& entry_;
  absl::Time recorded_;
  absl::TimeZone zone_;
  bool late_ = false;
  absl::Time began_;
};

bool Holds(std::span<const Lifecycle::Deadline> deadlines, std::string_view id) {
  return std::any_of(deadlines.begin(), deadlines.end(),
                     [&](const Lifecycle::Deadline& deadline) { return deadline.id == id; });
}

// REQUIRES: the record's lifecycle state is already the new one.
void ApplyDeadlines(InstanceEntry& entry, const EventRecord& record, const Lifecycle& lifecycle,
                    absl::TimeZone zone) {
  const bool enters = record.from_state() != record.to_state();
  const bool timed =
      !entry.record.timers().empty() || !lifecycle.DeadlinesOf(record.to_state()).empty();
  const Lifecycle::Transition* transition =
      lifecycle.Recorded(record.event(), record.from_state(), record.to_state());
  if (!timed && (transition == nullptr || transition->schedule.empty())) return;
  Timers timers(entry, record, zone);
  if (record.event().starts_with("deadline/")) timers.End(record.event().substr(9));
  if (enters) {
    // A deadline that both states have runs on.
    const auto before = lifecycle.DeadlinesOf(record.from_state());
    const auto after = lifecycle.DeadlinesOf(record.to_state());
    for (const auto& deadline : before) {
      if (!Holds(after, deadline.id)) timers.End(deadline.id);
    }
    for (const auto& deadline : after) {
      if (Holds(before, deadline.id)) {
        timers.Move(deadline);
      } else {
        timers.Begin(deadline);
      }
    }
  } else {
    for (const auto& deadline : lifecycle.DeadlinesOf(record.to_state())) timers.Move(deadline);
  }
  if (transition != nullptr) {
    for (const auto& deadline : transition->schedule) timers.Begin(deadline);
  }
  if (lifecycle.IsFinal(record.to_state())) timers.EndAll();
}

// A state of the definition has it; what a transition schedules belongs to none.
bool IsOfAState(const Lifecycle& lifecycle, std::string_view id) {
  const auto& states = lifecycle.definition().states();
  return std::any_of(states.begin(), states.end(), [&](const auto& state) {
    return Holds(lifecycle.DeadlinesOf(state.id()), id);
  });
}

// The instance goes over to another version: deadlines of the same id keep their time, those of
// other states end, others begin.
void ApplyMigration(InstanceEntry& entry, const EventRecord& record, const Lifecycle& lifecycle,
                    absl::TimeZone zone) {
  Timers timers(entry, record, zone);
  std::vector<std::string> gone;
  for (const ActiveTimer& timer : entry.record.timers()) {
    const std::string& id = timer.deadline();
    const bool known = lifecycle.FindDeadline(id) != nullptr;
    const bool left =
        IsOfAState(lifecycle, id) && !Holds(lifecycle.DeadlinesOf(record.to_state()), id);
    if (!known || left) gone.push_back(id);
  }
  for (const std::string& id : gone) timers.End(id);
  for (const auto& deadline : lifecycle.DeadlinesOf(record.to_state())) {
    if (!timers.Runs(deadline.id)) timers.Begin(deadline);
  }
  if (lifecycle.IsFinal(record.to_state())) timers.EndAll();
}

}  // namespace

std::string SerializeDeterministically(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    KASUNDO_CHECK(message.SerializeToCodedStream(&coded));
  }
  return bytes;
}

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

void SetTime(absl::Time time, google::protobuf::Timestamp* timestamp) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp->set_seconds(seconds);
  timestamp->set_nanos(
      static_cast<int32_t>((time - absl::FromUnixSeconds(seconds)) / absl::Nanoseconds(1)));
}

InstanceEntry InstanceEntry::Copy() const {
  InstanceEntry copy{name, kind, record, std::shared_ptr<google::protobuf::Message>(state->New())};
  copy.state->CopyFrom(*state);
  return copy;
}

InstanceEntry NewEntry(std::string name, const Kind& kind) {
  InstanceEntry entry{std::move(name), &kind, {}, kind.Initial()};
  entry.record.set_kind(kind.traits().kind);
  entry.record.set_position(-1);
  return entry;
}

RelatedInstance AsRelated(const InstanceEntry& entry) {
  return {entry.name,
          entry.record.kind(),
          entry.record.lifecycle_state(),
          entry.record.revision(),
          entry.record.position(),
          entry.state.get()};
}

std::string EncodeInstance(const InstanceEntry& entry) {
  // The field `state` goes last, so that the record need not be copied to be completed.
  std::string bytes = SerializeDeterministically(entry.record);
  const std::string state = SerializeDeterministically(*entry.state);
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  google::protobuf::internal::WireFormatLite::WriteBytes(
      workflows::v1::InstanceRecord::kStateFieldNumber, state, &coded);
  return bytes;
}

absl::StatusOr<InstanceEntry> DecodeInstance(std::string name, std::string_view bytes,
                                             const KindRegistry& kinds) {
  InstanceEntry entry;
  if (!entry.record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Damaged(fmt::format("the stored state of {} cannot be read", name));
  }
  entry.kind = kinds.Find(entry.record.kind());
  if (entry.kind == nullptr) {
    return Damaged(fmt::format("{} is of the kind \"{}\", which this program does not know", name,
                               entry.record.kind()));
  }
  entry.state = entry.kind->Initial();
  if (!entry.state->ParseFromString(entry.record.state())) {
    return Damaged(fmt::format("the stored state of {} cannot be read", name));
  }
  entry.record.clear_state();
  entry.name = std::move(name);
  return entry;
}

absl::Status DecodePayload(const EventRecord& record, const KindRegistry& kinds,
                           std::unique_ptr<google::protobuf::Message>& payload) {
  if (payload == nullptr || payload->GetDescriptor()->full_name() != record.payload_type()) {
    payload.reset();
    if (record.payload_type() == EngineEvent::descriptor()->full_name()) {
      payload = std::make_unique<EngineEvent>();
    } else if (const Kind* kind = kinds.Find(record.kind()); kind != nullptr) {
      payload = kind->NewEvent();
    }
  }
  if (payload == nullptr || payload->GetDescriptor()->full_name() != record.payload_type() ||
      !payload->ParseFromString(record.payload())) {
    return Damaged(fmt::format("the event at position {} ({} of {}) cannot be read",
                               record.position(), record.event(), record.instance()));
  }
  return absl::OkStatus();
}

absl::Status ApplyEvent(InstanceEntry& entry, const EventRecord& record,
                        const google::protobuf::Message& payload,
                        const DefinitionStore& definitions, absl::TimeZone zone) {
  if (record.revision() != entry.record.revision() + 1) {
    return Damaged(fmt::format("{} is at revision {}, but the event at position {} has revision {}",
                               entry.name, entry.record.revision(), record.position(),
                               record.revision()));
  }
  const auto* engine_event = payload.GetDescriptor() == EngineEvent::descriptor()
                                 ? static_cast<const EngineEvent*>(&payload)
                                 : nullptr;
  if (engine_event == nullptr) entry.kind->Evolve(*entry.state, payload);
  entry.record.set_revision(record.revision());
  entry.record.set_position(record.position());
  entry.record.set_lifecycle_state(record.to_state());
  entry.record.set_definition_version(record.definition_version());
  *entry.record.mutable_update_time() = record.recorded_time();
  if (!record.definition().empty()) entry.record.set_definition(record.definition());
  if (record.revision() == 1) *entry.record.mutable_create_time() = record.recorded_time();

  const Lifecycle* lifecycle = definitions.Find(RealmOf(entry.name), entry.record.definition(),
                                                entry.record.definition_version());
  if (lifecycle == nullptr) {
    return Damaged(fmt::format("version {} of the definition {} that governs {} is not there",
                               entry.record.definition_version(), entry.record.definition(),
                               entry.name));
  }
  if (engine_event != nullptr && engine_event->has_instance_migrated()) {
    ApplyMigration(entry, record, *lifecycle, zone);
  } else {
    ApplyDeadlines(entry, record, *lifecycle, zone);
  }
  return absl::OkStatus();
}

absl::CivilDay BusinessDay(const EventRecord& record, absl::TimeZone zone) {
  if (IsSet(record.occurred_on())) return Last(record.occurred_on());
  return absl::ToCivilDay(TimeOf(record.recorded_time()), zone);
}

absl::StatusOr<InstanceEntry> ReplayInstance(const View& view, uint32_t realm,
                                             std::string_view name, const ReplayBound& bound,
                                             const KindRegistry& kinds,
                                             const DefinitionStore& definitions,
                                             absl::TimeZone zone) {
  std::optional<InstanceEntry> entry;
  std::unique_ptr<google::protobuf::Message> payload;
  absl::Status status;
  const bool by_day = bound.day != absl::CivilDay::max();
  const auto apply = [&](const EventRecord& record) -> absl::Status {
    if (!entry.has_value()) {
      const Kind* kind = kinds.Find(record.kind());
      if (kind == nullptr) return DamagedAt(realm, record.position(), "its kind is not known");
      entry = NewEntry(std::string(name), *kind);
    }
    RETURN_IF_ERROR(DecodePayload(record, kinds, payload));
    if (!by_day) return ApplyEvent(*entry, record, *payload, definitions, zone);
    // Where a day bounds the replay, revisions that are left out are not missing, and what was
    // entered late without a change of state leaves the state as it was on that day.
    entry->record.set_revision(record.revision() - 1);
    if (record.revision() == 1 || record.from_state() != record.to_state()) {
      return ApplyEvent(*entry, record, *payload, definitions, zone);
    }
    EventRecord known = record;
    known.set_from_state(entry->record.lifecycle_state());
    known.set_to_state(entry->record.lifecycle_state());
    return ApplyEvent(*entry, known, *payload, definitions, zone);
  };
  RETURN_IF_ERROR(
      ScanStream(view, realm, log_format::Beneath(name), 1, [&](const EventRecord& record) {
        if (record.revision() > bound.revision || record.position() > bound.position ||
            TimeOf(record.recorded_time()) > bound.time) {
          return false;
        }
        if (by_day && BusinessDay(record, zone) > bound.day) {
          // Before the act that brought it into being nothing of it is known, whatever was entered
          // about it for an earlier day.
          return entry.has_value();
        }
        status = apply(record);
        return status.ok();
      }));
  RETURN_IF_ERROR(status);
  if (entry.has_value()) return *std::move(entry);
  return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_NOT_YET_EXISTING,
                fmt::format("{} did not exist at that point", name))
      .Field("as_of")
      .Mend(
          "Ask for a later time, or see its history for when it began. What was entered late is "
          "asked for by its business date (as_of.business_date; --on).");
}

}  // namespace kasundo
