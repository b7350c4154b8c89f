#include "workflows/engine/nearest_name.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace kasundo {
namespace {

// Names longer than this are not compared: an edit distance costs the product of the lengths.
constexpr size_t kLongest = 128;

std::string Letters(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') {
      letters.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  }
  return letters;
}

// Levenshtein's, with a swap of neighbours counted as one edit.
size_t Edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> edits(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) edits[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) edits[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      edits[i][j] = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1,
                              edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
      }
    }
  }
  return edits[a.size()][b.size()];
}

}  // namespace

std::string NearestName(std::string_view name, std::span<const std::string> candidates) {
  if (name.size() > kLongest) return "";
  const std::string wanted = Letters(name);
  std::string nearest;
  size_t fewest = wanted.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongest) continue;
    const size_t edits = Edits(wanted, Letters(candidate));
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string SuggestName(std::string_view name, std::span<const std::string> candidates,
                        std::string_view plural, size_t most) {
  const std::string nearest = NearestName(name, candidates);
  if (!nearest.empty()) return fmt::format("Did you mean \"{}\"?", nearest);
  if (candidates.empty()) return fmt::format("There are no {}.", plural);
  const auto listed = candidates.first(std::min(most, candidates.size()));
  return fmt::format("Known {}: {}{}", plural, fmt::join(listed, ", "),
                     listed.size() < candidates.size() ? ", ..." : ".");
}

}  // namespace kasundo
