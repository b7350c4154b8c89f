#include "services/cli/names.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/annotations.pb.h"
#include "services/cli/catalog.h"
#include "services/cli/problem.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::string_view kRealms = "realms/";

bool HoldsName(const FieldDescriptor& field, bool in_request) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return false;
  if (!RulesOf(field).reference().empty()) return true;
  return in_request &&
         (field.name() == "name" || field.name() == "parent" || field.name() == "realm");
}

absl::StatusOr<std::string> CompleteFor(const FieldDescriptor& field, const std::string& text,
                                        std::string_view realm) {
  // Of realms people write the id alone.
  const bool realm_id = (RulesOf(field).reference() == "realm" || field.name() == "realm") &&
                        text.find('/') == std::string::npos;
  if (realm_id && !text.empty()) return std::string(kRealms) + text;
  return CompleteName(text, realm);
}

absl::Status CompleteIn(Message& message, std::string_view realm, bool in_request) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->is_map()) continue;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (field->is_repeated()) {
        for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
          RETURN_IF_ERROR(
              CompleteIn(*reflection.MutableRepeatedMessage(&message, field, i), realm, false));
        }
      } else {
        RETURN_IF_ERROR(CompleteIn(*reflection.MutableMessage(&message, field), realm, false));
      }
      continue;
    }
    if (!HoldsName(*field, in_request)) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        ASSIGN_OR_RETURN(
            std::string full,
            CompleteFor(*field, reflection.GetRepeatedString(message, field, i), realm));
        reflection.SetRepeatedString(&message, field, i, std::move(full));
      }
    } else {
      ASSIGN_OR_RETURN(std::string full,
                       CompleteFor(*field, reflection.GetString(message, field), realm));
      reflection.SetString(&message, field, std::move(full));
    }
  }
  return absl::OkStatus();
}

// The field for the id of what the request brings into being, by convention one of the first two;
// nullptr if it brings nothing.
const FieldDescriptor* IdField(const Descriptor& request) {
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor* field = request.field(i);
    const std::string& name = field->name();
    const bool is_id = name.size() > 3 && name.compare(name.size() - 3, 3, "_id") == 0;
    if (is_id && field->number() <= 2 && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING)
      return field;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<std::string> CompleteName(std::string_view text, std::string_view realm) {
  if (text.empty() || text.substr(0, kRealms.size()) == kRealms) return std::string(text);
  if (realm.empty()) {
    return Usage(
        fmt::format("'{}' is a short name and no realm is chosen", text),
        "Choose one, for example: kasundo use realms/calabarzon; or write the name in full.");
  }
  return fmt::format("{}/{}", realm, text);
}

absl::Status CompleteNames(Message& request, std::string_view realm) {
  RETURN_IF_ERROR(CompleteIn(request, realm, true));
  const FieldDescriptor* parent = request.GetDescriptor()->FindFieldByName("parent");
  if (parent == nullptr || parent->cpp_type() != FieldDescriptor::CPPTYPE_STRING || realm.empty()) {
    return absl::OkStatus();
  }
  const std::string& beneath = RulesOf(*parent).reference();
  const Reflection& reflection = *request.GetReflection();
  if (reflection.GetString(request, parent).empty() && (beneath.empty() || beneath == "realm")) {
    reflection.SetString(&request, parent, std::string(realm));
  }
  return absl::OkStatus();
}

absl::Status SetTarget(Message& request, std::string_view full_name) {
  const Descriptor& type = *request.GetDescriptor();
  const Reflection& reflection = *request.GetReflection();
  if (const FieldDescriptor* name = type.FindFieldByName("name")) {
    reflection.SetString(&request, name, std::string(full_name));
    return absl::OkStatus();
  }
  const FieldDescriptor* parent = type.FindFieldByName("parent");
  const FieldDescriptor* id = IdField(type);
  if (id != nullptr) {
    if (EndsInCollection(full_name)) {
      return Usage(fmt::format("'{}' lacks the id of what is to be", full_name),
                   "Write the name that it shall have, for example committees/cmd.");
    }
    reflection.SetString(&request, id, IdOf(full_name));
    if (parent != nullptr) reflection.SetString(&request, parent, ParentOf(full_name));
    return absl::OkStatus();
  }
  if (parent != nullptr) {
    reflection.SetString(&request, parent, std::string(full_name));
    return absl::OkStatus();
  }
  if (const FieldDescriptor* realm = type.FindFieldByName("realm")) {
    reflection.SetString(&request, realm, std::string(full_name));
    return absl::OkStatus();
  }
  return Usage(fmt::format("this command takes no name, but '{}' was given", full_name),
               "Leave the name out; fields are written field=value.");
}

bool IsTarget(const FieldDescriptor& field) {
  const Descriptor& request = *field.containing_type();
  if (request.FindFieldByName("name") != nullptr) return field.name() == "name";
  const FieldDescriptor* id = IdField(request);
  const FieldDescriptor* parent = request.FindFieldByName("parent");
  if (id != nullptr) return &field == id || &field == parent;
  return parent != nullptr ? &field == parent : field.name() == "realm";
}

std::string NewName(const Message& request, std::string_view collection) {
  const FieldDescriptor* id = IdField(*request.GetDescriptor());
  if (id == nullptr) return "";
  const FieldDescriptor* parent = request.GetDescriptor()->FindFieldByName("parent");
  const std::string above =
      parent == nullptr ? "" : request.GetReflection()->GetString(request, parent) + "/";
  return fmt::format("{}{}/{}", above, collection, request.GetReflection()->GetString(request, id));
}

std::string ShortName(std::string_view name, std::string_view realm) {
  if (!realm.empty() && name.size() > realm.size() && name.substr(0, realm.size()) == realm &&
      name[realm.size()] == '/') {
    name.remove_prefix(realm.size() + 1);
  }
  return std::string(name);
}

std::string RealmOf(std::string_view name) {
  if (name.substr(0, kRealms.size()) != kRealms) return "";
  return std::string(name.substr(0, name.find('/', kRealms.size())));
}

std::string CollectionOf(std::string_view name) {
  const size_t last = name.rfind('/');
  if (last == std::string_view::npos || last == 0) return "";
  const size_t before = name.rfind('/', last - 1);
  return std::string(before == std::string_view::npos ? name.substr(0, last)
                                                      : name.substr(before + 1, last - before - 1));
}

bool EndsInCollection(std::string_view full_name) {
  return std::count(full_name.begin(), full_name.end(), '/') % 2 == 0;
}

std::string ParentOf(std::string_view full_name) {
  const size_t last = full_name.rfind('/');
  if (last == std::string_view::npos || last == 0) return "";
  const size_t before = full_name.rfind('/', last - 1);
  return before == std::string_view::npos ? "" : std::string(full_name.substr(0, before));
}

std::string IdOf(std::string_view full_name) {
  const size_t last = full_name.rfind('/');
  return std::string(last == std::string_view::npos ? full_name : full_name.substr(last + 1));
}

}  // namespace kasundo::cli
