#include "services/cli/difference.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kasundo::cli {
namespace {

using Lines = std::vector<std::string_view>;

// Beyond so many cells of the table the middle is shown as replaced as a whole: a difference nobody
// could read anyway.
constexpr size_t kMostCells = 16'000'000;

Lines Split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

struct Edit {
  char sign;  // ' ', '-' or '+'
  std::string_view line;
};

// The shortest way from one to the other: the longest common subsequence, by the classic table.
void Middle(const Lines& before, size_t before_begin, size_t before_end, const Lines& after,
            size_t after_begin, size_t after_end, std::vector<Edit>& edits) {
  const size_t rows = before_end - before_begin;
  const size_t columns = after_end - after_begin;
  size_t i = 0;
  size_t j = 0;
  if (rows > 0 && columns > 0 && (rows + 1) * (columns + 1) <= kMostCells) {
    // common[i][j]: length of the longest common subsequence of what is left after i and j lines.
    std::vector<uint32_t> common((rows + 1) * (columns + 1), 0);
    const auto at = [&](size_t row, size_t column) -> uint32_t& {
      return common[row * (columns + 1) + column];
    };
    for (size_t row = rows; row-- > 0;) {
      for (size_t column = columns; column-- > 0;) {
        at(row, column) = before[before_begin + row] == after[after_begin + column]
                              ? at(row + 1, column + 1) + 1
                              : std::max(at(row + 1, column), at(row, column + 1));
      }
    }
    while (i < rows && j < columns) {
      if (before[before_begin + i] == after[after_begin + j]) {
        edits.push_back({' ', before[before_begin + i]});
        ++i;
        ++j;
      } else if (at(i + 1, j) >= at(i, j + 1)) {
        edits.push_back({'-', before[before_begin + i++]});
      } else {
        edits.push_back({'+', after[after_begin + j++]});
      }
    }
  }
  while (i < rows) edits.push_back({'-', before[before_begin + i++]});
  while (j < columns) edits.push_back({'+', after[after_begin + j++]});
}

}  // namespace

std::string Difference(std::string_view before_text, std::string_view after_text, int context) {
  const Lines before = Split(before_text);
  const Lines after = Split(after_text);
  size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) ++head;
  size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  std::vector<Edit> edits;
  for (size_t i = 0; i < head; ++i) edits.push_back({' ', before[i]});
  Middle(before, head, before.size() - tail, after, head, after.size() - tail, edits);
  for (size_t i = before.size() - tail; i < before.size(); ++i) edits.push_back({' ', before[i]});

  std::vector<bool> shown(edits.size(), false);
  for (size_t i = 0; i < edits.size(); ++i) {
    if (edits[i].sign == ' ') continue;
    const size_t around = static_cast<size_t>(context);
    for (size_t near = i - std::min(i, around); near < std::min(edits.size(), i + around + 1);
         ++near)
      shown[near] = true;
  }
  if (std::find(shown.begin(), shown.end(), true) == shown.end()) return "";
  std::string text;
  bool left_out = false;
  for (size_t i = 0; i < edits.size(); ++i) {
    if (!shown[i]) {
      left_out = true;
      continue;
    }
    if (left_out) text += "  ...\n";
    left_out = false;
    text += edits[i].sign;
    text += ' ';
    text += edits[i].line;
    text += '\n';
  }
  if (left_out) text += "  ...\n";
  return text;
}

}  // namespace kasundo::cli
