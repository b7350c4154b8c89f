// Comma-separated values for spreadsheets, as RFC 4180 has them: lines end in CR LF, a cell with a
// comma, a quote, a line break or spaces at its ends is quoted, a quote is doubled.
//
// A cell that a spreadsheet would take for a formula ("=", "+", "-", "@", tab or return at its
// beginning) gets an apostrophe before it: titles are written by people, and a table must not run
// what stands in one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kasundo::cli {

// One cell, quoted if it must be.
std::string CsvCell(std::string_view text);

// One line with its end.
std::string CsvLine(const std::vector<std::string>& cells);

}  // namespace kasundo::cli
