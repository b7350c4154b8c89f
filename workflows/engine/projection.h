// Read models. A projection follows the journal and writes rows; its rows and its own position go
// into the same batch, so they never disagree. It can be dropped and rebuilt from the journal to
// the same bytes at any time. Rows are for reading only: no decider ever sees one.
//
//   class ActionItemsByOffice : public Projection {
//     std::string_view name() const override { return "action-items-by-office"; }
//     void Apply(const EventRecord& record, const Message& payload, ProjectionRows& rows) const
//     override {...}
//   };
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/journal.h"

namespace kasundo {

class Engine;

// The rows of one projection in one realm while events are applied: sees its own writes.
class ProjectionRows {
 public:
  ProjectionRows(const View& view, uint32_t realm, std::string_view projection)
      : view_(view), realm_(realm), projection_(projection) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const;
  void Put(std::string_view key, std::string value);
  void Delete(std::string_view key);

  std::vector<Row> TakeRows();

 private:
  const View& view_;
  const uint32_t realm_;
  const std::string projection_;
  std::map<std::string, std::optional<std::string>> written_;
};

class Projection {
 public:
  virtual ~Projection() = default;
  // Stable, lower case with hyphens: part of the keys of its rows. A projection whose rows change
  // meaning takes a new name.
  virtual std::string_view name() const = 0;
  // Total: a recorded event cannot be refused. Depends on nothing but its arguments. An error stops
  // the projection.
  virtual absl::Status Apply(const workflows::v1::EventRecord& record,
                             const google::protobuf::Message& payload,
                             ProjectionRows& rows) const = 0;
};

// Runs the projections of the engine's registry over all realms, on a thread of its own once
// started. Any thread may call it.
class ProjectionRunner {
 public:
  explicit ProjectionRunner(Engine& engine);
  ~ProjectionRunner();
  ProjectionRunner(const ProjectionRunner&) = delete;
  ProjectionRunner& operator=(const ProjectionRunner&) = delete;

  void Start();
  // Applies what is there now, on the caller's thread.
  absl::Status CatchUp();
  // Waits until a realm's projections have seen the event at `position`. DEADLINE_EXCEEDED, or the
  // error that stopped one.
  absl::Status WaitUntilApplied(std::string_view realm, int64_t position, absl::Duration limit);
  // Removes a projection's rows and applies the journal anew.
  absl::Status Rebuild(std::string_view realm, std::string_view projection);
  // Rows whose key begins with `prefix`, in key order, until `visit` answers false.
  absl::Status Read(
      std::string_view realm, std::string_view projection, std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  // How many events the slowest projection has not seen, over all realms.
  int64_t Lag() const;

 private:
  // Applies one page; answers whether there may be more.
  absl::StatusOr<bool> Step(const std::string& realm, uint32_t number,
                            const Projection& projection);
  void Run();

  Engine& engine_;
  int64_t listener_ = 0;
  std::thread thread_;
  std::mutex step_mutex_;  // one step at a time: rows are read, changed and written
  mutable std::mutex mutex_;
  std::condition_variable changed_;  // any of what follows
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  bool stirred_ ABSL_GUARDED_BY(mutex_) = true;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  std::map<std::pair<std::string, std::string>, int64_t> next_
      ABSL_GUARDED_BY(mutex_);  // realm, projection
};

}  // namespace kasundo
