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

class Replay {
 public:
  Replay(const View& view, std::string_view realm_name, uint32_t realm, int64_t end,
         const KindRegistry& kinds, const DefinitionStore& definitions, absl::TimeZone zone)
      : view_(view),
        name_(realm_name),
        realm_(realm),
        end_(end),
        kinds_(kinds),
        definitions_(definitions),
        zone_(zone) {}

  absl::Status Run(const VerifyProgress& progress) {
    while (position_ < end_) {
      const size_t limit = std::min<size_t>(kPage, static_cast<size_t>(end_ - position_));
      ASSIGN_OR_RETURN(const auto page, ReadEventChain(view_, realm_, position_, limit));
      if (page.empty()) return DamagedAt(realm_, position_, "it is missing");
      for (const std::string& bytes : page) RETURN_IF_ERROR(Apply(bytes));
      if (progress) progress(position_, end_);
    }
    RETURN_IF_ERROR(CompareInstances());
    RETURN_IF_ERROR(CompareTimers());
    RETURN_IF_ERROR(CompareCount(Family::kTree, tree_nodes_, "nodes of the hash tree"));
    RETURN_IF_ERROR(CompareCount(Family::kStreams, end_, "entries of streams"));
    return CompareCount(Family::kRequests, static_cast<int64_t>(requests_.size()), "request ids");
  }

 private:
  absl::Status Apply(const std::string& bytes) {
    v1::EventRecord record;
    if (!record.ParseFromString(bytes)) return DamagedAt(realm_, position_, "it cannot be read");
    if (record.position() != position_)
      return DamagedAt(realm_, position_, "it bears another position");
    if (record.previous_hash() != last_leaf_) {
      return DamagedAt(realm_, position_,
                       "it does not follow the event before it in the hash chain");
    }
    last_leaf_ = LeafHash(bytes);
    absl::Status tree;
    frontier_.Add(last_leaf_, [&](const TreeNode& node) {
      ++tree_nodes_;
      if (tree.ok()) tree = CompareNode(node);
    });
    RETURN_IF_ERROR(tree);
    RETURN_IF_ERROR(CompareRow(
        Family::kStreams,
        log_format::StreamKey(realm_, log_format::Beneath(record.instance()), record.revision()),
        log_format::U64(static_cast<uint64_t>(position_)), "its entry in the stream"));
    if (!record.request_id().empty()) RETURN_IF_ERROR(CompareRequest(record));
    ASSIGN_OR_RETURN(const auto payload, DecodePayload(record, kinds_));
    auto found = entries_.find(record.instance());
    if (found == entries_.end()) {
      const Kind* kind = kinds_.Find(record.kind());
      if (kind == nullptr) return DamagedAt(realm_, position_, "its kind is not known");
      found = entries_.emplace(record.instance(), NewEntry(record.instance(), *kind)).first;
    }
    RETURN_IF_ERROR(ApplyEvent(found->second, record, *payload, definitions_, zone_));
    ++position_;
    return absl::OkStatus();
  }

  absl::Status CompareRow(Family family, const std::string& key, std::string_view expected,
                          std::string_view what) {
    ASSIGN_OR_RETURN(const auto stored, view_.Get(family, key));
    if (stored.has_value() && *stored == expected) return absl::OkStatus();
    return DamagedAt(realm_, position_,
                     fmt::format("{} {}", what, stored.has_value() ? "differs" : "is missing"));
  }

  absl::Status CompareNode(const TreeNode& node) {
    return CompareRow(Family::kTree, log_format::TreeKey(realm_, node.level, node.index), node.hash,
                      fmt::format("node {} of level {} of the hash tree", node.index, node.level));
  }

  absl::Status CompareRequest(const v1::EventRecord& record) {
    if (!requests_.insert(Sha256(record.request_id()).substr(0, 16)).second)
      return absl::OkStatus();
    ASSIGN_OR_RETURN(
        const auto stored,
        view_.Get(Family::kRequests, log_format::RequestKey(realm_, record.request_id())));
    v1::RequestRecord request;
    if (!stored.has_value() || !request.ParseFromString(*stored) ||
        request.instance() != record.instance() || request.position() < record.position()) {
      return DamagedAt(realm_, position_, "the record of its request id does not fit it");
    }
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

  const View& view_;
  const std::string name_;
  const uint32_t realm_;
  const int64_t end_;
  const KindRegistry& kinds_;
  const DefinitionStore& definitions_;
  const absl::TimeZone zone_;

  int64_t position_ = 0;
  std::string last_leaf_ = std::string(32, '\0');
  MerkleFrontier frontier_;
  int64_t tree_nodes_ = 0;
  std::map<std::string, InstanceEntry, std::less<>> entries_;
  std::set<std::string> requests_;
};

}  // namespace

absl::Status VerifyRealm(const View& view, std::string_view realm_name, uint32_t realm, int64_t end,
                         const KindRegistry& kinds, const DefinitionStore& definitions,
                         absl::TimeZone zone, const VerifyProgress& progress) {
  return Replay(view, realm_name, realm, end, kinds, definitions, zone).Run(progress);
}

}  // namespace kasundo
