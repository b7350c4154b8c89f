// What is wrong with responsibilities taken together; each kind of finding is one rule here.
#pragma once

#include "kasundo/responsibilities/v1/responsibilities.pb.h"

namespace kasundo::responsibilities {

// Adds one finding per topic and territory that rows of different instances share under different
// leads.
void AddOverlaps(v1::ResponsibilityMatrix* matrix);

// Adds one finding per office without anybody who can act, with the rows in which it leads or
// works.
void AddVacancies(v1::ResponsibilityMatrix* matrix);

// Adds one finding per pair of an overseeing row and one that it oversees in which the same office
// or person leads or works (requirement 55).
void AddConflicts(v1::ResponsibilityMatrix* matrix);

// Adds one finding per person who acts in more than `most` rows (requirement 49).
void AddOverloads(int most, v1::ResponsibilityMatrix* matrix);

}  // namespace kasundo::responsibilities
