// All names and aliases of a realm's territories, organisations, offices and people, folded
// (name_folding.h), for ResolveName. Loaded on the first question about a realm; follows the
// journal from then on. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/directory/changed_instances.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

class NameIndex {
 public:
  struct Match {
    std::string name;  // of the instance
    std::string kind;
    std::string matched;  // the name or alias, as it was entered
    bool exact = false;
  };

  // `engine` must outlive it.
  explicit NameIndex(Engine& engine);

  // Instances of these kinds (empty: all four) of which a name or alias is `text` or has a word
  // that begins with it: whole matches first, then by name; at most `limit`.
  absl::StatusOr<std::vector<Match>> Find(const std::string& realm, std::string_view text,
                                          const std::set<std::string>& kinds, size_t limit);

 private:
  struct Name {
    std::string folded;
    std::string entered;
  };
  struct Entry {
    std::string kind;
    std::vector<Name> names;
  };
  using Realm = std::map<std::string, Entry>;  // by instance

  absl::Status Follow();
  absl::StatusOr<Realm*> Load(const std::string& realm);
  static void Put(const Instance& instance, Realm& realm);

  Engine& engine_;
  std::mutex mutex_;
  ChangedInstances changed_;
  std::map<std::string, Realm> realms_;
};

}  // namespace kasundo::directory
