#include "workflows/engine/verification.h"

#include <map>
#include <set>

#include "fmt/format.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/instance_entry.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;

constexpr size_t kPage = 4'096;

absl::Status Differs(std::string what) {
  return Refuse(absl::StatusCode::kDataLoss, api::v1::REASON_STORED_DATA_DAMAGED, std::move(what))
      .Mend("Keep the data folder as it is and restore the latest backup elsewhere.");
}

// A sum over rows that does not depend on their order: what events say in the order of positions
// can be compared with rows in the order of keys, without keeping either. Two different sets of
// rows have one sum only by an accident of SHA-256.
class RowSum {
 public:
  void Add(std::string_view key, std::string_view value) {
    const std::string hash = Sha256(std::string(key).append(1, '\0').append(value));
    low_ += log_format::GetU64(hash);
    high_ += log_format::GetU64(std::string_view(hash).substr(8));
    ++rows_;
  }
  bool operator==(const RowSum&) const = default;

 private:
  uint64_t low_ = 0;
  uint64_t high_ = 0;
  uint64_t rows_ = 0;
};

absl::Status GivenUp() { return absl::CancelledError("the verification was given up"); }

// A view whose scans ask every few thousand rows whether to go on.
class InterruptibleView final : public View {
 public:
  InterruptibleView(const View& view, std::function<bool()> go_on)
      : view_(view), go_on_(std::move(go_on)) {}

  absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                 std::string_view key) const override {
    return view_.Get(family, key);
  }
  absl::Status Scan(
      Family family, std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    bool given_up = false;
    RETURN_IF_ERROR(
        view_.Scan(family, prefix, from, [&](std::string_view key, std::string_view value) {
          given_up = ++rows_ % kPage == 0 && !go_on_();
          return !given_up && visit(key, value);
        }));
    return given_up ? GivenUp() : absl::OkStatus();
  }

 private:
  const View& view_;
  const std::function<bool()> go_on_;
  mutable size_t rows_ = 0;
};

class Replay {
 public:
  Replay(const View& view, std::string_view realm_name, uint32_t realm, int64_t end,
         const KindRegistry& kinds, const DefinitionStore& definitions, absl::TimeZone zone,
         const VerifyProgress& progress)
      : go_on_([this, &progress] { return !progress || progress(position_, end_); }),
        view_(view, go_on_),
        name_(realm_name),
        realm_(realm),
        end_(end),
        kinds_(kinds),
        definitions_(definitions),
        zone_(zone) {}

  absl::Status Run() {
    while (position_ < end_) {
      const size_t limit = std::min<size_t>(kPage, static_cast<size_t>(end_ - position_));
      ASSIGN_OR_RETURN(const auto page, ReadEventChain(view_, realm_, position_, limit));
      if (page.empty()) return DamagedAt(realm_, position_, "it is missing");
      for (const std::string& bytes : page) RETURN_IF_ERROR(Apply(bytes));
      if (!go_on_()) return GivenUp();
    }
    RETURN_IF_ERROR(CompareInstances());
    RETURN_IF_ERROR(CompareTimers());
    RETURN_IF_ERROR(CompareTree());
    RETURN_IF_ERROR(CompareStreams());
    return CompareRequests();
  }

 private:
  absl::Status Apply(const std::string& bytes) {
    if (!record_.ParseFromString(bytes)) return DamagedAt(realm_, position_, "it cannot be read");
    if (record_.position() != position_)
      return DamagedAt(realm_, position_, "it bears another position");
    if (record_.previous_hash() != last_leaf_) {
      return DamagedAt(realm_, position_,
                       "it does not follow the event before it in the hash chain");
    }
    last_leaf_ = LeafHash(bytes);
    streams_.Add(
        log_format::StreamKey(realm_, log_format::Beneath(record_.instance()), record_.revision()),
        log_format::U64(static_cast<uint64_t>(position_)).append(bytes));
    // The events of a command lie together, but for the refusals of its follow-ups.
    if (!record_.request_id().empty() && record_.event() != "FollowUpRefused" &&
        record_.request_id() != last_request_) {
      requests_.Add(log_format::RequestKey(realm_, record_.request_id()), record_.instance());
    }
    if (!record_.request_id().empty()) last_request_ = record_.request_id();
    RETURN_IF_ERROR(DecodePayload(record_, kinds_, payload_));
    auto found = entries_.find(record_.instance());
    if (found == entries_.end()) {
      const Kind* kind = kinds_.Find(record_.kind());
      if (kind == nullptr) return DamagedAt(realm_, position_, "its kind is not known");
      found = entries_.emplace(record_.instance(), NewEntry(record_.instance(), *kind)).first;
    }
    RETURN_IF_ERROR(ApplyEvent(found->second, record_, *payload_, definitions_, zone_));
    ++position_;
    return absl::OkStatus();
  }

  absl::Status CompareInstances() {
    absl::Status status;
    size_t seen = 0;
    RETURN_IF_ERROR(view_.Scan(
        Family::kInstances, log_format::U32(realm_), "",
        [&](std::string_view key, std::string_view value) {
          ++seen;
          const std::string name = log_format::Whole(name_, log_format::InstanceBeneath(key));
          const auto found = entries_.find(name);
          if (found == entries_.end()) {
            status = Differs(fmt::format("{} is stored but no event speaks of it", name));
          } else if (EncodeInstance(found->second) != value) {
            status = Differs(fmt::format(
                "the stored state of {} (revision {}, position {}) is "
                "not what its events make of it",
                name, found->second.record.revision(), found->second.record.position()));
          }
          return status.ok();
        }));
    RETURN_IF_ERROR(status);
    if (seen != entries_.size()) {
      return Differs(
          fmt::format("{} instances are stored, but events speak of {}", seen, entries_.size()));
    }
    return absl::OkStatus();
  }

  absl::Status CompareTimers() {
    std::set<std::string> expected;
    for (const auto& [name, entry] : entries_) {
      for (const v1::ActiveTimer& timer : entry.record.timers()) {
        expected.insert(log_format::TimerKey(realm_, absl::ToUnixMicros(TimeOf(timer.due_time())),
                                             log_format::Beneath(name), timer.deadline()));
      }
    }
    absl::Status status;
    RETURN_IF_ERROR(view_.Scan(
        Family::kTimers, log_format::U32(realm_), "", [&](std::string_view key, std::string_view) {
          if (expected.erase(std::string(key)) == 0) {
            const auto parts = log_format::ParseTimerKey(key);
            status = Differs(fmt::format("a deadline {} of {} is stored that no event set",
                                         parts.deadline, parts.beneath));
          }
          return status.ok();
        }));
    RETURN_IF_ERROR(status);
    if (expected.empty()) return absl::OkStatus();
    const auto parts = log_format::ParseTimerKey(*expected.begin());
    return Differs(fmt::format("the deadline {} of {} is missing", parts.deadline, parts.beneath));
  }

  // Every node of the tree is the hash of the two beneath it, and there are no others. (The leaves
  // are compared with the events as these are read.)
  absl::Status CompareTree() {
    int64_t nodes = 0;
    for (uint64_t level = 0, count = static_cast<uint64_t>(end_); count > 0; ++level, count /= 2) {
      nodes += static_cast<int64_t>(count);
      for (uint64_t first = 0; first + 1 < count; first += 2 * kPage) {
        ASSIGN_OR_RETURN(const auto children,
                         ReadNodes(level, first, std::min<uint64_t>(2 * kPage, count - first)));
        ASSIGN_OR_RETURN(const auto parents, ReadNodes(level + 1, first / 2, children.size() / 2));
        for (size_t i = 0; i < parents.size(); ++i) {
          if (parents[i] != NodeHash(children[2 * i], children[2 * i + 1]))
            return WrongNode(level + 1, first / 2 + i);
        }
      }
    }
    return CompareCount(Family::kTree, nodes, "nodes of the hash tree");
  }

  // DATA_LOSS unless all `count` nodes from `first` on are there.
  absl::StatusOr<std::vector<std::string>> ReadNodes(uint64_t level, uint64_t first,
                                                     uint64_t count) {
    std::vector<std::string> nodes;
    const auto at = static_cast<uint8_t>(level);
    uint64_t index = first;
    RETURN_IF_ERROR(view_.Scan(
        Family::kTree, log_format::U32(realm_).append(1, static_cast<char>(at)),
        log_format::TreeKey(realm_, at, first), [&](std::string_view key, std::string_view hash) {
          if (nodes.size() == count || key != log_format::TreeKey(realm_, at, index)) return false;
          ++index;
          nodes.emplace_back(hash);
          return true;
        }));
    if (nodes.size() != count) return WrongNode(level, index);
    return nodes;
  }

  static absl::Status WrongNode(uint64_t level, uint64_t index) {
    return Differs(fmt::format(
        "node {} of level {} of the hash tree, over the events from position {} on, is not what "
        "its events make of it",
        index, level, index << level));
  }

  absl::Status CompareStreams() {
    RowSum stored;
    RETURN_IF_ERROR(view_.Scan(Family::kStreams, log_format::U32(realm_), "",
                               [&](std::string_view key, std::string_view value) {
                                 stored.Add(key, value);
                                 return true;
                               }));
    if (stored == streams_) return absl::OkStatus();
    return Differs("the entries of the streams are not those that the events make");
  }

  absl::Status CompareRequests() {
    RowSum stored;
    absl::Status status;
    RETURN_IF_ERROR(
        view_.Scan(Family::kRequests, log_format::U32(realm_), "",
                   [&](std::string_view key, std::string_view value) {
                     v1::RequestRecord request;
                     if (!request.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
                       status = Differs("the record of a request id cannot be read");
                       return false;
                     }
                     stored.Add(key, request.instance());
                     return true;
                   }));
    RETURN_IF_ERROR(status);
    if (stored == requests_) return absl::OkStatus();
    return Differs("the records of request ids are not those that the events make");
  }

  absl::Status CompareCount(Family family, int64_t expected, std::string_view what) {
    int64_t stored = 0;
    RETURN_IF_ERROR(
        view_.Scan(family, log_format::U32(realm_), "", [&](std::string_view, std::string_view) {
          ++stored;
          return true;
        }));
    if (stored == expected) return absl::OkStatus();
    return Differs(fmt::format("{} {} are stored, the events make {}", stored, what, expected));
  }

  const std::function<bool()> go_on_;
  const InterruptibleView view_;
  const std::string name_;
  const uint32_t realm_;
  const int64_t end_;
  const KindRegistry& kinds_;
  const DefinitionStore& definitions_;
  const absl::TimeZone zone_;

  int64_t position_ = 0;
  v1::EventRecord record_;  // the one at hand: its strings keep their memory
  std::unique_ptr<google::protobuf::Message> payload_;
  std::string last_leaf_ = std::string(32, '\0');
  std::map<std::string, InstanceEntry, std::less<>> entries_;
  RowSum streams_;
  RowSum requests_;
  std::string last_request_;
};

}  // namespace

absl::Status VerifyRealm(const View& view, std::string_view realm_name, uint32_t realm, int64_t end,
                         const KindRegistry& kinds, const DefinitionStore& definitions,
                         absl::TimeZone zone, const VerifyProgress& progress) {
  return Replay(view, realm_name, realm, end, kinds, definitions, zone, progress).Run();
}

}  // namespace kasundo
