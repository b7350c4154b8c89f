// Records golden histories: plays every history of every *.cases.yaml on the engine of this
// build and writes what the instance went through to <kind>/<release>-<state>.textproto. Only ever
// adds files: one that is there is left as it is.
//
//   record_histories 0.1
#include <filesystem>
#include <fstream>
#include <iostream>

#include "fmt/format.h"
#include "tests/histories/all_kinds.h"
#include "tests/histories/golden_history.h"
#include "tests/support/state_command_table.h"

namespace kasundo::testing {
namespace {

namespace fs = std::filesystem;

int Record(const std::string& release) {
  const fs::path folder = fs::path(KASUNDO_SOURCE_DIR) / "tests" / "histories";
  int added = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.path().string().ends_with(".cases.yaml")) continue;
    const auto cases = ReadCases(entry.path().string());
    if (!cases.ok()) {
      std::cerr << cases.status() << "\n";
      return 1;
    }
    for (const auto& history : cases->states()) {
      if (history.acts().empty()) continue;
      const std::string id = history.variant().empty()
                                 ? history.state()
                                 : fmt::format("{}-{}", history.state(), history.variant());
      const fs::path file = folder / cases->kind() / fmt::format("{}-{}.textproto", release, id);
      if (fs::exists(file)) continue;
      const auto stage = StageIn(AllKinds(), *cases, history);
      if (!stage.ok()) {
        std::cerr << entry.path().filename() << ": " << stage.status() << "\n";
        return 1;
      }
      const auto golden = HistoryOf((*stage)->engine(), cases->instance());
      if (!golden.ok()) {
        std::cerr << entry.path().filename() << ": " << golden.status() << "\n";
        return 1;
      }
      fs::create_directories(file.parent_path());
      std::ofstream out(file);
      out << ToText(*AllKinds(), *golden);
      if (!out.flush()) {
        std::cerr << file << " cannot be written\n";
        return 1;
      }
      ++added;
    }
  }
  std::cout << added << " histories added\n";
  return 0;
}

}  // namespace
}  // namespace kasundo::testing

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: record_histories RELEASE\n";
    return 2;
  }
  return kasundo::testing::Record(argv[1]);
}
