// Tables for people: columns as wide as their content, shortened to the terminal, counted in
// columns of the screen rather than in bytes ("Ñ" is two bytes and one column).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kasundo::cli {

// Columns that a UTF-8 text takes on a terminal. Bytes that are no UTF-8 and control characters
// take one each.
int DisplayWidth(std::string_view text);

// The text cut to at most `width` columns; what is cut ends in "…".
std::string Shorten(std::string_view text, int width);

// The text in lines of at most `width` columns, broken between words; a longer word stays whole.
std::vector<std::string> Wrap(std::string_view text, int width);

// Without line breaks and other control characters, which would break a table or drive the
// terminal.
std::string OneLine(std::string_view text);

class Table {
 public:
  // A column with less than `least` columns of room is not worth showing; the last columns go
  // first.
  struct Column {
    std::string title;
    int least = 8;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // REQUIRES: one cell per column.
  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }

  // Lines with a header, fitted into `width` columns; 0 means as wide as it is. Columns in which
  // every cell is empty are left out.
  std::string Print(int width) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace kasundo::cli
