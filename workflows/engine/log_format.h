// The one page that defines every key and value on disk. Numbers are never reused; a change that an
// older program would misread raises kFormat and comes with its own commit, upcaster and golden
// history. Format 1 had no EventRecord in kStreams; it is upgraded at open.
//
// clang-format off
//   family      key                                        value
//   kMeta       "format"                                   kFormat in decimal
//   kMeta       "realm/" name                              realm u32
//   kEvents     realm u32, position u64                    EventRecord
//   kStreams    realm u32, instance, 00, revision u64      position u64, EventRecord
//   kInstances  realm u32, depth u8, instance              InstanceRecord
//   kTimers     realm u32, due u64 (microseconds           (empty)
//               since 1970), instance, 00, deadline id
//   kRequests   realm u32, first 16 bytes of               RequestRecord
//               SHA-256(request id)
//   kTree       realm u32, level u8, index u64             hash of 32 bytes: RFC 6962, the root of the
//                                                          leaves index*2^level ... (index+1)*2^level - 1
//   kRows       realm u32, projection, 00, key             row of the projection
//   kRows       realm u32, projection, 01                  position u64: next event it has not seen
// clang-format on
//
// Integers are big-endian, so keys sort by number. `instance` is the name beneath its realm
// ("committees/cmd/meetings/2016-q1";
// "" for the realm itself) and `depth` the number of its collection/id pairs, so that a collection
// is one key range. No name, deadline id or projection name contains 00 or 01. Records are the
// protobuf messages of kasundo/workflows/v1/records.proto; events are hashed as stored, instances
// are serialized deterministically. An event is stored twice, in the order of positions and in the
// order of its stream: a history is then one key range instead of a lookup for each event. The
// first is the record, the second an index like any other, which verification compares.
//
// Beside the database lies HEAD, one slot of 24 bytes for each realm at offset realm*24: realm u32,
// next position u64, first 8 bytes of the last leaf hash, first 4 bytes of the SHA-256 of the 20
// bytes before. It is written after each synced batch and before its commands are answered. At open
// the journal must reach at least as far: a log that lost acknowledged events cannot pass for a
// shorter one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kasundo::log_format {

inline constexpr uint32_t kFormat = 2;
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kRealmPrefix = "realm/";
inline constexpr size_t kHeadSlotBytes = 24;

void PutU32(std::string& to, uint32_t number);
void PutU64(std::string& to, uint64_t number);
uint32_t GetU32(std::string_view bytes);  // REQUIRES: at least 4 bytes
uint64_t GetU64(std::string_view bytes);  // REQUIRES: at least 8 bytes
std::string U32(uint32_t number);
std::string U64(uint64_t number);

// The part of a name beneath its realm, and back.
std::string_view Beneath(std::string_view name);
std::string Whole(std::string_view realm, std::string_view beneath);
uint8_t DepthOf(std::string_view beneath);

std::string RealmKey(std::string_view realm_name);
std::string EventKey(uint32_t realm, int64_t position);
int64_t EventPosition(std::string_view key);
std::string StreamPrefix(uint32_t realm, std::string_view beneath);
std::string StreamKey(uint32_t realm, std::string_view beneath, int64_t revision);
int64_t StreamRevision(std::string_view key);
std::string InstanceDepthPrefix(uint32_t realm, uint8_t depth);
std::string InstanceKey(uint32_t realm, std::string_view beneath);
std::string_view InstanceBeneath(std::string_view key);
std::string TimerKey(uint32_t realm, int64_t due_micros, std::string_view beneath,
                     std::string_view deadline);
struct TimerParts {
  int64_t due_micros;
  std::string beneath;
  std::string deadline;
};
TimerParts ParseTimerKey(std::string_view key);
std::string RequestKey(uint32_t realm, std::string_view request_id);
std::string TreeKey(uint32_t realm, uint8_t level, uint64_t index);
std::string RowPrefix(uint32_t realm, std::string_view projection);
std::string RowKey(uint32_t realm, std::string_view projection, std::string_view key);
std::string RowPositionKey(uint32_t realm, std::string_view projection);

}  // namespace kasundo::log_format
