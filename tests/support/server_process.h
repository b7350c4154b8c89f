// A real kasundod in a process of its own: started on ports that are free, killed or stopped at
// will, started again on the same data. For tests of what only a whole process can show.
//
//   ServerProcess server(folder);
//   ASSERT_TRUE(server.Start().ok());
//   auto client = Client::Connect({.address = server.address(), .token =
//   server.administrator_token()}); server.Kill();
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "tests/support/temporary_folder.h"

namespace kasundo::testing {

class ServerProcess {
 public:
  // Data, log and port file lie in `folder`.
  explicit ServerProcess(std::string folder);
  ~ServerProcess();  // kills it
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // Starts it and returns at once.
  absl::Status Launch(const std::vector<std::string>& flags = {});
  // Waits until it says where it listens; UNAVAILABLE with the end of its log if it ends before
  // that.
  absl::Status WaitUntilServing(absl::Duration timeout = absl::Seconds(60));
  // Both.
  absl::Status Start(const std::vector<std::string>& flags = {});

  // SIGKILL, and waits until it is gone.
  void Kill();
  // SIGTERM, and waits until it has stopped; its exit code, or 128 plus the signal that ended it.
  int Stop();
  bool running() const { return pid_ > 0; }
  // -1 if it does not run.
  pid_t process() const { return pid_; }

  // "127.0.0.1:40123", of the last start.
  const std::string& address() const { return address_; }
  // The one-time token that the first start printed; "" if none was.
  std::string administrator_token() const;
  std::string log() const;

 private:
  // Whether the process has ended; then its status is in `exit_status_`.
  bool Ended();

  std::string folder_;
  std::string address_;
  pid_t pid_ = -1;
  int exit_status_ = 0;
};

}  // namespace kasundo::testing
