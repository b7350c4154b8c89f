#include "workflows/engine/projection.h"

#include <algorithm>

#include "fmt/format.h"
#include "workflows/engine/engine.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/instance_entry.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

constexpr size_t kPage = 1'000;

absl::StatusOr<int64_t> StoredNext(const View& view, uint32_t realm, std::string_view projection) {
  ASSIGN_OR_RETURN(const auto stored,
                   view.Get(Family::kRows, log_format::RowPositionKey(realm, projection)));
  return stored.has_value() ? static_cast<int64_t>(log_format::GetU64(*stored)) : 0;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> ProjectionRows::Get(std::string_view key) const {
  const std::string whole = log_format::RowKey(realm_, projection_, key);
  if (const auto found = written_.find(whole); found != written_.end()) return found->second;
  return view_.Get(Family::kRows, whole);
}

void ProjectionRows::Put(std::string_view key, std::string value) {
  written_.insert_or_assign(log_format::RowKey(realm_, projection_, key), std::move(value));
}

void ProjectionRows::Delete(std::string_view key) {
  written_.insert_or_assign(log_format::RowKey(realm_, projection_, key), std::nullopt);
}

std::vector<Row> ProjectionRows::TakeRows() {
  std::vector<Row> rows;
  rows.reserve(written_.size());
  for (auto& [key, value] : written_) rows.push_back({Family::kRows, key, std::move(value)});
  written_.clear();
  return rows;
}

ProjectionRunner::ProjectionRunner(Engine& engine) : engine_(engine) {
  listener_ = engine_.AddListener([this](std::string_view, int64_t) {
    {
      std::lock_guard lock(mutex_);
      stirred_ = true;
    }
    changed_.notify_all();
  });
}

ProjectionRunner::~ProjectionRunner() {
  engine_.RemoveListener(listener_);
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ProjectionRunner::Start() {
  thread_ = std::thread([this] { Run(); });
}

void ProjectionRunner::Run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || stirred_; });
      if (stop_) return;
      stirred_ = false;
    }
    const absl::Status status = CatchUp();
    // On a full disk nothing is committed either; the first commit when there is space stirs it.
    if (!status.ok() && !absl::IsResourceExhausted(status)) {
      {
        std::lock_guard lock(mutex_);
        failure_ = status;
      }
      changed_.notify_all();
      return;
    }
  }
}

absl::Status ProjectionRunner::CatchUp() {
  for (const std::string& realm : engine_.Realms()) {
    ASSIGN_OR_RETURN(const uint32_t number, engine_.RealmNumber(realm));
    for (const auto& projection : engine_.kinds().projections) {
      while (true) {
        ASSIGN_OR_RETURN(const bool more, Step(realm, number, *projection));
        std::lock_guard lock(mutex_);
        if (!more || stop_) break;
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> ProjectionRunner::Step(const std::string& realm, uint32_t number,
                                            const Projection& projection) {
  std::lock_guard step(step_mutex_);
  Journal& journal = engine_.journal();
  const std::unique_ptr<View> view = journal.Snapshot();
  ASSIGN_OR_RETURN(int64_t next, StoredNext(*view, number, projection.name()));
  ASSIGN_OR_RETURN(const auto events, ReadEventChain(*view, number, next, kPage));
  ProjectionRows rows(*view, number, projection.name());
  workflows::v1::EventRecord record;
  std::unique_ptr<google::protobuf::Message> payload;
  for (const std::string& bytes : events) {
    if (!record.ParseFromString(bytes)) return DamagedAt(number, next, "it cannot be read");
    // An event of a kind that this process does not serve says nothing to its projections.
    if (engine_.kinds().Find(record.kind()) != nullptr) {
      RETURN_IF_ERROR(DecodePayload(record, engine_.kinds(), payload));
      RETURN_IF_ERROR(projection.Apply(record, *payload, rows));
    }
    ++next;
  }
  if (!events.empty()) {
    std::vector<Row> batch = rows.TakeRows();
    batch.push_back({Family::kRows, log_format::RowPositionKey(number, projection.name()),
                     log_format::U64(static_cast<uint64_t>(next))});
    RETURN_IF_ERROR(journal.WriteRows(batch));
  }
  {
    std::lock_guard lock(mutex_);
    next_[{realm, std::string(projection.name())}] = next;
  }
  changed_.notify_all();
  return events.size() == kPage;
}

absl::Status ProjectionRunner::WaitUntilApplied(std::string_view realm, int64_t position,
                                                absl::Duration limit) {
  const auto applied = [&]() {
    if (!failure_.ok()) return true;
    return std::all_of(
        engine_.kinds().projections.begin(), engine_.kinds().projections.end(),
        [&](const auto& projection) {
          const auto found = next_.find({std::string(realm), std::string(projection->name())});
          return found != next_.end() && found->second > position;
        });
  };
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, absl::ToChronoNanoseconds(limit), applied)) {
    return absl::DeadlineExceededError(
        fmt::format("the read models of {} have not reached position {}", realm, position));
  }
  return failure_;
}

absl::Status ProjectionRunner::Rebuild(std::string_view realm, std::string_view projection) {
  ASSIGN_OR_RETURN(const uint32_t number, engine_.RealmNumber(realm));
  {
    std::lock_guard step(step_mutex_);
    std::vector<Row> rows = {
        {Family::kRows, log_format::RowPositionKey(number, projection), std::nullopt}};
    RETURN_IF_ERROR(engine_.journal().Snapshot()->Scan(
        Family::kRows, log_format::RowPrefix(number, projection), "",
        [&](std::string_view key, std::string_view) {
          rows.push_back({Family::kRows, std::string(key), std::nullopt});
          return true;
        }));
    RETURN_IF_ERROR(engine_.journal().WriteRows(rows));
  }
  return CatchUp();
}

absl::Status ProjectionRunner::Read(
    std::string_view realm, std::string_view projection, std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  ASSIGN_OR_RETURN(const uint32_t number, engine_.RealmNumber(realm));
  const std::string begin = log_format::RowPrefix(number, projection);
  return engine_.journal().Snapshot()->Scan(Family::kRows, begin + std::string(prefix), "",
                                            [&](std::string_view key, std::string_view value) {
                                              return visit(key.substr(begin.size()), value);
                                            });
}

int64_t ProjectionRunner::Lag() const {
  int64_t lag = 0;
  for (const std::string& realm : engine_.Realms()) {
    const auto end = engine_.NextPosition(realm);
    if (!end.ok()) continue;
    for (const auto& projection : engine_.kinds().projections) {
      std::lock_guard lock(mutex_);
      const auto found = next_.find({realm, std::string(projection->name())});
      lag = std::max(lag, *end - (found == next_.end() ? 0 : found->second));
    }
  }
  return lag;
}

}  // namespace kasundo
