#include "workflows/engine/log_format.h"

#include <algorithm>

#include "workflows/engine/check.h"
#include "workflows/engine/context.h"
#include "workflows/engine/merkle.h"

namespace kasundo::log_format {

void PutU32(std::string& to, uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<char>(number >> shift));
}

void PutU64(std::string& to, uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) to.push_back(static_cast<char>(number >> shift));
}

uint32_t GetU32(std::string_view bytes) {
  KASUNDO_CHECK(bytes.size() >= 4);
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<uint8_t>(bytes[i]);
  return number;
}

uint64_t GetU64(std::string_view bytes) {
  KASUNDO_CHECK(bytes.size() >= 8);
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<uint8_t>(bytes[i]);
  return number;
}

std::string U32(uint32_t number) {
  std::string bytes;
  PutU32(bytes, number);
  return bytes;
}

std::string U64(uint64_t number) {
  std::string bytes;
  PutU64(bytes, number);
  return bytes;
}

std::string_view Beneath(std::string_view name) {
  const std::string_view realm = RealmOf(name);
  return name.size() == realm.size() ? std::string_view() : name.substr(realm.size() + 1);
}

std::string Whole(std::string_view realm, std::string_view beneath) {
  std::string name(realm);
  if (!beneath.empty()) name.append("/").append(beneath);
  return name;
}

uint8_t DepthOf(std::string_view beneath) {
  if (beneath.empty()) return 0;
  return static_cast<uint8_t>((std::count(beneath.begin(), beneath.end(), '/') + 1) / 2);
}

std::string RealmKey(std::string_view realm_name) {
  return std::string(kRealmPrefix).append(realm_name);
}

std::string EventKey(uint32_t realm, int64_t position) {
  std::string key = U32(realm);
  PutU64(key, static_cast<uint64_t>(position));
  return key;
}

int64_t EventPosition(std::string_view key) { return static_cast<int64_t>(GetU64(key.substr(4))); }

std::string StreamPrefix(uint32_t realm, std::string_view beneath) {
  std::string key = U32(realm);
  key.append(beneath).push_back('\0');
  return key;
}

std::string StreamKey(uint32_t realm, std::string_view beneath, int64_t revision) {
  std::string key = StreamPrefix(realm, beneath);
  PutU64(key, static_cast<uint64_t>(revision));
  return key;
}

int64_t StreamRevision(std::string_view key) {
  KASUNDO_CHECK(key.size() >= 13);
  return static_cast<int64_t>(GetU64(key.substr(key.size() - 8)));
}

std::string InstanceDepthPrefix(uint32_t realm, uint8_t depth) {
  std::string key = U32(realm);
  key.push_back(static_cast<char>(depth));
  return key;
}

std::string InstanceKey(uint32_t realm, std::string_view beneath) {
  return InstanceDepthPrefix(realm, DepthOf(beneath)).append(beneath);
}

std::string_view InstanceBeneath(std::string_view key) {
  KASUNDO_CHECK(key.size() >= 5);
  return key.substr(5);
}

std::string TimerKey(uint32_t realm, int64_t due_micros, std::string_view beneath,
                     std::string_view deadline) {
  std::string key = U32(realm);
  PutU64(key, static_cast<uint64_t>(std::max<int64_t>(due_micros, 0)));
  key.append(beneath).push_back('\0');
  return key.append(deadline);
}

TimerParts ParseTimerKey(std::string_view key) {
  KASUNDO_CHECK(key.size() >= 13);
  const size_t end = key.find('\0', 12);
  KASUNDO_CHECK(end != std::string_view::npos);
  return {static_cast<int64_t>(GetU64(key.substr(4))), std::string(key.substr(12, end - 12)),
          std::string(key.substr(end + 1))};
}

std::string RequestKey(uint32_t realm, std::string_view request_id) {
  return U32(realm).append(Sha256(request_id).substr(0, 16));
}

std::string TreeKey(uint32_t realm, uint8_t level, uint64_t index) {
  std::string key = U32(realm);
  key.push_back(static_cast<char>(level));
  PutU64(key, index);
  return key;
}

std::string RowPrefix(uint32_t realm, std::string_view projection) {
  std::string key = U32(realm);
  key.append(projection).push_back('\0');
  return key;
}

std::string RowKey(uint32_t realm, std::string_view projection, std::string_view key) {
  return RowPrefix(realm, projection).append(key);
}

std::string RowPositionKey(uint32_t realm, std::string_view projection) {
  std::string key = U32(realm);
  key.append(projection).push_back('\1');
  return key;
}

}  // namespace kasundo::log_format
