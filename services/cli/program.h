// The program `kasundo` as a function, so that tests run it with strings.
#pragma once

#include <string>
#include <vector>

#include "services/cli/catalog.h"
#include "services/cli/console.h"

namespace kasundo::cli {

// Runs one command line (without the program's name) with the RPCs of a catalog, and answers with
// the exit code (problem.h).
int Run(const std::vector<std::string>& arguments, Console& console, const Catalog& catalog);

}  // namespace kasundo::cli
