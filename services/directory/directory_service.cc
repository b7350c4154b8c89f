#include "services/directory/directory_service.h"

#include <memory>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "services/directory/mapping.h"
#include "services/directory/name_index.h"
#include "services/directory/queries.h"
#include "services/directory/sign_in.h"
#include "workflows/engine/context.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

// What a question is about; the first decides in which realm it is today.
std::vector<std::string> Subjects(const v1::ResolveNameRequest& request) {
  return {request.realm()};
}
std::vector<std::string> Subjects(const v1::GetHolderRequest& request) {
  return {request.office()};
}
std::vector<std::string> Subjects(const v1::ListVacanciesRequest& request) {
  return {request.parent()};
}
std::vector<std::string> Subjects(const v1::ListTerritoryUnitsRequest& request) {
  return {request.territory()};
}
std::vector<std::string> Subjects(const v1::GetDutyCoverageRequest& request) {
  return {request.parent(), request.territory()};
}
std::vector<std::string> Subjects(const v1::ListWarningsRequest& request) {
  return {request.parent()};
}

// Joins a question with its function.
template <typename Request, typename Response, typename F>
void AddQuestion(ServiceCatalog& catalog, const char* method, F ask) {
  catalog.Query<Request, Response>(
      fmt::format("kasundo.directory.v1.Directory.{}", method),
      [ask](const Request& request, const CallContext& call) -> absl::StatusOr<Response> {
        const std::vector<std::string> subjects = Subjects(request);
        for (const std::string& subject : subjects) RETURN_IF_ERROR(call.CheckRealm(subject));
        const CivilDate on =
            request.has_on() ? request.on() : call.Today(RealmOf(subjects.front()));
        return ask(request, call.engine(), on);
      });
}

}  // namespace

void RegisterDirectory(ServiceCatalog& catalog, Engine& engine) {
  catalog.AddService(v1::ResolveNameRequest::descriptor()->file()->FindServiceByName("Directory"));
  catalog.AddKind<v1::Territory>("territory", ToTerritory);
  catalog.AddKind<v1::Organisation>("organisation", ToOrganisation);
  catalog.AddKind<v1::Office>("office", ToOffice);
  catalog.AddKind<v1::Person>("person", ToPerson);
  catalog.AddKind<v1::Account>("account", ToAccount);

  AddQuestion<v1::GetHolderRequest, v1::GetHolderResponse>(catalog, "GetHolder", GetHolder);
  AddQuestion<v1::ListVacanciesRequest, v1::ListVacanciesResponse>(catalog, "ListVacancies",
                                                                   ListVacancies);
  AddQuestion<v1::ListTerritoryUnitsRequest, v1::ListTerritoryUnitsResponse>(
      catalog, "ListTerritoryUnits", ListTerritoryUnits);
  AddQuestion<v1::GetDutyCoverageRequest, v1::GetDutyCoverageResponse>(catalog, "GetDutyCoverage",
                                                                       GetDutyCoverage);
  AddQuestion<v1::ListWarningsRequest, v1::ListWarningsResponse>(catalog, "ListWarnings",
                                                                 ListWarnings);
  auto names = std::make_shared<NameIndex>(engine);
  AddQuestion<v1::ResolveNameRequest, v1::ResolveNameResponse>(
      catalog, "ResolveName",
      [names](const v1::ResolveNameRequest& request, const Engine& over, const CivilDate& on) {
        return ResolveName(request, over, *names, on);
      });
  RegisterIdentity(catalog);
}

}  // namespace kasundo::directory
