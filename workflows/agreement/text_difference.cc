#include "workflows/agreement/text_difference.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <dtl/dtl.hpp>
#include <map>
#include <memory>

#include "workflows/engine/check.h"

namespace kasundo::agreements {
namespace {

using api::v1::TextRun;

// Words, spaces and marks: every byte of the text in one of them.
std::vector<std::string_view> WordsOf(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  KASUNDO_CHECK(U_SUCCESS(error));
  UText bytes = UTEXT_INITIALIZER;
  utext_openUTF8(&bytes, text.data(), static_cast<int64_t>(text.size()), &error);
  breaks->setText(&bytes, error);
  KASUNDO_CHECK(U_SUCCESS(error));
  std::vector<std::string_view> words;
  int32_t begin = breaks->first();
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  utext_close(&bytes);
  return words;
}

// Equal words have equal numbers, so that comparing them costs nothing.
using Numbers = std::map<std::string_view, int>;

std::vector<int> Number(const std::vector<std::string_view>& words, Numbers& numbers) {
  std::vector<int> numbered;
  numbered.reserve(words.size());
  for (const std::string_view word : words) {
    numbered.push_back(numbers.emplace(word, static_cast<int>(numbers.size())).first->second);
  }
  return numbered;
}

// What stayed the same, and the change that follows it.
struct Block {
  std::string same;
  std::string removed;
  std::string added;

  bool changes() const { return !removed.empty() || !added.empty(); }
  size_t change_size() const { return std::max(removed.size(), added.size()); }
};

std::vector<Block> BlocksOf(const std::vector<std::string_view>& before,
                            const std::vector<std::string_view>& after) {
  Numbers numbers;
  dtl::Diff<int, std::vector<int>> difference(Number(before, numbers), Number(after, numbers));
  difference.compose();
  std::vector<Block> blocks(1);
  size_t in_before = 0;
  size_t in_after = 0;
  for (const auto& [number, edit] : difference.getSes().getSequence()) {
    switch (edit.type) {
      case dtl::SES_COMMON:
        if (blocks.back().changes()) blocks.emplace_back();
        blocks.back().same += before[in_before++];
        ++in_after;
        break;
      case dtl::SES_DELETE:
        blocks.back().removed += before[in_before++];
        break;
      case dtl::SES_ADD:
        blocks.back().added += after[in_after++];
        break;
    }
  }
  return blocks;
}

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

// What stayed the same between two changes goes with them if it is blank, or no longer than either.
std::vector<Block> JoinIslands(std::vector<Block> blocks) {
  std::vector<Block> joined;
  for (Block& block : blocks) {
    const bool island =
        !joined.empty() && joined.back().changes() && block.changes() &&
        (IsBlank(block.same) ||
         block.same.size() <= std::min(joined.back().change_size(), block.change_size()));
    if (!island) {
      joined.push_back(std::move(block));
      continue;
    }
    joined.back().removed += block.same + block.removed;
    joined.back().added += block.same + block.added;
  }
  return joined;
}

void Add(api::v1::TextChange change, std::string text, std::vector<TextRun>& runs) {
  if (text.empty()) return;
  TextRun& run = runs.emplace_back();
  run.set_change(change);
  run.set_text(std::move(text));
}

}  // namespace

std::vector<TextRun> Difference(std::string_view before, std::string_view after) {
  std::vector<TextRun> runs;
  for (Block& block : JoinIslands(BlocksOf(WordsOf(before), WordsOf(after)))) {
    Add(api::v1::TEXT_CHANGE_SAME, std::move(block.same), runs);
    Add(api::v1::TEXT_CHANGE_REMOVED, std::move(block.removed), runs);
    Add(api::v1::TEXT_CHANGE_ADDED, std::move(block.added), runs);
  }
  return runs;
}

absl::StatusOr<std::string> Apply(std::string_view before, const std::vector<TextRun>& difference) {
  std::string after;
  for (const TextRun& run : difference) {
    if (run.change() != api::v1::TEXT_CHANGE_ADDED) {
      if (before.substr(0, run.text().size()) != run.text()) {
        return absl::InvalidArgumentError("the difference is not one of this text");
      }
      before.remove_prefix(run.text().size());
    }
    if (run.change() != api::v1::TEXT_CHANGE_REMOVED) after += run.text();
  }
  if (!before.empty()) return absl::InvalidArgumentError("the difference ends before the text");
  return after;
}

bool HasChanges(const std::vector<TextRun>& difference) {
  return std::any_of(difference.begin(), difference.end(),
                     [](const TextRun& run) { return run.change() != api::v1::TEXT_CHANGE_SAME; });
}

}  // namespace kasundo::agreements
