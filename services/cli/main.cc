// The program `kasundo`.
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "services/cli/program.h"

namespace {

int TerminalWidth() {
  if (isatty(STDOUT_FILENO) == 0) return 0;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

// Whether colours may be used: on a terminal that has them, unless the user asks for none
// (https://no-color.org).
bool HasColours() {
  const char* none = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && (none == nullptr || *none == '\0') && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

// A line from the terminal that is not shown while it is typed; from the standard input where there
// is no terminal.
std::string AskSecret(const std::string& prompt) {
  std::cerr << prompt << std::flush;
  termios shown{};
  const bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  std::string secret;
  std::getline(std::cin, secret);
  if (terminal) {
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::cerr << "\n";
  }
  return secret;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE,
              SIG_IGN);  // `kasundo list ... | head` ends with a failed write, not with a signal
  kasundo::cli::Console console{
      std::cin, std::cout, std::cerr,   TerminalWidth(), isatty(STDERR_FILENO) != 0,
      {},       AskSecret, HasColours()};
  for (const char* name : {"HOME", "XDG_CONFIG_HOME", "KASUNDO_SERVER", "KASUNDO_TOKEN",
                           "KASUNDO_REALM", "KASUNDO_TLS_ROOTS"}) {
    if (const char* value = std::getenv(name)) console.environment[name] = value;
  }
  const int code = kasundo::cli::Run(std::vector<std::string>(argv + 1, argv + argc), console,
                                     kasundo::cli::Catalog());
  std::cout.flush();
  return code;
}
