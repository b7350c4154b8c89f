// Names and aliases, which territories, organisations, offices and people have in common: deciding
// about them and applying what was decided. Requirements 4 and 118: a name that once held keeps
// resolving to the same identity.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_field.h"
#include "kasundo/directory/v1/names.pb.h"
#include "kasundo/directory/v1/names_events.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::directory {

using Names = google::protobuf::RepeatedPtrField<v1::DatedName>;
using Aliases = google::protobuf::RepeatedPtrField<v1::Alias>;

// The name on a day; before the first name began, the first; "" if there is none.
std::string NameOn(const Names& names, const CivilDate& day);

// A name as a fact. `since` may be unset.
v1::DatedName MakeName(std::string_view text, const CivilDate& since, std::string_view document);

// The present holds until `name.since`. Refused with SAME_DATE or NOTHING_TO_CHANGE. `field` is the
// one of the request that has the text.
absl::StatusOr<v1::NameGiven> GiveName(const Names& names, v1::DatedName name,
                                       std::string_view field = "title");

// Refused with ALREADY_RECORDED.
absl::StatusOr<v1::AliasAdded> AddAlias(const Names& names, const Aliases& aliases,
                                        const v1::Alias& alias);

// Refused with NOT_RECORDED.
absl::StatusOr<v1::AliasRemoved> RemoveAlias(const Aliases& aliases, std::string_view text);

void Apply(const v1::NameGiven& event, Names* names);
void Apply(const v1::AliasAdded& event, Aliases* aliases);
void Apply(const v1::AliasRemoved& event, Aliases* aliases);

}  // namespace kasundo::directory
