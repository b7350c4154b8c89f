// A point in the past on the command line, for `--as-of`, `--from` and `--to`:
//
//   1834                    after the event at this journal position
//   2016-03-18              at the end of this day; 2016-03: at the end of this month (in the
//   caller's time zone) 2016-03-18T09:00:00+08:00
//   @3                      after the third event of the instance: its revision 3
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kasundo/api/v1/command_header.pb.h"

namespace kasundo::cli {

struct Moment {
  api::v1::AsOf as_of;
  std::optional<int64_t> revision;  // then `as_of` is empty: it depends on the instance
};

// A usage error if the text is none of the forms.
absl::StatusOr<Moment> ParseMoment(std::string_view text, absl::TimeZone zone);

}  // namespace kasundo::cli
