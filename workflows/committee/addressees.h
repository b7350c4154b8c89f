// To whom a resolution may speak.
#pragma once

#include <set>
#include <string>

#include "absl/status/status.h"
#include "kasundo/committees/v1/meetings.pb.h"

namespace kasundo::committees {

// OK if each addressee is named once, is not in `known`, and is a committee, an organisation, an
// office or a territory; else ADDRESSEE_INVALID. Persons cannot be addressed: what is asked must
// outlive them.
absl::Status CheckAddressees(const google::protobuf::RepeatedPtrField<v1::Addressee>& addressees,
                             std::set<std::string> known);

}  // namespace kasundo::committees
