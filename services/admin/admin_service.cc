#include "services/admin/admin_service.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "fmt/format.h"
#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "services/admin/verification_stream.h"
#include "services/runtime/page_token.h"
#include "workflows/engine/context.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace fs = std::filesystem;
namespace v1 = admin::v1;

constexpr char kService[] = "kasundo.admin.v1.Admin";
constexpr char kDefaultTimeZone[] = "Asia/Manila";
constexpr std::string_view kSystemRealm = "realms/system";

std::string Rpc(std::string_view method) { return fmt::format("{}.{}", kService, method); }

// What concerns the whole server is for those who run it.
absl::Status CheckOperator(const CallContext& call) { return call.CheckRealm(kSystemRealm); }

absl::StatusOr<v1::Realm> ToRealm(const CallContext& call, std::string_view name) {
  ASSIGN_OR_RETURN(const Instance instance, call.engine().Get(name));
  ASSIGN_OR_RETURN(auto resource, call.Resource(instance, call.Mapping()));
  return static_cast<v1::Realm&>(*resource);
}

// What CreateRealm would answer with. A realm is more than its first event (a number, definitions),
// so the engine cannot rehearse it; what can be wrong with the request is little.
absl::StatusOr<v1::Realm> WouldBeRealm(const std::string& name, const std::string& title,
                                       const std::string& time_zone) {
  absl::TimeZone zone;
  if (!IsValidId(IdOf(name))) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                  fmt::format("\"{}\" is not the name of a realm", name))
        .Field("realm_id")
        .Mend("Ids are 1 to 63 lower-case letters, digits and hyphens, not at the ends.");
  }
  if (!absl::LoadTimeZone(time_zone, &zone)) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("\"{}\" is not a time zone", time_zone))
        .Field("time_zone")
        .Mend("Give an IANA name such as Asia/Manila or Europe/Rome.");
  }
  v1::Realm realm;
  realm.set_name(name);
  realm.set_title(title);
  realm.set_time_zone(time_zone);
  return realm;
}

absl::StatusOr<v1::Realm> CreateRealm(const v1::CreateRealmRequest& request,
                                      const CallContext& call) {
  RETURN_IF_ERROR(CheckOperator(call));
  const std::string name = fmt::format("realms/{}", request.realm_id());
  const std::string zone = request.time_zone().empty() ? kDefaultTimeZone : request.time_zone();
  const bool exists = call.engine().NextPosition(name).ok();
  if (request.header().validate_only() && !exists) {
    return WouldBeRealm(name, request.title(), zone);
  }
  const absl::Status founded = call.engine().CreateRealm(name, request.title(), zone, call.actor());
  if (absl::IsAlreadyExists(founded) && !request.header().request_id().empty()) {
    // Sent again: the first answer, if it was the same wish.
    ASSIGN_OR_RETURN(v1::Realm present, ToRealm(call, name));
    if (present.title() == request.title() && present.time_zone() == zone) return present;
  }
  RETURN_IF_ERROR(founded);
  return ToRealm(call, name);
}

absl::StatusOr<v1::ListRealmsResponse> ListRealms(const v1::ListRealmsRequest& request,
                                                  const CallContext& call) {
  ASSIGN_OR_RETURN(const Page page, Page::Of(request));
  v1::ListRealmsResponse response;
  for (const std::string& name : call.engine().Realms()) {
    if (name <= page.after || !call.CheckRealm(name).ok()) continue;
    if (response.realms_size() == page.size) {
      response.set_next_page_token(page.NextToken(response.realms(page.size - 1).name()));
      break;
    }
    ASSIGN_OR_RETURN(*response.add_realms(), ToRealm(call, name));
  }
  return response;
}

absl::StatusOr<std::unique_ptr<StreamSource>> OpenVerify(const v1::VerifyRequest& request,
                                                         std::shared_ptr<const CallContext> call) {
  std::vector<std::string> realms;
  if (!request.realm().empty()) {
    RETURN_IF_ERROR(call->engine().NextPosition(request.realm()).status());
    realms.push_back(request.realm());
  } else {
    for (const std::string& realm : call->engine().Realms()) {
      if (call->CheckRealm(realm).ok()) realms.push_back(realm);
    }
  }
  return VerifyRealms(std::move(call), std::move(realms));
}

int64_t BytesIn(const fs::path& folder) {
  int64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file(error)) bytes += static_cast<int64_t>(entry.file_size(error));
  }
  return bytes;
}

absl::StatusOr<v1::BackupResponse> Backup(const v1::BackupRequest& request, const CallContext& call,
                                          std::atomic<bool>& running) {
  RETURN_IF_ERROR(CheckOperator(call));
  const fs::path folder(request.folder());
  if (!folder.is_absolute()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PATH_NOT_ABSOLUTE,
                  fmt::format("\"{}\" does not begin with /", request.folder()))
        .Field("folder")
        .Mend("Give the whole path of a folder on the server.");
  }
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_FOLDER_NOT_EMPTY,
                  fmt::format("{} is not an empty folder", request.folder()))
        .Field("folder")
        .Mend("Name a folder that does not exist yet.");
  }
  if (running.exchange(true)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ALREADY_RUNNING,
                  "another backup is running")
        .Mend("Wait until it is done.");
  }
  const absl::Status copied = call.engine().journal().Backup(request.folder());
  running = false;
  if (absl::IsUnimplemented(copied)) {
    return Refuse(absl::StatusCode::kUnimplemented, v1::REASON_NOT_ON_DISK,
                  "the journal is kept in memory; there is nothing to copy")
        .Mend("Start kasundod with --data and a folder to keep the journal on disk.");
  }
  if (!copied.ok()) {
    // It was empty or absent: half a backup would only be in the way of the next attempt.
    fs::remove_all(folder, error);
    return copied;
  }
  v1::BackupResponse response;
  response.set_folder(request.folder());
  response.set_bytes(BytesIn(folder));
  return response;
}

// Resident memory of this process in bytes; 0 where the system does not say.
double ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  int64_t pages = 0;
  int64_t resident = 0;
  statm >> pages >> resident;
  return static_cast<double>(resident) * 4096;
}

absl::StatusOr<v1::StatsResponse> Stats(const CallContext& call, const AdminOptions& options) {
  v1::StatsResponse response;
  response.set_program(options.program);
  response.set_data(options.data_folder);
  auto& figures = *response.mutable_figures();
  for (const auto& [name, value] : call.engine().journal().Stats())
    figures[name] = static_cast<double>(value);
  figures["free_bytes"] = static_cast<double>(call.engine().journal().FreeBytes());
  figures["resident_bytes"] = ResidentBytes();
  double events = 0;
  for (const std::string& realm : call.engine().Realms()) {
    if (!call.CheckRealm(realm).ok()) continue;
    ASSIGN_OR_RETURN(const int64_t next, call.engine().NextPosition(realm));
    figures[fmt::format("events/{}", realm)] = static_cast<double>(next);
    events += static_cast<double>(next);
  }
  figures["events"] = events;
  return response;
}

}  // namespace

void RegisterAdmin(ServiceCatalog& catalog, AdminOptions options) {
  catalog.AddService(v1::CreateRealmRequest::descriptor()->file()->FindServiceByName("Admin"));
  catalog.AddKind<v1::Realm>("realm", [](const Instance& instance, const MappingContext& context) {
    const auto& state = static_cast<const workflows::v1::RealmState&>(*instance.state);
    v1::Realm realm;
    realm.set_title(state.title());
    realm.set_time_zone(state.time_zone());
    realm.set_next_position(context.engine.NextPosition(instance.name).value_or(0));
    return realm;
  });
  catalog.Action<v1::CreateRealmRequest, v1::Realm>(Rpc("CreateRealm"), CreateRealm);
  catalog.Query<v1::GetRealmRequest, v1::Realm>(
      Rpc("GetRealm"), [](const v1::GetRealmRequest& request, const CallContext& call) {
        return ToRealm(call, request.name());
      });
  catalog.Query<v1::ListRealmsRequest, v1::ListRealmsResponse>(Rpc("ListRealms"), ListRealms);
  catalog.Stream<v1::VerifyRequest>(Rpc("Verify"), OpenVerify);
  catalog.Action<v1::BackupRequest, v1::BackupResponse>(
      Rpc("Backup"), [running = std::make_shared<std::atomic<bool>>(false)](
                         const v1::BackupRequest& request, const CallContext& call) {
        return Backup(request, call, *running);
      });
  catalog.Query<v1::StatsRequest, v1::StatsResponse>(
      Rpc("Stats"),
      [options = std::move(options)](const v1::StatsRequest&, const CallContext& call) {
        return Stats(call, options);
      });
}

}  // namespace kasundo
