// Small forms that every decider of the directory uses: one event as an answer, a default date,
// refusals that several kinds share.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/repeated_field.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/usual_checks.h"

namespace kasundo::directory {

// The date of a request, or the business date if it gives none.
inline const CivilDate& DateOr(const CivilDate& given, const CivilDate& business_date) {
  return IsSet(given) ? given : business_date;
}

// Puts a fact into the event message of its kind:
// Answer<v1::OfficeEvent>(&v1::OfficeEvent::mutable_name_given, fact).
template <typename Event, typename Fact>
absl::StatusOr<std::vector<Event>> Answer(Fact* (Event::*member)(), absl::StatusOr<Fact> fact) {
  if (!fact.ok()) return std::move(fact).status();
  Event event;
  *(event.*member)() = *std::move(fact);
  return std::vector<Event>{std::move(event)};
}

template <typename Event, typename Fact>
void Append(std::vector<Event>& events, Fact* (Event::*member)(), Fact fact) {
  *(events.emplace_back().*member)() = std::move(fact);
}

// FAILED_PRECONDITION, reason NOTHING_TO_CHANGE if the list has the name.
absl::Status CheckNotListed(const google::protobuf::RepeatedPtrField<std::string>& list,
                            const std::string& name);

// INVALID_ARGUMENT, reason PERIOD_INVALID if the period ends before it begins.
absl::Status CheckPeriod(const CivilDate& since, const CivilDate& until);

// FAILED_PRECONDITION, reason NO_LONGER_THERE if the instance is known and in none of `states` (""
// in `name` is well).
absl::Status CheckThere(const Context& context, std::string_view field, std::string_view name,
                        std::initializer_list<std::string_view> states);

// FAILED_PRECONDITION, reason PERSON_GONE if the person died or left before a period that ends on
// `until` (unset: open) ends.
absl::Status CheckPresent(const Context& context, std::string_view field, std::string_view person,
                          const CivilDate& until);

// INVALID_ARGUMENT, reason ID_INVALID unless `id` is empty or an id.
absl::Status CheckId(std::string_view field, std::string_view id);

}  // namespace kasundo::directory
