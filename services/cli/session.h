// Where and as whom the program works. The session file remembers what `sign-in` and `use` said;
// the environment wins over the file, and flags win over both:
//
//   server   --server       KASUNDO_SERVER   session   127.0.0.1:7420
//   token    --token-file   KASUNDO_TOKEN    session
//   realm    --realm        KASUNDO_REALM    session
//   TLS      --tls-roots    KASUNDO_TLS_ROOTS  session   none: plain text
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/cli/v1/session.pb.h"
#include "services/cli/console.h"

namespace kasundo::cli {

inline constexpr char kDefaultServer[] = "127.0.0.1:7420";

// What the flags said; empty where none was given.
struct SessionFlags {
  std::string server = {};
  std::string token_file = {};
  std::string realm = {};
  std::string tls_roots = {};
};

// $XDG_CONFIG_HOME/kasundo/session.yaml, or ~/.config/kasundo/session.yaml.
std::string SessionPath(const Console& console);

// What the file says; an empty session if there is none. A usage error with line and column if it
// cannot be read.
absl::StatusOr<v1::Session> LoadSession(const Console& console);

// Writes the file, readable by its owner only.
absl::Status SaveSession(const Console& console, const v1::Session& session);

// The file, the environment and the flags together. A token is only sent to the server that gave
// it: with another server by flag or environment, the token of the file is left out.
absl::StatusOr<v1::Session> EffectiveSession(const Console& console, const SessionFlags& flags);

}  // namespace kasundo::cli
