// Facts that hold one after another: names, levels, placements, homes. They are kept oldest first,
// and each lasts until the day before the next one begins, so that every date has at most one of
// them:
//
//   InsertDated(state.mutable_names(), name);            // also in the middle: history entered
//   late const v1::DatedName* name = DatedOn(state.names(), day);
//
// T is a message with the fields `since` (absent: from the beginning) and `until` (kept by
// InsertDated).
#pragma once

#include <algorithm>

#include "google/protobuf/repeated_field.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::directory {

// The last day (month, year) before `since`, with the precision of `since`. REQUIRES: IsSet(since).
CivilDate EndBefore(const CivilDate& since);

// The first day after `until`; `until` itself if it is known only to the month or the year.
CivilDate StartAfter(const CivilDate& until);

// Whether a period ends before it begins, as far as its dates tell.
bool EndsBeforeItBegins(const CivilDate& since, const CivilDate& until);

// Whether what begins on `since` (absent: from the beginning) surely begins after the day.
bool BeginsAfter(const CivilDate& since, const CivilDate& day);

// What held on `day`; nullptr if the first fact began later.
template <typename T>
const T* DatedOn(const google::protobuf::RepeatedPtrField<T>& facts, const CivilDate& day) {
  const T* found = nullptr;
  for (const T& fact : facts) {
    if (!IsSet(fact.since()) || First(fact.since()) <= Last(day)) found = &fact;
  }
  return found;
}

// What held on `day`, or else what held first; nullptr if there is nothing at all.
template <typename T>
const T* DatedOnOrFirst(const google::protobuf::RepeatedPtrField<T>& facts, const CivilDate& day) {
  const T* found = DatedOn(facts, day);
  return found == nullptr && !facts.empty() ? &facts[0] : found;
}

// A fact that begins on the same date; nullptr if there is none.
template <typename T>
const T* BeginningOn(const google::protobuf::RepeatedPtrField<T>& facts, const CivilDate& since) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const T& fact) { return Same(fact.since(), since); });
  return found == facts.end() ? nullptr : &*found;
}

template <typename T>
void InsertDated(google::protobuf::RepeatedPtrField<T>* facts, const T& fact) {
  *facts->Add() = fact;
  std::stable_sort(facts->begin(), facts->end(),
                   [](const T& a, const T& b) { return Compare(a.since(), b.since()) < 0; });
  for (int i = 0; i < facts->size(); ++i) {
    T& each = (*facts)[i];
    if (i + 1 == facts->size() || !IsSet((*facts)[i + 1].since())) {
      each.clear_until();
    } else {
      *each.mutable_until() = EndBefore((*facts)[i + 1].since());
    }
  }
}

}  // namespace kasundo::directory
