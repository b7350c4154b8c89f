// Where agreements that are alive overlap (requirement 40): kept in memory and brought up to date
// from the journal whenever somebody asks, so that an answer costs what has changed since the last
// one. Of one process; what it holds can be made anew from the journal at any time.
//
//   OverlapIndex index;
//   ASSIGN_OR_RETURN(const auto overlaps, index.Of(engine, "realms/x/agreements/rome"));
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "workflows/agreement/function_overlaps.h"
#include "workflows/engine/engine.h"

namespace kasundo::agreements {

// Thread-safe. Asked of one engine only.
class OverlapIndex {
 public:
  // Overlaps of one agreement, told from its side; none for one that is not alive.
  absl::StatusOr<std::vector<v1::FunctionOverlap>> Of(const Engine& engine,
                                                      const std::string& agreement);
  // All of a realm, each pair once, told from the later entry.
  absl::StatusOr<std::vector<v1::AgreementOverlap>> All(const Engine& engine,
                                                        const std::string& realm);

 private:
  struct Realm {
    int64_t next = -1;  // position up to which the journal was read; -1: not yet
    std::map<std::string, std::shared_ptr<const v1::AgreementState>> alive;  // by name
    std::map<std::string, std::set<std::string>> by_function;                // names by key
  };

  absl::Status CatchUp(const Engine& engine, const std::string& realm, Realm& held);
  void Forget(const std::string& name, Realm& held);
  void Hold(const Engine& engine, const Instance& instance, Realm& held);
  std::vector<v1::FunctionOverlap> OverlapsIn(const Realm& held, const Engine& engine,
                                              const std::string& agreement) const;

  absl::Mutex mutex_;
  std::map<std::string, Realm> realms_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace kasundo::agreements
