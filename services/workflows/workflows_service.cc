#include "services/workflows/workflows_service.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "fmt/format.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/runtime/page_token.h"
#include "services/workflows/batch.h"
#include "services/workflows/history.h"
#include "services/workflows/instance_description.h"
#include "services/workflows/journal_feed.h"
#include "services/workflows/watch.h"
#include "workflows/engine/definition_checker.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;

constexpr char kService[] = "kasundo.workflows.v1.Workflows";

std::string Rpc(std::string_view method) { return fmt::format("{}.{}", kService, method); }

// `version` 0 = the latest.
absl::StatusOr<v1::Definition> ToDefinition(const v1::DefinitionState& state, int32_t version,
                                            bool with_text) {
  v1::Definition definition;
  definition.set_kind(state.kind());
  definition.set_title(state.title());
  definition.set_description(state.description());
  definition.set_latest_version(state.versions_size());
  definition.set_version(version == 0 ? state.versions_size() : version);
  if (definition.version() < 1 || definition.version() > state.versions_size()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_VERSION_NOT_FOUND,
                  fmt::format("there are versions 1 to {}, not {}", state.versions_size(), version))
        .Field("version")
        .Mend("Leave it out for the latest.");
  }
  if (with_text) definition.set_text(state.versions(definition.version() - 1).text());
  return definition;
}

absl::StatusOr<v1::CheckDefinitionResponse> CheckText(const v1::CheckDefinitionRequest& request,
                                                      const CallContext& call) {
  v1::CheckDefinitionResponse response;
  std::vector<v1::DefinitionError> errors;
  auto definition = ReadDefinition(request.text(), call.engine().kinds(), &errors);
  for (v1::DefinitionError& error : errors) *response.add_errors() = std::move(error);
  if (definition.ok()) *response.mutable_definition() = *std::move(definition);
  return response;
}

absl::StatusOr<v1::Definition> Deploy(const v1::DeployDefinitionRequest& request,
                                      const CallContext& call) {
  ASSIGN_OR_RETURN(const v1::WorkflowDefinition text,
                   ReadDefinition(request.text(), call.engine().kinds()));
  const std::string id =
      request.definition_id().empty() ? text.definition() : request.definition_id();
  const std::string name = fmt::format("{}/definitions/{}", request.parent(), id);
  const bool creates = absl::IsNotFound(call.engine().Get(name).status());
  ASSIGN_OR_RETURN(const Outcome outcome,
                   call.Send(std::make_shared<v1::DeployDefinitionRequest>(request),
                             {"definition", creates, name}));
  ASSIGN_OR_RETURN(auto resource, call.Resource(outcome.instance, call.Mapping()));
  return static_cast<v1::Definition&>(*resource);
}

absl::StatusOr<v1::Definition> GetVersion(const v1::GetDefinitionRequest& request,
                                          const CallContext& call) {
  MappingContext mapping = call.Mapping();
  ASSIGN_OR_RETURN(const Instance instance, call.engine().Get(request.name(), mapping.as_of));
  if (instance.record.kind() != "definition") {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                  fmt::format("\"{}\" is a {}", request.name(), instance.record.kind()))
        .Field("name")
        .Mend("Write realms/<realm>/definitions/<id>.");
  }
  ASSIGN_OR_RETURN(auto resource, call.Resource(instance, mapping));
  auto& definition = static_cast<v1::Definition&>(*resource);
  ASSIGN_OR_RETURN(const v1::Definition wanted,
                   ToDefinition(static_cast<const v1::DefinitionState&>(*instance.state),
                                request.version(), /*with_text=*/true));
  definition.MergeFrom(wanted);
  return definition;
}

absl::StatusOr<v1::ListHistoryResponse> ListHistory(const v1::ListHistoryRequest& request,
                                                    const CallContext& call) {
  ASSIGN_OR_RETURN(const Page page, Page::Of(request));
  RETURN_IF_ERROR(call.engine().Get(request.name()).status());
  int64_t from = std::max<int64_t>(1, request.from_revision());
  if (!page.after.empty()) {
    int64_t last = 0;
    if (absl::SimpleAtoi(page.after, &last)) from = last + 1;
  }
  ASSIGN_OR_RETURN(auto records,
                   call.engine().History(request.name(), from, static_cast<size_t>(page.size) + 1));
  v1::ListHistoryResponse response;
  const bool more = records.size() > static_cast<size_t>(page.size);
  if (more) records.pop_back();
  for (const auto& record : records)
    *response.add_entries() = ToHistoryEntry(record, call.engine().kinds());
  if (more) response.set_next_page_token(page.NextToken(std::to_string(records.back().revision())));
  return response;
}

}  // namespace

void RegisterWorkflows(ServiceCatalog& catalog, const Engine* engine) {
  catalog.AddService(
      v1::CheckDefinitionRequest::descriptor()->file()->FindServiceByName("Workflows"));
  catalog.AddKind<v1::Definition>(
      "definition", [](const Instance& instance, const MappingContext& context) {
        const auto& state = static_cast<const v1::DefinitionState&>(*instance.state);
        auto definition = ToDefinition(state, 0, !context.in_list);
        return definition.ok() ? *std::move(definition) : v1::Definition();
      });
  catalog.Query<v1::CheckDefinitionRequest, v1::CheckDefinitionResponse>(Rpc("CheckDefinition"),
                                                                         CheckText);
  catalog.Action<v1::DeployDefinitionRequest, v1::Definition>(Rpc("DeployDefinition"), Deploy);
  catalog.Query<v1::GetDefinitionRequest, v1::Definition>(Rpc("GetDefinition"), GetVersion);
  catalog.Query<v1::ListHistoryRequest, v1::ListHistoryResponse>(Rpc("ListHistory"), ListHistory);
  catalog.Query<v1::DescribeInstanceRequest, v1::DescribeInstanceResponse>(
      Rpc("DescribeInstance"), [&catalog](const auto& request, const CallContext& call) {
        return DescribeInstance(request, call, catalog);
      });
  catalog.Action<v1::BatchRequest, v1::BatchResponse>(
      Rpc("Batch"), [&catalog](const auto& request, const CallContext& call) {
        return RunBatch(request, call, catalog);
      });
  catalog.Stream<v1::WatchRequest>(
      Rpc("Watch"), [feed = std::make_shared<JournalFeed>(engine)](const auto& request, auto call) {
        return OpenWatch(request, std::move(call), feed);
      });
}

}  // namespace kasundo
