#include "services/workflows/batch.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "services/runtime/field_rules.h"
#include "services/runtime/resource.h"
#include "services/runtime/rpc_status.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;
using google::protobuf::Message;

absl::StatusOr<std::shared_ptr<Message>> Unpack(const google::protobuf::Any& any,
                                                const ServiceCatalog& catalog) {
  const std::string& url = any.type_url();
  const std::string type = url.substr(url.rfind('/') + 1);
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  if (descriptor == nullptr || catalog.FindCommand(descriptor) == nullptr) {
    return Refuse(
               absl::StatusCode::kInvalidArgument, v1::REASON_NOT_A_COMMAND,
               fmt::format("\"{}\" is not the request of a command that this server serves", type))
        .Mend("Send the request message of a command RPC, packed with its full type name.");
  }
  std::shared_ptr<Message> request(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
  if (!request->ParseFromString(any.value())) return FieldRulesChecker::Malformed(descriptor);
  return request;
}

}  // namespace

absl::StatusOr<v1::BatchResponse> RunBatch(const v1::BatchRequest& request, const CallContext& call,
                                           const ServiceCatalog& catalog) {
  if (request.commands_size() > kMaxBatch) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_BATCH_TOO_LARGE,
                  fmt::format("{} commands; {} are allowed", request.commands_size(), kMaxBatch))
        .Field("commands")
        .Mend("Send them in several batches.");
  }
  v1::BatchResponse response;
  std::vector<std::shared_ptr<Message>> commands;
  std::vector<v1::BatchResult*> results;
  for (const auto& any : request.commands()) {
    v1::BatchResult* result = response.add_results();
    auto unpacked = Unpack(any, catalog);
    if (unpacked.ok()) {
      commands.push_back(*std::move(unpacked));
      results.push_back(result);
    } else {
      *result->mutable_refusal() = ToRpcStatus(unpacked.status());
    }
  }
  const MappingContext mapping = call.Mapping();
  const auto outcomes = call.SendAll(std::move(commands), request.validate_only());
  for (size_t i = 0; i < outcomes.size(); ++i) {
    v1::BatchResult& result = *results[i];
    if (!outcomes[i].ok()) {
      *result.mutable_refusal() = ToRpcStatus(outcomes[i].status());
      continue;
    }
    const Outcome& outcome = *outcomes[i];
    auto resource = call.Resource(outcome.instance, mapping);
    if (resource.ok()) {
      result.mutable_resource()->PackFrom(**resource);
    } else {
      result.mutable_resource()->PackFrom(*ToAnyInstance(catalog, outcome.instance, mapping));
    }
    result.set_repeated_request(outcome.repeated);
    if (outcome.position >= 0) result.set_position(outcome.position);
    for (const auto& event : outcome.events) result.add_events(event->event());
  }
  return response;
}

}  // namespace kasundo
