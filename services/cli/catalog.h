// The RPCs and collections that Kasundo has, read from the descriptors: the program knows no kind
// by name, so a new kind needs no change here.
//
// An RPC is found by its short name ("FillSeat"), which no two services share, by service and name
// ("Committees.FillSeat"), or by its full name. A collection is what stands in names ("committees",
// "actionItems"); it is found through the RPC that lists it: a response with one repeated resource
// and `next_page_token`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "kasundo/api/v1/annotations.pb.h"

namespace kasundo::cli {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

// What an RPC does, from its option.
const api::v1::MethodRules& RulesOf(const MethodDescriptor& method);
// The rules of a field, from its option.
const api::v1::FieldRules& RulesOf(const FieldDescriptor& field);

// The RPC goes to one instance as a command and may be part of a batch.
bool IsCommand(const MethodDescriptor& method);
// The RPC brings something into being: its request has `<kind>_id` in place of `name`.
bool Creates(const MethodDescriptor& method);

struct Collection {
  std::string id;  // "actionItems"
  const Descriptor* resource;
  const MethodDescriptor* list;
  const FieldDescriptor* items;  // in the response of `list`
  const MethodDescriptor* get;   // nullptr if there is none
  std::string
      above;  // the collection beneath whose members it lies ("committees"); "" if beneath a realm
};

class Catalog {
 public:
  // `for_tests` adds the services that only tests serve (kasundo.testing).
  explicit Catalog(bool for_tests = false);

  // By short, service-qualified or full name; upper and lower case and hyphens do not matter
  // ("fill-seat"). A usage error names what was probably meant.
  absl::StatusOr<const MethodDescriptor*> Find(std::string_view name) const;
  // The RPC whose request has this type; nullptr if there is none.
  const MethodDescriptor* FindByRequest(const Descriptor& request) const;
  // The shortest name that Find() understands.
  std::string NameOf(const MethodDescriptor& method) const;
  // Every RPC, by full name.
  const std::vector<const MethodDescriptor*>& methods() const { return methods_; }

  // nullptr if there is none.
  const Collection* FindCollection(std::string_view id) const;
  // The collection that holds these resources; nullptr if there is none.
  const Collection* FindCollectionOf(const Descriptor& resource) const;
  const std::vector<Collection>& collections() const { return collections_; }

 private:
  std::vector<const MethodDescriptor*> methods_;
  std::vector<Collection> collections_;
};

}  // namespace kasundo::cli
