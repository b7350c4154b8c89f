// One instance as the engine holds it in memory, and the one way in which it changes. Live work,
// as_of, and verification all apply events here and nowhere else, so what was decided live and what
// is replayed cannot differ.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/definition_store.h"
#include "workflows/engine/journal.h"
#include "workflows/engine/kind.h"

namespace kasundo {

struct InstanceEntry {
  std::string name;
  const Kind* kind = nullptr;
  workflows::v1::InstanceRecord record;  // its `state` field stays empty here
  std::shared_ptr<google::protobuf::Message> state;

  // Deep copy, for changing.
  InstanceEntry Copy() const;
};
using InstancePtr = std::shared_ptr<const InstanceEntry>;

// An instance before its first event. REQUIRES: its kind is known.
InstanceEntry NewEntry(std::string name, const Kind& kind);

// What the decider and the lifecycle see of it.
RelatedInstance AsRelated(const InstanceEntry& entry);

// The value stored under the instance's name.
std::string EncodeInstance(const InstanceEntry& entry);
// The inverse. DATA_LOSS if the bytes are no InstanceRecord of a known kind.
absl::StatusOr<InstanceEntry> DecodeInstance(std::string name, std::string_view bytes,
                                             const KindRegistry& kinds);

// The event message of a record: of the kind, or an EngineEvent. What `payload` holds is used again
// if it is of that type, so that replaying a stream allocates it once. DATA_LOSS if it cannot be
// read.
absl::Status DecodePayload(const workflows::v1::EventRecord& record, const KindRegistry& kinds,
                           std::unique_ptr<google::protobuf::Message>& payload);

// Applies an event to its instance: state, lifecycle state, revision, times, deadlines. Total for
// events that were recorded; DATA_LOSS if the record does not follow the entry (a revision is
// missing) or its definition version is not there.
absl::Status ApplyEvent(InstanceEntry& entry, const workflows::v1::EventRecord& record,
                        const google::protobuf::Message& payload,
                        const DefinitionStore& definitions, absl::TimeZone zone);

// Where a rebuilt instance stops: the first bound that is reached. `day` leaves out what happened
// later, wherever it stands: what was entered late is not in the order of its days.
struct ReplayBound {
  int64_t revision = INT64_MAX;
  int64_t position = INT64_MAX;
  absl::Time time = absl::InfiniteFuture();
  absl::CivilDay day = absl::CivilDay::max();
};

// The day on which the act of a record happened: the day that was given for it (the last one of a
// month or a year), else the day on which it was recorded.
absl::CivilDay BusinessDay(const workflows::v1::EventRecord& record, absl::TimeZone zone);

// An instance as it was, from its stream. NOT_FOUND if it has no events at all; reason
// NOT_YET_EXISTING if none within the bound.
absl::StatusOr<InstanceEntry> ReplayInstance(const View& view, uint32_t realm,
                                             std::string_view name, const ReplayBound& bound,
                                             const KindRegistry& kinds,
                                             const DefinitionStore& definitions,
                                             absl::TimeZone zone);

// Bytes that the same message has in every run: maps have no order of their own.
std::string SerializeDeterministically(const google::protobuf::Message& message);

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp);
void SetTime(absl::Time time, google::protobuf::Timestamp* timestamp);

}  // namespace kasundo
