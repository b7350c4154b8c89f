#include "services/cli/session.h"

#include <filesystem>

#include "absl/strings/ascii.h"
#include "fmt/format.h"
#include "services/cli/local_file.h"
#include "services/cli/names.h"
#include "services/cli/problem.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/yaml_reader.h"
#include "workflows/engine/yaml_writer.h"

namespace kasundo::cli {
namespace {

std::string First(const std::string& a, const std::string& b, const std::string& c = "") {
  return !a.empty() ? a : !b.empty() ? b : c;
}

}  // namespace

std::string SessionPath(const Console& console) {
  const std::string folder =
      First(console.Variable("XDG_CONFIG_HOME"), console.Variable("HOME") + "/.config");
  return folder + "/kasundo/session.yaml";
}

absl::StatusOr<v1::Session> LoadSession(const Console& console) {
  const std::string path = SessionPath(console);
  v1::Session session;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return session;
  ASSIGN_OR_RETURN(const std::string text, ReadLocalFile(path));
  const absl::Status read = ReadYaml(text, session);
  if (read.ok()) return session;
  return UsageAt(path, std::string(read.message()),
                 "Mend the file, or remove it and sign in again.");
}

absl::Status SaveSession(const Console& console, const v1::Session& session) {
  return WritePrivateFile(SessionPath(console),
                          "# Written by kasundo sign-in and kasundo use.\n" + WriteYaml(session));
}

absl::StatusOr<v1::Session> EffectiveSession(const Console& console, const SessionFlags& flags) {
  ASSIGN_OR_RETURN(v1::Session session, LoadSession(console));
  const std::string stored_server = First(session.server(), kDefaultServer);
  session.set_server(First(flags.server, console.Variable("KASUNDO_SERVER"), stored_server));
  if (session.server() != stored_server) {
    session.clear_token();
    session.clear_account();
  }
  if (const std::string token = console.Variable("KASUNDO_TOKEN"); !token.empty()) {
    session.set_token(token);
    session.clear_account();
  }
  if (!flags.token_file.empty()) {
    ASSIGN_OR_RETURN(const std::string token, ReadLocalFile(flags.token_file));
    session.set_token(std::string(absl::StripAsciiWhitespace(token)));
    session.clear_account();
  }
  session.set_tls_roots(
      First(flags.tls_roots, console.Variable("KASUNDO_TLS_ROOTS"), session.tls_roots()));
  std::string realm = First(flags.realm, console.Variable("KASUNDO_REALM"), session.realm());
  if (!realm.empty() && realm.find('/') == std::string::npos) realm = "realms/" + realm;
  if (!realm.empty() && RealmOf(realm) != realm) {
    return Usage(fmt::format("'{}' is no name of a realm", realm),
                 "Write realms/calabarzon, or calabarzon.");
  }
  session.set_realm(realm);
  return session;
}

}  // namespace kasundo::cli
