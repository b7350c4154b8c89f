#include "services/runtime/config.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/util/json_util.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo {
namespace {

using admin::v1::ServerConfig;

constexpr char kDefaultData[] = "kasundo-data";
constexpr char kDefaultListen[] = "127.0.0.1:7420";
constexpr char kDefaultMetricsListen[] = "127.0.0.1:7421";
constexpr uint64_t kDefaultMinFreeBytes = uint64_t{64} << 20;
constexpr uint64_t kLeastMinFreeBytes = uint64_t{1} << 20;
constexpr uint64_t kMostMinFreeBytes = uint64_t{1} << 40;
constexpr std::array kServices = {"all",         "directory",  "committees", "agreements",
                                  "assignments", "monitoring", "plans",      "register"};
constexpr std::array kLogLevels = {"debug", "info", "warning", "error"};

absl::Status Wrong(std::string_view field, std::string message, std::string_view mend) {
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                std::move(message))
      .Field(field)
      .Mend(mend);
}

bool HasPort(const std::string& address) {
  if (address.starts_with("unix:")) return address.size() > 5;
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == address.size() ||
      address.size() - colon > 6)
    return false;
  return std::all_of(address.begin() + static_cast<std::ptrdiff_t>(colon) + 1, address.end(),
                     [](char c) { return c >= '0' && c <= '9'; }) &&
         std::stoi(address.substr(colon + 1)) <= 65'535;
}

}  // namespace

absl::StatusOr<ServerConfig> ReadConfigFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_FIELD_INVALID,
                  fmt::format("cannot read the configuration file {}", path))
        .Field("config")
        .Mend("Check the path and who may read it.");
  }
  std::stringstream text;
  text << file.rdbuf();
  ServerConfig config;
  const absl::Status read = ReadYaml(text.str(), config);
  if (read.ok()) return config;
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                fmt::format("{}: {}", path, std::string(read.message())))
      .Field("config")
      .Mend("Mend the lines named.");
}

void FillDefaults(ServerConfig& config) {
  if (config.data().empty()) config.set_data(kDefaultData);
  if (config.listen().empty()) config.set_listen(kDefaultListen);
  if (config.metrics_listen().empty()) config.set_metrics_listen(kDefaultMetricsListen);
  if (config.services().empty()) config.add_services("all");
  if (config.min_free_bytes() == 0) config.set_min_free_bytes(kDefaultMinFreeBytes);
  if (config.log_level().empty()) config.set_log_level("info");
  if (config.read_threads() == 0) config.set_read_threads(2);
  if (config.max_group() == 0) config.set_max_group(1'000);
}

absl::Status CheckConfig(const ServerConfig& config) {
  if (!HasPort(config.listen())) {
    return Wrong("listen", fmt::format("listen is \"{}\"", config.listen()),
                 "Write <host>:<port>, as in 127.0.0.1:7420, or unix:<path>.");
  }
  if (config.metrics_listen() != "off" &&
      (!HasPort(config.metrics_listen()) || config.metrics_listen().starts_with("unix:"))) {
    return Wrong("metrics_listen", fmt::format("metrics_listen is \"{}\"", config.metrics_listen()),
                 "Write <host>:<port>, as in 127.0.0.1:7421, or off.");
  }
  for (const std::string& service : config.services()) {
    if (std::find(kServices.begin(), kServices.end(), service) == kServices.end()) {
      return Wrong("services", fmt::format("there is no service \"{}\"", service),
                   fmt::format("Name all, or some of {}.",
                               fmt::join(kServices.begin() + 1, kServices.end(), ", ")));
    }
  }
  const bool remote = !Serves(config, "directory");
  if (remote && config.directory_address().empty()) {
    return Wrong("directory_address",
                 "the directory is not served here, and no address says where it is",
                 "Set directory_address, or add directory to services.");
  }
  if (!remote && !config.directory_address().empty()) {
    return Wrong("directory_address", "the directory is served here and elsewhere",
                 "Leave directory_address out, or directory out of services.");
  }
  if (config.min_free_bytes() < kLeastMinFreeBytes || config.min_free_bytes() > kMostMinFreeBytes) {
    return Wrong("min_free_bytes", fmt::format("min_free_bytes is {}", config.min_free_bytes()),
                 "Give 1,048,576 to 2^40.");
  }
  if (config.tls_certificate().empty() != config.tls_key().empty()) {
    return Wrong(config.tls_key().empty() ? "tls_key" : "tls_certificate",
                 "TLS needs a certificate and its key; only one is given", "Set both, or none.");
  }
  if (std::find(kLogLevels.begin(), kLogLevels.end(), config.log_level()) == kLogLevels.end()) {
    return Wrong("log_level", fmt::format("log_level is \"{}\"", config.log_level()),
                 "Use debug, info, warning or error.");
  }
  if (config.read_threads() < 1 || config.read_threads() > 64) {
    return Wrong("read_threads", fmt::format("read_threads is {}", config.read_threads()),
                 "Give 1 to 64.");
  }
  if (config.max_group() < 1 || config.max_group() > 10'000) {
    return Wrong("max_group", fmt::format("max_group is {}", config.max_group()),
                 "Give 1 to 10,000.");
  }
  return absl::OkStatus();
}

std::string ToLogLine(const ServerConfig& config) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string line;
  const auto printed = google::protobuf::util::MessageToJsonString(config, &line, options);
  return printed.ok() ? line : std::string(printed.message());
}

bool Serves(const ServerConfig& config, std::string_view service) {
  return std::any_of(config.services().begin(), config.services().end(),
                     [&](const std::string& one) { return one == "all" || one == service; });
}

}  // namespace kasundo
