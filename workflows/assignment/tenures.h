// Who had an assignment when, read from its tenures and its open offer. Tenures follow each other
// without a gap: "who was answerable on date X" has an answer for every day since the first one
// (requirement 51).
//
//   const v1::Tenure* tenure = TenureOn(state.tenures(), context.today);
//   if (tenure != nullptr) ... tenure->offices().accountable() ...
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/repeated_field.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::assignments {

using Tenures = google::protobuf::RepeatedPtrField<v1::Tenure>;

// The tenure that covers a day; nullptr before the first and after the last. Points into `tenures`.
// A day within the month (or year) in which one ends and the next begins counts for the next.
const v1::Tenure* TenureOn(const Tenures& tenures, const CivilDate& day);

// The last one, which may begin in the future; nullptr if there is none.
const v1::Tenure* LastTenure(const Tenures& tenures);

// The accountable office, then the responsible ones, each once.
std::vector<std::string> AnswerableOffices(const v1::Offices& offices);

// Whether the office is accountable or responsible.
bool IsAnswerable(const v1::Offices& offices, std::string_view office);

// Whether the office stands in any of the four lists.
bool IsInvolved(const v1::Offices& offices, std::string_view office);

// The delegation of that id; nullptr if there is none. Points into `state`.
const v1::RoleDelegation* FindDelegation(const v1::AssignmentState& state, std::string_view id);

// Adds a tenure; the one before ends the day before.
void BeginTenure(const v1::Tenure& tenure, Tenures* tenures);

// Lets no tenure last longer than `on`.
void EndTenures(const CivilDate& on, Tenures* tenures);

// The later of two dates as far as their precision tells: `a`, unless it surely lies before `b`.
const CivilDate& LaterOf(const CivilDate& a, const CivilDate& b);

}  // namespace kasundo::assignments
