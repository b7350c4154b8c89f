#include "workflows/committee/resolution_number.h"

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

// The largest place that a number given by hand is looked for at.
constexpr int kLongestSequence = 9'999;

int SequenceOf(const v1::CommitteeState& body, const v1::ResolutionNumber& number) {
  const std::string& form = body.rules().resolution_number();
  for (int sequence = 1; sequence <= kLongestSequence; ++sequence) {
    if (FormatResolutionNumber(form, number.year(), sequence) == number.number()) return sequence;
  }
  return 0;
}

}  // namespace

absl::StatusOr<v1::ResolutionNumber> GiveNumber(const v1::CommitteeState& body,
                                                const v1::ResolutionNumber& wanted, int32_t year,
                                                std::string_view field) {
  v1::ResolutionNumber number = wanted;
  if (number.year() == 0) number.set_year(year);
  if (number.number().empty()) {
    const ResolutionNumber next = NextResolutionNumber(body, number.year());
    number.set_number(next.number);
    number.set_sequence(next.sequence);
  } else if (number.sequence() == 0) {
    number.set_sequence(SequenceOf(body, number));
  }
  for (const v1::RegisteredResolution& known : body.resolutions()) {
    if (known.number() != number.number()) continue;
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_NUMBER_TAKEN,
                  fmt::format("the body has a resolution {}", number.number()))
        .Field(field)
        .Mend("Leave the number out to get the next one.");
  }
  return number;
}

}  // namespace kasundo::committees
