#include "services/cli/catalog.h"

#include <algorithm>
#include <cctype>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/cli/api_description.h"
#include "services/cli/problem.h"
#include "workflows/engine/nearest_name.h"

namespace kasundo::cli {
namespace {

// The name without what people write differently: case, hyphens, underscores.
std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-' && c != '_')
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return plain;
}

bool EndsWithName(const std::string& full_name, const std::string& name) {
  if (name.empty() || name.size() > full_name.size()) return false;
  const size_t begin = full_name.size() - name.size();
  return full_name.compare(begin, name.size(), name) == 0 &&
         (begin == 0 || full_name[begin - 1] == '.');
}

// The repeated message field of a list's response; nullptr if the RPC is no list.
const FieldDescriptor* ItemsOf(const MethodDescriptor& method) {
  const Descriptor* response = method.output_type();
  if (response->FindFieldByName("next_page_token") == nullptr) return nullptr;
  if (method.name().rfind("List", 0) != 0) return nullptr;
  const FieldDescriptor* items = nullptr;
  for (int i = 0; i < response->field_count(); ++i) {
    const FieldDescriptor* field = response->field(i);
    const bool resources = field->is_repeated() && !field->is_map() &&
                           field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
                           field->message_type()->FindFieldByName("name") != nullptr &&
                           field->message_type()->FindFieldByName("etag") != nullptr;
    if (!resources) continue;
    if (items != nullptr) return nullptr;
    items = field;
  }
  return items;
}

}  // namespace

const api::v1::MethodRules& RulesOf(const MethodDescriptor& method) {
  return method.options().GetExtension(api::v1::method);
}

const api::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(api::v1::field);
}

bool IsCommand(const MethodDescriptor& method) { return RulesOf(method).has_command(); }

bool Creates(const MethodDescriptor& method) {
  if (RulesOf(method).has_command()) return RulesOf(method).command().creates();
  return RulesOf(method).has_action() && method.name().rfind("Create", 0) == 0;
}

Catalog::Catalog(bool for_tests) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  for (const std::string& file_name : ApiFiles()) {
    const google::protobuf::FileDescriptor* file = pool->FindFileByName(file_name);
    if (file == nullptr || (!for_tests && file_name.rfind("kasundo/testing/", 0) == 0)) continue;
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        methods_.push_back(file->service(s)->method(m));
      }
    }
  }
  std::sort(methods_.begin(), methods_.end(),
            [](const auto* a, const auto* b) { return a->full_name() < b->full_name(); });

  for (const MethodDescriptor* method : methods_) {
    const FieldDescriptor* items = ItemsOf(*method);
    if (items == nullptr) continue;
    const auto get = std::find_if(methods_.begin(), methods_.end(), [&](const auto* other) {
      return other->service() == method->service() &&
             other->output_type() == items->message_type() && other->name().rfind("Get", 0) == 0;
    });
    // `action_items` in the proto is `actionItems` in names.
    collections_.push_back({items->json_name(), items->message_type(), method, items,
                            get == methods_.end() ? nullptr : *get, ""});
  }
  // What is made beneath a committee says so: its `parent` is a reference to one.
  for (const MethodDescriptor* method : methods_) {
    const FieldDescriptor* parent = method->input_type()->FindFieldByName("parent");
    if (!IsCommand(*method) || !Creates(*method) || parent == nullptr) continue;
    if (RulesOf(*parent).reference().empty()) continue;
    const auto of_kind = [&](const std::string& kind) {
      return std::find_if(collections_.begin(), collections_.end(), [&](const Collection& each) {
        return RulesOf(*each.list).list().kind() == kind;
      });
    };
    const auto made = of_kind(RulesOf(*method).command().kind());
    const auto above = of_kind(RulesOf(*parent).reference());
    if (made != collections_.end() && above != collections_.end()) made->above = above->id;
  }
}

absl::StatusOr<const MethodDescriptor*> Catalog::Find(std::string_view name) const {
  const std::string wanted = Plain(name);
  std::vector<const MethodDescriptor*> found;
  for (const MethodDescriptor* method : methods_) {
    if (EndsWithName(Plain(method->full_name()), wanted)) found.push_back(method);
  }
  if (found.size() == 1) return found.front();
  std::vector<std::string> names;
  if (found.empty()) {
    for (const MethodDescriptor* method : methods_) names.push_back(method->name());
    const std::string nearest = NearestName(name, names);
    return Usage(
        fmt::format("there is no command '{}'", name),
        nearest.empty() ? "See: kasundo commands" : fmt::format("Did you mean {}?", nearest));
  }
  for (const MethodDescriptor* method : found) names.push_back(NameOf(*method));
  return Usage(fmt::format("'{}' is the name of several commands", name),
               fmt::format("Write one of: {}", fmt::join(names, ", ")));
}

const MethodDescriptor* Catalog::FindByRequest(const Descriptor& request) const {
  const auto found = std::find_if(methods_.begin(), methods_.end(), [&](const auto* method) {
    return method->input_type() == &request;
  });
  return found == methods_.end() ? nullptr : *found;
}

std::string Catalog::NameOf(const MethodDescriptor& method) const {
  const auto shared_by = [&](const std::string& name) {
    return std::count_if(methods_.begin(), methods_.end(), [&](const auto* other) {
      return EndsWithName(Plain(other->full_name()), Plain(name));
    });
  };
  if (shared_by(method.name()) == 1) return method.name();
  const std::string qualified = method.service()->name() + "." + method.name();
  return shared_by(qualified) == 1 ? qualified : method.full_name();
}

const Collection* Catalog::FindCollection(std::string_view id) const {
  const auto found =
      std::find_if(collections_.begin(), collections_.end(),
                   [&](const Collection& each) { return Plain(each.id) == Plain(id); });
  return found == collections_.end() ? nullptr : &*found;
}

const Collection* Catalog::FindCollectionOf(const Descriptor& resource) const {
  const auto found =
      std::find_if(collections_.begin(), collections_.end(),
                   [&](const Collection& each) { return each.resource == &resource; });
  return found == collections_.end() ? nullptr : &*found;
}

}  // namespace kasundo::cli
