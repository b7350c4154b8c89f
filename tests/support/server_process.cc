#include "tests/support/server_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "absl/time/clock.h"
#include "fmt/format.h"
#include "workflows/engine/check.h"

namespace kasundo::testing {
namespace {

namespace fs = std::filesystem;

std::string Contents(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string LastLines(const std::string& text) {
  return text.size() > 2000 ? "..." + text.substr(text.size() - 2000) : text;
}

}  // namespace

ServerProcess::ServerProcess(std::string folder) : folder_(std::move(folder)) {}

ServerProcess::~ServerProcess() { Kill(); }

absl::Status ServerProcess::Launch(const std::vector<std::string>& flags) {
  KASUNDO_CHECK(pid_ <= 0);
  const std::string port_file = folder_ + "/port";
  fs::remove(port_file);
  std::vector<std::string> arguments = {KASUNDO_BINARY_DIR "/services/kasundod/kasundod",
                                        "--data",
                                        folder_ + "/data",
                                        "--listen",
                                        "127.0.0.1:0",
                                        "--metrics-listen",
                                        "off",
                                        "--port-file",
                                        port_file};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const int log = open((folder_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0)
    return absl::InternalError(fmt::format("the log cannot be opened: {}", strerror(errno)));
  pid_ = fork();
  if (pid_ == 0) {
    // Only async-signal-safe calls from here on: the parent may have threads.
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(log);
  if (pid_ < 0) return absl::InternalError(fmt::format("fork: {}", strerror(errno)));
  return absl::OkStatus();
}

absl::Status ServerProcess::WaitUntilServing(absl::Duration timeout) {
  const absl::Time until = absl::Now() + timeout;
  // The descriptor becomes readable when the process ends: the wait is for either, whichever comes
  // first.
  const int process = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  while (true) {
    const std::string port = Contents(folder_ + "/port");
    if (!port.empty()) {
      if (process >= 0) close(process);
      address_ = fmt::format("127.0.0.1:{}", port.substr(0, port.find('\n')));
      return absl::OkStatus();
    }
    if (Ended()) {
      if (process >= 0) close(process);
      return absl::UnavailableError(
          fmt::format("kasundod ended with status {}:\n{}", exit_status_, LastLines(log())));
    }
    if (absl::Now() > until) {
      if (process >= 0) close(process);
      return absl::DeadlineExceededError("kasundod does not serve:\n" + LastLines(log()));
    }
    pollfd wait = {process, POLLIN, 0};
    poll(&wait, process >= 0 ? 1 : 0, 2);
  }
}

absl::Status ServerProcess::Start(const std::vector<std::string>& flags) {
  if (absl::Status launched = Launch(flags); !launched.ok()) return launched;
  return WaitUntilServing();
}

void ServerProcess::Kill() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  while (waitpid(pid_, &exit_status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

int ServerProcess::Stop() {
  if (pid_ <= 0) return 0;
  kill(pid_, SIGTERM);
  while (waitpid(pid_, &exit_status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(exit_status_) ? WEXITSTATUS(exit_status_) : 128 + WTERMSIG(exit_status_);
}

bool ServerProcess::Ended() {
  if (pid_ <= 0) return true;
  if (waitpid(pid_, &exit_status_, WNOHANG) != pid_) return false;
  pid_ = -1;
  return true;
}

std::string ServerProcess::administrator_token() const {
  static const std::regex token("kasundo_[A-Za-z0-9_-]+");
  const std::string text = log();
  std::smatch match;
  return std::regex_search(text, match, token) ? match.str() : "";
}

std::string ServerProcess::log() const { return Contents(folder_ + "/log"); }

}  // namespace kasundo::testing
