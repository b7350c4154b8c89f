// The difference of two texts, word by word, as a secretary reads it: pure functions.
//
//   Difference("The host pays.", "The guest pays.")
//       = same "The ", removed "host", added "guest", same " pays."
//
// Words are found by the rules of Unicode, so that it works for any script; the shortest way from
// one text to the other is that of Wu, Manber and Myers (library dtl). Small islands that stayed
// the same between greater changes are shown as changed with them: a phrase that was replaced reads
// better whole than cut to pieces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/api/v1/text_difference.pb.h"

namespace kasundo::agreements {

// Pieces in order; none is empty, and no two beside each other are of the same kind. No piece for
// two empty texts, one piece (same) for two equal ones.
std::vector<api::v1::TextRun> Difference(std::string_view before, std::string_view after);

// The later text, made of the earlier one and a difference. INVALID_ARGUMENT if the difference is
// not one of this text.
absl::StatusOr<std::string> Apply(std::string_view before,
                                  const std::vector<api::v1::TextRun>& difference);

// Whether anything was removed or added.
bool HasChanges(const std::vector<api::v1::TextRun>& difference);

}  // namespace kasundo::agreements
