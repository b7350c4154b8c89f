// How the program fails: what it prints and which exit code it ends with. The codes are part of the
// interface: scripts rely on them, so they are never renumbered (README.md lists them).
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kasundo::cli {

enum class Exit {
  kOk = 0,
  kUsage = 1,         // the command line, a local file or the session is wrong; nothing was sent
  kInvalid = 2,       // refused: malformed whatever the state (INVALID_ARGUMENT, OUT_OF_RANGE)
  kPrecondition = 3,  // refused: not now (FAILED_PRECONDITION)
  kNotFound = 4,      // no such thing (NOT_FOUND)
  kPermission = 5,    // not signed in, or not allowed (UNAUTHENTICATED, PERMISSION_DENIED)
  kConflict = 6,      // somebody was faster, or the name is taken (ABORTED, ALREADY_EXISTS)
  kUnavailable = 7,   // no answer now; the same call may be made again (UNAVAILABLE,
                      // DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED)
  kInternal = 8,  // stored data is damaged, or a defect (DATA_LOSS, INTERNAL and everything else)
};

// What each code means, in a line for people.
std::string_view MeaningOf(Exit exit);

// An error of the caller on this side of the wire: Exit::kUsage. `mend` says what to do; every
// error has one.
absl::Status Usage(std::string_view message, std::string_view mend);

// An error of the caller at a place in a file ("realm.yaml:12:3").
absl::Status UsageAt(std::string_view place, std::string_view message, std::string_view mend);

Exit ExitOf(const absl::Status& status);

// Prints "error: ...", and where known "reason:", "field:", "to mend:", a line each.
void PrintProblem(std::ostream& err, const absl::Status& status);

// What to do about it, or "" if nobody said.
std::string MendOf(const absl::Status& status);

}  // namespace kasundo::cli
