// Calls any RPC of a Kasundo server by its name, without generated stubs: for the command line, for
// tests, and for a process that asks another one. Thread-safe.
//
//   auto client = Client::Connect({.address = "127.0.0.1:7420", .token = token});
//   v1::Committee committee;
//   absl::Status status = client->Call("kasundo.committees.v1.Committees.GetCommittee", request,
//   &committee); if (ReasonOf(status) == "INSTANCE_NOT_FOUND") ...
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace kasundo {

struct ClientOptions {
  std::string address = {};    // "127.0.0.1:7420", "unix:/run/kasundo.sock"
  std::string token = {};      // bearer token; "" for anonymous RPCs
  std::string tls_roots = {};  // PEM of the authorities to trust; "" = plain text
  // A call without an answer after so long fails with DEADLINE_EXCEEDED.
  absl::Duration timeout = absl::Seconds(30);
  // A call that the server could not take (UNAVAILABLE) is sent again so often, if that cannot do
  // it twice: reads, and commands with a request id.
  int attempts = 5;
  std::string user_agent = {};  // prefix of the user agent; "" = none
};

class Client {
 public:
  static std::unique_ptr<Client> Connect(ClientOptions options);
  virtual ~Client() = default;

  // `method` is the full name ("kasundo.committees.v1.Committees.GetCommittee"), `response` of its
  // response type. A refusal is in the status: RefusalOf(), ReasonOf()
  // (workflows/engine/refusal.h). `timeout` and `token` win over the options.
  struct CallOptions {
    absl::Duration timeout = absl::ZeroDuration();  // 0 = that of the client
    std::string_view token = {};                    // "" = that of the client
  };
  virtual absl::Status Call(std::string_view method, const google::protobuf::Message& request,
                            google::protobuf::Message* response, CallOptions options) = 0;
  absl::Status Call(std::string_view method, const google::protobuf::Message& request,
                    google::protobuf::Message* response) {
    return Call(method, request, response, CallOptions());
  }

  // An open server stream.
  class Stream {
   public:
    virtual ~Stream() = default;  // cancels it if it has not ended
    // Waits for the next message; false if the stream has ended.
    virtual bool Read(google::protobuf::Message* message) = 0;
    // How it ended; call once, after Read() answered false.
    virtual absl::Status Finish() = 0;
    // Ends it from the caller's side. From any thread.
    virtual void Cancel() = 0;
  };
  // Opens a server stream, without a time limit unless one is given.
  virtual std::unique_ptr<Stream> Open(std::string_view method,
                                       const google::protobuf::Message& request,
                                       CallOptions options) = 0;
  std::unique_ptr<Stream> Open(std::string_view method, const google::protobuf::Message& request) {
    return Open(method, request, CallOptions());
  }

  // Waits until the server can be reached; false if it cannot by then.
  virtual bool WaitUntilReachable(absl::Duration timeout) = 0;
};

}  // namespace kasundo
