// Everything that the program reads from and writes to beside the server: so that a test can run
// the whole program with strings.
#pragma once

#include <functional>
#include <istream>
#include <map>
#include <ostream>
#include <string>

namespace kasundo::cli {

struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // Columns of the terminal behind `out`; 0 if it is none: then nothing is shortened.
  int width = 0;
  // A progress bar may be drawn on `err`.
  bool progress = false;
  // The environment variables that the program knows: HOME, XDG_CONFIG_HOME, KASUNDO_SERVER,
  // KASUNDO_TOKEN, KASUNDO_REALM.
  std::map<std::string, std::string> environment;
  // Asks for a line that is not shown while it is typed.
  std::function<std::string(const std::string& prompt)> ask_secret;
  // The terminal behind `out` has colours, and the user wants them.
  bool colour = false;

  // The variable's value, or "" if it is not set.
  std::string Variable(const std::string& name) const {
    const auto found = environment.find(name);
    return found == environment.end() ? "" : found->second;
  }
};

}  // namespace kasundo::cli
