#include "services/cli/moment.h"

#include <charconv>

#include "fmt/format.h"
#include "services/cli/problem.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::cli {
namespace {

std::optional<int64_t> ParseNumber(std::string_view text) {
  int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || stop != text.data() + text.size() || number < 0)
    return std::nullopt;
  return number;
}

void SetTime(absl::Time time, api::v1::AsOf& as_of) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  as_of.mutable_time()->set_seconds(seconds);
  as_of.mutable_time()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

}  // namespace

absl::StatusOr<Moment> ParseMoment(std::string_view text, absl::TimeZone zone) {
  Moment moment;
  if (!text.empty() && text.front() == '@') {
    moment.revision = ParseNumber(text.substr(1));
    if (moment.revision.has_value() && *moment.revision > 0) return moment;
  } else if (const auto position = ParseNumber(text)) {
    moment.as_of.set_position(*position);
    return moment;
  } else if (const auto date = ParseCivilDate(text); date.ok()) {
    SetTime(absl::FromCivil(Last(*date) + 1, zone) - absl::Nanoseconds(1), moment.as_of);
    return moment;
  } else {
    absl::Time time;
    if (absl::ParseTime(absl::RFC3339_full, absl::string_view(text.data(), text.size()), &time,
                        nullptr)) {
      SetTime(time, moment.as_of);
      return moment;
    }
  }
  return Usage(fmt::format("'{}' is no point in time", text),
               "Write a date (2016-03-18), an instant (2016-03-18T09:00:00+08:00), a journal "
               "position (1834) or a "
               "revision (@3).");
}

}  // namespace kasundo::cli
