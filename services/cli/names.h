// Names are paths ("realms/calabarzon/committees/cmd/meetings/2016-q1"). People leave out their own
// realm: `committees/cmd` is completed with the realm of the session or the manifest, and shown
// without it.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace kasundo::cli {

// The full name. A usage error if the name is short and no realm is chosen. An empty text stays
// empty.
absl::StatusOr<std::string> CompleteName(std::string_view text, std::string_view realm);

// Completes the short names in a request: `name`, `parent` and `realm` of the request itself, and
// every field that is declared as a reference, at any depth. An empty `parent` of a request whose
// instances lie beneath a realm becomes the realm.
absl::Status CompleteNames(google::protobuf::Message& request, std::string_view realm);

// Sets `name`, or `parent` and `<kind>_id` where the request brings something into being. A usage
// error if the request takes no name.
absl::Status SetTarget(google::protobuf::Message& request, std::string_view full_name);

// Whether SetTarget fills this field of its request, so that the name stands for it.
bool IsTarget(const google::protobuf::FieldDescriptor& field);

// The name that a request gives to what it brings into being in a collection; "" if it has no id.
std::string NewName(const google::protobuf::Message& request, std::string_view collection);

// The name without the realm in front, if it is this one.
std::string ShortName(std::string_view name, std::string_view realm);

// "realms/calabarzon" of any name in it; "" if the name is no path in a realm.
std::string RealmOf(std::string_view name);

// The last but one segment: "meetings" of ".../meetings/2016-q1". "" if there is none.
std::string CollectionOf(std::string_view name);

// Whether the path ends in a collection ("committees/cmd/meetings") rather than in an instance of
// one.
bool EndsInCollection(std::string_view full_name);

// ".../committees/cmd" of ".../committees/cmd/meetings/2016-q1" and "2016-q1".
std::string ParentOf(std::string_view full_name);
std::string IdOf(std::string_view full_name);

}  // namespace kasundo::cli
