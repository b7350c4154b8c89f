// What a decider may know beside the command and the state of its instance: who acts, when, and
// what other instances of the same journal say. Everything in it comes from the request or from the
// journal, so deciding the same command again on the same journal gives the same events. It has no
// clock, no randomness and no I/O of its own.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/civil_date.pb.h"
#include "kasundo/workflows/v1/records.pb.h"

namespace kasundo {

// Another instance as a decider sees it.
struct RelatedInstance {
  std::string name;
  std::string kind;
  std::string lifecycle_state;
  int64_t revision = 0;
  int64_t position = 0;
  const google::protobuf::Message* state = nullptr;  // the kind's state message
};

class Context {
 public:
  // Finds another instance of the same journal, as of now and including what the commands decided
  // before this one did; nullptr if there is none. The pointer lives as long as the call to Decide.
  using Lookup = std::function<const RelatedInstance*(std::string_view name)>;

  workflows::v1::Actor actor;
  absl::Time now;             // recorded time of the events that will come of this
  api::v1::CivilDate today;   // the business date: occurred_on if given, else the day of `now` in
                              // the realm's time zone
  bool entered_late = false;  // occurred_on was given and lies before the day of `now`
  absl::TimeZone time_zone = absl::UTCTimeZone();
  std::string instance;         // full name of the instance that is decided on
  std::string lifecycle_state;  // its lifecycle state
  std::string reason;           // why, in the actor's words
  const std::map<std::string, std::string>* parameters = nullptr;  // of the definition
  Lookup lookup;

  const RelatedInstance* Find(std::string_view name) const {
    return lookup ? lookup(name) : nullptr;
  }

  // The state of another instance if it exists and is of the kind whose state is S.
  template <typename S>
  const S* Related(std::string_view name) const {
    const RelatedInstance* found = Find(name);
    return found == nullptr ? nullptr : dynamic_cast<const S*>(found->state);
  }

  // A parameter of the definition, or `otherwise` if it does not set it.
  std::string Parameter(std::string_view key, std::string_view otherwise) const;
  int64_t Parameter(std::string_view key, int64_t otherwise) const;
};

// "realms/calabarzon" of any name beneath it.
std::string_view RealmOf(std::string_view name);
// "realms/calabarzon/committees/cmd" of ".../cmd/meetings/2016-q1"; "" for a realm itself.
std::string_view ParentOf(std::string_view name);
// "2016-q1" of ".../meetings/2016-q1".
std::string_view IdOf(std::string_view name);
// "meetings" of ".../meetings/2016-q1".
std::string_view CollectionOf(std::string_view name);
// Lower-case letters, digits and hyphens, not at the ends, 1 to 63 of them.
bool IsValidId(std::string_view id);

}  // namespace kasundo
