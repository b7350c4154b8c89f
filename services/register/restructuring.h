// Requirement 132: when an office is closed, every open item needs a new owner first. CloseOffice
// is refused while something open cannot go on without the office, or names it as its owner
// (kasundo.api.v1.FieldRules.owner), and the refusal lists what. A part of a state that has a last
// day `until`, as the tenures of an assignment have, counts only if it lasts beyond the office: who
// owned something before owns nothing that is open.
//
// Judged on what is recorded when the command comes; in a batch, what the same batch gives to
// another office does not count yet.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/runtime/catalog.h"
#include "workflows/engine/civil_date.h"

namespace kasundo {

// Whether a field that is marked as owner, at any depth, holds this office, and not only in parts
// of the state that are over by the end of that day.
bool NamesAsOwner(const google::protobuf::Message& state, std::string_view office,
                  const CivilDate& day);

// Puts the check before the directory's CloseOffice. REQUIRES: the directory is registered; does
// nothing if another process serves it.
void RegisterRestructuring(ServiceCatalog& catalog);

}  // namespace kasundo
