#include "services/cli/resource_access.h"

#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/any_message.h"
#include "services/cli/fields.h"
#include "services/cli/names.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/yaml_writer.h"

namespace kasundo::cli {

using google::protobuf::Message;
namespace wf = workflows::v1;

absl::StatusOr<api::v1::AsOf> Resolve(Invocation& run, const std::string& full_name,
                                      const Moment& moment) {
  if (!moment.revision.has_value()) return moment.as_of;
  wf::ListHistoryRequest request;
  request.set_name(full_name);
  request.set_from_revision(*moment.revision);
  request.set_page_size(1);
  ASSIGN_OR_RETURN(const auto history, run.Call<wf::ListHistoryResponse>(request));
  if (history.entries().empty()) {
    return Usage(fmt::format("{} has no revision {}", full_name, *moment.revision),
                 fmt::format("See: kasundo history {}", full_name));
  }
  api::v1::AsOf as_of;
  as_of.set_position(history.entries(0).position());
  return as_of;
}

absl::StatusOr<std::unique_ptr<Message>> GetResource(Invocation& run, const std::string& full_name,
                                                     const std::optional<Moment>& moment,
                                                     const std::string& on) {
  const Collection* collection = run.catalog().FindCollection(CollectionOf(full_name));
  const bool own_get = collection != nullptr && collection->get != nullptr;
  const MethodDescriptor& method =
      own_get ? *collection->get : run.MethodOf(*wf::GetInstanceRequest::descriptor());
  auto request = NewMessage(*method.input_type());
  RETURN_IF_ERROR(SetTarget(*request, full_name));
  if (moment.has_value()) {
    const FieldDescriptor* field = method.input_type()->FindFieldByName("as_of");
    if (field == nullptr) {
      return Usage(fmt::format("{} cannot be asked for as of the past", CollectionOf(full_name)),
                   fmt::format("Leave out --as-of, or see: kasundo history {}", full_name));
    }
    ASSIGN_OR_RETURN(const api::v1::AsOf as_of, Resolve(run, full_name, *moment));
    request->GetReflection()->MutableMessage(request.get(), field)->CopyFrom(as_of);
  }
  if (!on.empty()) {
    // A kind that keeps dated facts knows what was valid then; of others, what had happened by
    // then.
    const bool dated = method.input_type()->FindFieldByName("on") != nullptr;
    if (!dated && moment.has_value()) {
      return Usage(fmt::format("{} take --on or --as-of, not both", CollectionOf(full_name)),
                   "--on shows what had happened by a day, --as-of what was recorded by then.");
    }
    RETURN_IF_ERROR(SetField(*request, (dated ? "on=" : "as_of.business_date=") + on));
  }
  ASSIGN_OR_RETURN(auto answer, run.Call(method, *request));
  if (const auto* any = dynamic_cast<const wf::AnyInstance*>(answer.get());
      any != nullptr && any->has_resource()) {
    return Unpack(any->resource());
  }
  return answer;
}

std::string Comparable(const Message& resource) {
  const std::unique_ptr<Message> copy(resource.New());
  copy->CopyFrom(resource);
  for (const char* name : {"etag", "update_time"}) {
    if (const FieldDescriptor* field = copy->GetDescriptor()->FindFieldByName(name)) {
      copy->GetReflection()->ClearField(copy.get(), field);
    }
  }
  return WriteYaml(*copy);
}

}  // namespace kasundo::cli
