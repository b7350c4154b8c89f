#include "workflows/directory/decisions.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/dated.h"

namespace kasundo::directory {

absl::Status CheckNotListed(const google::protobuf::RepeatedPtrField<std::string>& list,
                            const std::string& name) {
  if (std::find(list.begin(), list.end(), name) == list.end()) return absl::OkStatus();
  return NothingToChange(fmt::format("{} is listed already", name));
}

absl::Status CheckPeriod(const CivilDate& since, const CivilDate& until) {
  if (!EndsBeforeItBegins(since, until)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PERIOD_INVALID,
                fmt::format("it would end on {}, before it begins on {}", ToString(until),
                            ToString(since)))
      .Field("until")
      .Mend("Give a last day that is not before the first.");
}

absl::Status CheckThere(const Context& context, std::string_view field, std::string_view name,
                        std::initializer_list<std::string_view> states) {
  const RelatedInstance* found = name.empty() ? nullptr : context.Find(name);
  if (found == nullptr ||
      std::find(states.begin(), states.end(), found->lifecycle_state) != states.end()) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NO_LONGER_THERE,
                fmt::format("{} is {}", name, found->lifecycle_state))
      .Field(field)
      .Mend(fmt::format("Name one that is {}.", fmt::join(states, " or ")))
      .With("name", name)
      .With("state", found->lifecycle_state);
}

absl::Status CheckPresent(const Context& context, std::string_view field, std::string_view person,
                          const CivilDate& until) {
  const auto* state = context.Related<v1::PersonState>(person);
  if (state == nullptr || !IsSet(state->gone_on())) return absl::OkStatus();
  if (IsSet(until) && First(until) <= Last(state->gone_on())) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_PERSON_GONE,
                fmt::format("{} died or left on {}", person, ToString(state->gone_on())))
      .Field(field)
      .Mend("Give a last day that is not later, or record the return of the person.")
      .With("gone_on", ToString(state->gone_on()));
}

absl::Status CheckId(std::string_view field, std::string_view id) {
  return id.empty() ? absl::OkStatus() : kasundo::CheckId(field, id, v1::REASON_ID_INVALID);
}

}  // namespace kasundo::directory
