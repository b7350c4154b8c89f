// The configuration of a server: read once, checked as a whole, then const. One message,
// kasundo.admin.v1.ServerConfig; its comments are the documentation of every field.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/admin/v1/server_config.pb.h"

namespace kasundo {

// Reads a YAML file. Unknown keys and wrong values are refused with line and column.
absl::StatusOr<admin::v1::ServerConfig> ReadConfigFile(const std::string& path);

// Fills what is not set with its default.
void FillDefaults(admin::v1::ServerConfig& config);

// Every bound and everything that must fit together; INVALID_ARGUMENT names the field and the mend.
// REQUIRES: FillDefaults was called.
absl::Status CheckConfig(const admin::v1::ServerConfig& config);

// One line of JSON for the log with every field that is set; there are no secrets in it, only names
// of files.
std::string ToLogLine(const admin::v1::ServerConfig& config);

// Whether a service ("committees") is to be served.
bool Serves(const admin::v1::ServerConfig& config, std::string_view service);

}  // namespace kasundo
