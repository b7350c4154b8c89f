#include "workflows/plan/sdg_target.h"

#include <array>

#include "fmt/format.h"

namespace kasundo::plans {
namespace {

// How many numbered and lettered targets each of the seventeen goals has (A/RES/71/313).
struct Goal {
  int numbers;
  char last_letter;
};
constexpr std::array<Goal, 17> kGoals = {{{5, 'b'},
                                          {5, 'c'},
                                          {9, 'd'},
                                          {7, 'c'},
                                          {6, 'c'},
                                          {6, 'b'},
                                          {3, 'b'},
                                          {10, 'b'},
                                          {5, 'c'},
                                          {7, 'c'},
                                          {7, 'c'},
                                          {8, 'c'},
                                          {3, 'b'},
                                          {7, 'c'},
                                          {9, 'c'},
                                          {10, 'b'},
                                          {19, 0}}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes a number of one or two digits from the front; 0 if there is none.
int TakeNumber(std::string_view& text) {
  int number = 0;
  for (int i = 0; i < 2 && !text.empty() && IsDigit(text.front()); ++i) {
    number = number * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  return number;
}

}  // namespace

std::optional<std::string> CanonicalSdgTarget(std::string_view text) {
  const int goal = TakeNumber(text);
  if (goal < 1 || goal > static_cast<int>(kGoals.size())) return std::nullopt;
  const Goal& targets = kGoals[static_cast<size_t>(goal) - 1];
  const bool point = !text.empty() && text.front() == '.';
  if (point) text.remove_prefix(1);
  if (text.size() == 1 && !IsDigit(text.front())) {
    const char letter = text.front() >= 'A' && text.front() <= 'Z'
                            ? static_cast<char>(text.front() + 32)
                            : text.front();
    if (letter < 'a' || letter > targets.last_letter) return std::nullopt;
    return fmt::format("{}.{}", goal, letter);
  }
  if (!point) return std::nullopt;
  const int number = TakeNumber(text);
  if (!text.empty() || number < 1 || number > targets.numbers) return std::nullopt;
  return fmt::format("{}.{}", goal, number);
}

}  // namespace kasundo::plans
