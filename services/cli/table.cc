#include "services/cli/table.h"

#include <locale.h>
#include <wchar.h>

#include <algorithm>
#include <numeric>

#include "workflows/engine/check.h"

namespace kasundo::cli {
namespace {

constexpr int kGap = 2;  // columns between two columns

struct Glyph {
  size_t bytes;
  int columns;
};

// The first character of a text that is not empty, as the terminal sees it.
Glyph First(std::string_view text) {
  // The C library knows the widths of all characters, but only in a UTF-8 locale; the caller's may
  // be another.
  static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (utf8 == nullptr) return {1, 1};
  const locale_t before = uselocale(utf8);
  mbstate_t state{};
  wchar_t character = 0;
  const size_t bytes = mbrtowc(&character, text.data(), text.size(), &state);
  const int columns = bytes <= text.size() && bytes > 0 ? wcwidth(character) : 1;
  uselocale(before);
  if (bytes == 0 || bytes > text.size()) return {1, 1};
  return {bytes, columns < 0 ? 1 : columns};
}

std::string Pad(std::string_view text, int width) {
  return std::string(text) + std::string(std::max(0, width - DisplayWidth(text)), ' ');
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const Glyph glyph = First(text);
    width += glyph.columns;
    text.remove_prefix(glyph.bytes);
  }
  return width;
}

std::string Shorten(std::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width <= 0) return "";
  std::string shortened;
  int used = 1;  // the ellipsis
  while (!text.empty()) {
    const Glyph glyph = First(text);
    if (used + glyph.columns > width) break;
    used += glyph.columns;
    shortened += text.substr(0, glyph.bytes);
    text.remove_prefix(glyph.bytes);
  }
  return shortened + "…";
}

std::vector<std::string> Wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; },
      ' ');
  return line;
}

void Table::Add(std::vector<std::string> cells) {
  KASUNDO_CHECK(cells.size() == columns_.size());
  for (std::string& cell : cells) cell = OneLine(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::Print(int width) const {
  // The columns that are shown, and how wide they want to be.
  std::vector<size_t> shown;
  std::vector<int> widths;
  for (size_t column = 0; column < columns_.size(); ++column) {
    int widest = 0;
    for (const auto& row : rows_) widest = std::max(widest, DisplayWidth(row[column]));
    if (widest == 0) continue;
    shown.push_back(column);
    widths.push_back(std::max(widest, DisplayWidth(columns_[column].title)));
  }

  if (width > 0) {
    const auto total = [&] {
      return std::accumulate(widths.begin(), widths.end(), 0) +
             kGap * static_cast<int>(std::max<size_t>(widths.size(), 1) - 1);
    };
    const auto least_total = [&] {
      int least = 0;
      for (size_t i = 0; i < shown.size(); ++i) {
        least += std::min(widths[i], columns_[shown[i]].least) + (i > 0 ? kGap : 0);
      }
      return least;
    };
    while (shown.size() > 1 && least_total() > width) {
      shown.pop_back();
      widths.pop_back();
    }
    // The widest column gives way, one screen column at a time, but not below its least.
    while (total() > width) {
      int widest = -1;
      for (size_t i = 0; i < shown.size(); ++i) {
        if (widths[i] > std::min(columns_[shown[i]].least, width) &&
            (widest < 0 || widths[i] > widths[widest])) {
          widest = static_cast<int>(i);
        }
      }
      if (widest < 0) break;
      --widths[widest];
    }
  }

  std::string text;
  const auto print = [&](const auto& cell_of) {
    std::string line;
    for (size_t i = 0; i < shown.size(); ++i) {
      const std::string cell = Shorten(cell_of(shown[i]), widths[i]);
      line += i + 1 < shown.size() ? Pad(cell, widths[i] + kGap) : cell;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  if (shown.empty()) return "";
  print([&](size_t column) { return columns_[column].title; });
  for (const auto& row : rows_) {
    print([&](size_t column) { return row[column]; });
  }
  return text;
}

}  // namespace kasundo::cli
