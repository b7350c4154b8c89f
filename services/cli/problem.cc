#include "services/cli/problem.h"

#include <ostream>

#include "absl/strings/cord.h"
#include "fmt/format.h"
#include "workflows/engine/refusal.h"

namespace kasundo::cli {
namespace {

// Marks a status as an error of the command line; its value is the mend.
constexpr char kUsageMark[] = "kasundo.cli/usage";

constexpr char kSignInMend[] = "Run: kasundo sign-in";

// What to do about errors of the transport, which carry no Refusal.
std::string_view TransportMend(absl::StatusCode code) {
  if (code == absl::StatusCode::kUnavailable) {
    return "Check that the server runs and that --server or KASUNDO_SERVER names it; then run the "
           "same command again.";
  }
  if (code == absl::StatusCode::kDeadlineExceeded) {
    return "It may have been done: look with kasundo history before you run it again.";
  }
  if (code == absl::StatusCode::kUnauthenticated) return kSignInMend;
  if (code == absl::StatusCode::kUnimplemented) {
    return "The server is older than this program or does not run this service; see: kasundod "
           "--services";
  }
  return "";
}

}  // namespace

std::string_view MeaningOf(Exit exit) {
  switch (exit) {
    case Exit::kOk:
      return "done";
    case Exit::kUsage:
      return "the command line, a local file or the session is wrong; nothing was sent";
    case Exit::kInvalid:
      return "refused: something in the request can never be right";
    case Exit::kPrecondition:
      return "refused: not in the present state";
    case Exit::kNotFound:
      return "there is no such thing";
    case Exit::kPermission:
      return "not signed in, or not allowed";
    case Exit::kConflict:
      return "somebody was faster (etag), or the name is taken";
    case Exit::kUnavailable:
      return "the server cannot be reached or cannot do it now; try the same again";
    case Exit::kInternal:
      return "stored data is damaged, or a defect of the program";
  }
  return "";
}

absl::Status Usage(std::string_view message, std::string_view mend) {
  absl::Status status(absl::StatusCode::kInvalidArgument,
                      absl::string_view(message.data(), message.size()));
  status.SetPayload(kUsageMark, absl::Cord(absl::string_view(mend.data(), mend.size())));
  return status;
}

absl::Status UsageAt(std::string_view place, std::string_view message, std::string_view mend) {
  return Usage(fmt::format("{}: {}", place, message), mend);
}

Exit ExitOf(const absl::Status& status) {
  if (status.GetPayload(kUsageMark).has_value()) return Exit::kUsage;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return Exit::kOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return Exit::kInvalid;
    case absl::StatusCode::kFailedPrecondition:
      return Exit::kPrecondition;
    case absl::StatusCode::kNotFound:
      return Exit::kNotFound;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return Exit::kPermission;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return Exit::kConflict;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kCancelled:
      return Exit::kUnavailable;
    default:  // DATA_LOSS, INTERNAL, UNKNOWN, UNIMPLEMENTED and codes of later abseils
      return Exit::kInternal;
  }
}

std::string MendOf(const absl::Status& status) {
  if (const auto usage = status.GetPayload(kUsageMark)) return std::string(*usage);
  if (const auto refusal = RefusalOf(status)) {
    // The server speaks to programs, of metadata; whoever sits here has a command for it.
    return refusal->reason() == "IDENTITY_REQUIRED" ? kSignInMend : refusal->mend();
  }
  return std::string(TransportMend(status.code()));
}

void PrintProblem(std::ostream& err, const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  std::string message =
      refusal && !refusal->message().empty() ? refusal->message() : std::string(status.message());
  // gRPC itself says nothing about a call that no service takes.
  if (message.empty() && status.code() == absl::StatusCode::kUnimplemented)
    message = "this server does not know that call";
  if (message.empty()) message = absl::StatusCodeToString(status.code());
  err << "error: " << message << "\n";
  if (refusal) {
    if (!refusal->reason().empty()) err << "reason: " << refusal->reason() << "\n";
    if (!refusal->field().empty()) err << "field: " << refusal->field() << "\n";
  }
  if (const std::string mend = MendOf(status); !mend.empty()) err << "to mend: " << mend << "\n";
}

}  // namespace kasundo::cli
