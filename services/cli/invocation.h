// One call of the program: what every command of it has at hand.
//
// A group of commands is a function Add<Group>Commands(CLI::App&, Invocation&) that declares them;
// the command that was given puts what it does into `chosen`, which Run() (program.h) calls when
// the whole command line has been understood.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fmt/format.h"
#include "google/protobuf/message.h"
#include "kasundo/cli/v1/session.pb.h"
#include "services/cli/catalog.h"
#include "services/cli/console.h"
#include "services/cli/output.h"
#include "services/cli/problem.h"
#include "services/cli/session.h"
#include "services/cli/view.h"
#include "services/runtime/client.h"

namespace kasundo::cli {

// The usage error of a command that has no table for spreadsheets.
absl::Status NoCsv();

class Invocation {
 public:
  Invocation(Console& console, const Catalog& catalog) : console_(console), catalog_(catalog) {}

  // Set while the command line is read.
  SessionFlags flags;
  std::string format_name = "human";
  int timeout_seconds = 60;
  bool takes_csv = false;  // the command has a table for spreadsheets, or looks itself for one
  std::function<absl::Status()> chosen;

  // What the flags mean, checked. Before it nothing below may be called.
  absl::Status Begin();

  Console& console() const { return console_; }
  const Catalog& catalog() const { return catalog_; }
  const v1::Session& session() const { return session_; }
  const std::string& realm() const { return session_.realm(); }
  Format format() const { return format_; }
  ViewOptions view() const;
  Client& client();
  // The session was changed by a command: later calls go by it.
  absl::Status SetSession(v1::Session session);

  // Calls an RPC. Errors carry the server's refusal.
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Call(
      const MethodDescriptor& method, const google::protobuf::Message& request);
  // Calls the RPC that takes this request. REQUIRES: Response is what it answers with.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const Request& request) {
    auto answer = Call(MethodOf(*Request::descriptor()), request);
    if (!answer.ok()) return std::move(answer).status();
    return std::move(static_cast<Response&>(**answer));
  }
  // REQUIRES: an RPC takes it.
  const MethodDescriptor& MethodOf(const Descriptor& request) const;

  std::ostream& out() const { return console_.out; }
  // Prints one message: as a card or as fields for people, else in the format asked for.
  void PrintResource(const google::protobuf::Message& resource) const;
  void PrintMessage(const google::protobuf::Message& message) const;

 private:
  Console& console_;
  const Catalog& catalog_;
  v1::Session session_;
  std::string tls_roots_;  // PEM
  Format format_ = Format::kHuman;
  std::unique_ptr<Client> client_;
};

void AddSessionCommands(CLI::App& app, Invocation& run);
void AddApplyCommand(CLI::App& app, Invocation& run);
void AddReadCommands(CLI::App& app, Invocation& run);
void AddHistoryCommands(CLI::App& app, Invocation& run);
void AddActCommand(CLI::App& app, Invocation& run);
void AddWorkflowCommands(CLI::App& app, Invocation& run);
void AddAdminCommands(CLI::App& app, Invocation& run);
void AddHelpCommands(CLI::App& app, Invocation& run);
void AddContinuityCommand(CLI::App& app, Invocation& run);
void AddResponsibilitiesCommand(CLI::App& app, Invocation& run);
void AddCompletionCommands(CLI::App& app, Invocation& run);

}  // namespace kasundo::cli
