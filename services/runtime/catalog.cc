#include "services/runtime/catalog.h"

#include <set>

#include "fmt/format.h"
#include "kasundo/api/v1/command_header.pb.h"

namespace kasundo {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

bool HasString(const Descriptor* message, const std::string& field) {
  const FieldDescriptor* found = message->FindFieldByName(field);
  return found != nullptr && found->type() == FieldDescriptor::TYPE_STRING && !found->is_repeated();
}

// The one repeated message field of a list response; nullptr if there are none or several.
const FieldDescriptor* RowsOf(const Descriptor* response) {
  const FieldDescriptor* rows = nullptr;
  for (int i = 0; i < response->field_count(); ++i) {
    const FieldDescriptor* field = response->field(i);
    if (!field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (rows != nullptr) return nullptr;
    rows = field;
  }
  return rows;
}

bool HasHeader(const Descriptor* request) {
  const FieldDescriptor* header = request->FindFieldByNumber(15);
  return header != nullptr && header->name() == "header" && !header->is_repeated() &&
         header->message_type() == api::v1::CommandHeader::descriptor();
}

}  // namespace

void ServiceCatalog::AddService(const ServiceDescriptor* service) {
  services_.push_back(service);
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor* descriptor = service->method(i);
    Method method;
    method.descriptor = descriptor;
    method.rules = descriptor->options().GetExtension(api::v1::method);
    const auto [added, fresh] = methods_.emplace(descriptor->full_name(), std::move(method));
    if (!fresh) {
      mistakes_.push_back(fmt::format("{} is registered twice", descriptor->full_name()));
      continue;
    }
    if (added->second.rules.has_command())
      commands_.emplace(descriptor->input_type(), &added->second);
  }
}

void ServiceCatalog::AddService(std::string_view full_name) {
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(std::string(full_name));
  if (service == nullptr) {
    mistakes_.push_back(fmt::format("no service {} is linked in", full_name));
    return;
  }
  AddService(service);
}

void ServiceCatalog::AddKindErased(std::string kind, const Descriptor* resource, Mapping mapping) {
  if (!kinds_.emplace(kind, KindEntry{resource, std::move(mapping)}).second) {
    mistakes_.push_back(fmt::format("kind {} has two mappings", kind));
  }
}

ServiceCatalog::Method* ServiceCatalog::Expect(std::string_view method, const Descriptor* request) {
  const auto found = methods_.find(method);
  if (found == methods_.end()) {
    mistakes_.push_back(fmt::format("a handler is given for {}, which no service has", method));
    return nullptr;
  }
  if (found->second.descriptor->input_type() != request) {
    mistakes_.push_back(fmt::format("the handler of {} takes {}, not {}", method,
                                    request->full_name(),
                                    found->second.descriptor->input_type()->full_name()));
    return nullptr;
  }
  return &found->second;
}

void ServiceCatalog::SetHandler(std::string_view method, const Descriptor* request,
                                const Descriptor* response, Handler handler) {
  Method* entry = Expect(method, request);
  if (entry == nullptr) return;
  if (entry->descriptor->output_type() != response) {
    mistakes_.push_back(fmt::format("the handler of {} answers with {}, not {}", method,
                                    response->full_name(),
                                    entry->descriptor->output_type()->full_name()));
    return;
  }
  if (entry->handler) mistakes_.push_back(fmt::format("{} has two handlers", method));
  entry->handler = std::move(handler);
}

void ServiceCatalog::SetStream(std::string_view method, const Descriptor* request,
                               StreamHandler stream) {
  if (Method* entry = Expect(method, request)) entry->stream = std::move(stream);
}

void ServiceCatalog::SetPreparation(std::string_view method, const Descriptor* request,
                                    Preparation preparation) {
  if (Method* entry = Expect(method, request)) entry->preparation = std::move(preparation);
}

const ServiceCatalog::Method* ServiceCatalog::FindMethod(std::string_view full_name) const {
  const auto found = methods_.find(full_name);
  return found == methods_.end() ? nullptr : &found->second;
}

const ServiceCatalog::Method* ServiceCatalog::FindCommand(const Descriptor* request) const {
  const auto found = commands_.find(request);
  return found == commands_.end() ? nullptr : found->second;
}

const ServiceCatalog::KindEntry* ServiceCatalog::FindKind(std::string_view kind) const {
  const auto found = kinds_.find(kind);
  return found == kinds_.end() ? nullptr : &found->second;
}

std::vector<std::string> ServiceCatalog::Complete(const KindRegistry& kinds) const {
  std::vector<std::string> missing = mistakes_;
  const auto say = [&](const Method& method, std::string what) {
    missing.push_back(fmt::format("{}: {}", method.full_name(), what));
  };
  const auto expect_resource = [&](const Method& method, const std::string& kind,
                                   const Descriptor* answered) {
    if (kind == "*") return;
    const KindEntry* entry = FindKind(kind);
    if (entry == nullptr) {
      say(method, fmt::format("kind {} has no mapping", kind));
    } else if (answered != entry->resource) {
      say(method, fmt::format("answers with {}, but kind {} is mapped to {}",
                              answered == nullptr ? "nothing" : answered->full_name(), kind,
                              entry->resource->full_name()));
    }
  };
  for (const auto& [name, method] : methods_) {
    const Descriptor* request = method.descriptor->input_type();
    const Descriptor* response = method.descriptor->output_type();
    if (method.descriptor->client_streaming()) say(method, "client streams are not served");
    if (method.descriptor->server_streaming()) {
      if (!method.stream) say(method, "no stream handler");
      if (!method.rules.has_query() && !method.rules.has_action())
        say(method, "a stream is a query or an action");
      continue;
    }
    switch (method.rules.does_case()) {
      case api::v1::MethodRules::DOES_NOT_SET:
        say(method, "the option kasundo.api.v1.method does not say what it does");
        break;
      case api::v1::MethodRules::kCommand: {
        const auto& command = method.rules.command();
        if (!HasHeader(request)) say(method, "the request has no `CommandHeader header = 15`");
        if (command.creates()) {
          if (!HasString(request, "parent")) say(method, "creates, but the request has no parent");
          if (!HasString(request, command.kind() + "_id")) {
            say(method, fmt::format("creates, but the request has no {}_id", command.kind()));
          }
        } else if (!HasString(request, "name")) {
          say(method, "the request has no name");
        }
        expect_resource(method, command.kind(), response);
        if (command.kind() == "*") break;
        const Kind* kind = kinds.Find(command.kind());
        if (kind == nullptr) {
          say(method, fmt::format("the engine has no kind {}", command.kind()));
        } else if (kind->FindCommand(request) == nullptr) {
          say(method, fmt::format("the decider of {} has no case for {}", command.kind(),
                                  request->full_name()));
        }
        break;
      }
      case api::v1::MethodRules::kGet:
        if (!HasString(request, "name")) say(method, "the request has no name");
        if (method.rules.get().kind() != "*" && kinds.Find(method.rules.get().kind()) == nullptr) {
          say(method, fmt::format("the engine has no kind {}", method.rules.get().kind()));
        }
        expect_resource(method, method.rules.get().kind(), response);
        break;
      case api::v1::MethodRules::kList: {
        if (!HasString(request, "parent")) say(method, "the request has no parent");
        if (!HasString(request, "page_token") || request->FindFieldByName("page_size") == nullptr) {
          say(method, "the request has no page_size and page_token");
        }
        if (!HasString(response, "next_page_token"))
          say(method, "the response has no next_page_token");
        if (kinds.Find(method.rules.list().kind()) == nullptr) {
          say(method, fmt::format("the engine has no kind {}", method.rules.list().kind()));
        }
        const FieldDescriptor* rows = RowsOf(response);
        expect_resource(method, method.rules.list().kind(),
                        rows == nullptr ? nullptr : rows->message_type());
        break;
      }
      case api::v1::MethodRules::kQuery:
      case api::v1::MethodRules::kAction:
        if (!method.handler) say(method, "no handler");
        break;
    }
    if (method.preparation && !method.rules.has_command())
      say(method, "only commands are prepared");
  }
  return missing;
}

}  // namespace kasundo
