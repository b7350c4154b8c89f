#include "services/runtime/config.h"

#include <gmock/gmock.h>

#include <fstream>

#include "gtest/gtest.h"
#include "tests/support/test_engine.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using ::testing::HasSubstr;

class Config : public ::testing::Test {
 protected:
  absl::StatusOr<admin::v1::ServerConfig> Read(const std::string& text) {
    const std::string path = folder_.path() + "/kasundod.yaml";
    std::ofstream(path) << text;
    return ReadConfigFile(path);
  }
  static absl::Status Check(admin::v1::ServerConfig config) {
    FillDefaults(config);
    return CheckConfig(config);
  }
  static void ExpectRefused(const admin::v1::ServerConfig& config, const std::string& field) {
    const absl::Status status = Check(config);
    EXPECT_REFUSED(status, absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
    EXPECT_EQ(RefusalOf(status)->field(), field);
    EXPECT_FALSE(RefusalOf(status)->mend().empty());
  }

  testing::TemporaryFolder folder_;
  admin::v1::ServerConfig config_;
};

TEST_F(Config, IsCompleteAndRightWithoutAFile) {
  FillDefaults(config_);
  EXPECT_OK(CheckConfig(config_));
  EXPECT_EQ(config_.listen(), "127.0.0.1:7420")
      << "only this machine is served unless somebody says otherwise";
  EXPECT_TRUE(Serves(config_, "directory"));
  EXPECT_TRUE(Serves(config_, "committees"));
}

TEST_F(Config, IsReadFromYaml) {
  const auto config = Read(
      "data: /srv/kasundo\nlisten: '[::]:7420'\nservices: [committees]\ndirectory_address: "
      "'dir:7420'\n");
  ASSERT_OK(config.status());
  EXPECT_EQ(config->data(), "/srv/kasundo");
  EXPECT_OK(Check(*config));
  EXPECT_FALSE(Serves(*config, "directory"));
}

TEST_F(Config, WithAnUnknownKeyIsRefusedWithItsLine) {
  const auto config = Read("data: x\nlisten_adress: y\n");
  EXPECT_REFUSED(config.status(), absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
  EXPECT_THAT(std::string(config.status().message()), HasSubstr("2:1"));
}

TEST_F(Config, ThatIsNotThereIsNamed) {
  EXPECT_EQ(ReadConfigFile(folder_.path() + "/none.yaml").status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(Config, RefusesAnAddressWithoutAPort) {
  for (const char* address :
       {"localhost", "127.0.0.1:", ":7420", "127.0.0.1:70000", "127.0.0.1:http"}) {
    config_.set_listen(address);
    ExpectRefused(config_, "listen");
  }
  config_.set_listen("unix:/run/kasundo.sock");
  EXPECT_OK(Check(config_));
  config_.set_metrics_listen("unix:/run/metrics.sock");
  ExpectRefused(config_, "metrics_listen");
}

TEST_F(Config, RefusesAServiceThatIsNone) {
  config_.add_services("comittees");
  ExpectRefused(config_, "services");
}

TEST_F(Config, WantsTheDirectorySomewhereAndOnlyOnce) {
  config_.add_services("committees");
  ExpectRefused(config_, "directory_address");
  config_.set_directory_address("127.0.0.1:7420");
  EXPECT_OK(Check(config_));
  config_.add_services("directory");
  ExpectRefused(config_, "directory_address");
}

TEST_F(Config, WantsACertificateWithItsKey) {
  config_.set_tls_certificate("cert.pem");
  ExpectRefused(config_, "tls_key");
  config_.clear_tls_certificate();
  config_.set_tls_key("key.pem");
  ExpectRefused(config_, "tls_certificate");
}

TEST_F(Config, RefusesWhatIsOutOfBounds) {
  config_.set_read_threads(65);
  ExpectRefused(config_, "read_threads");
  config_.set_read_threads(1);
  config_.set_max_group(10'001);
  ExpectRefused(config_, "max_group");
  config_.set_max_group(1);
  config_.set_min_free_bytes(5);
  ExpectRefused(config_, "min_free_bytes");
  config_.set_min_free_bytes(1 << 20);
  config_.set_log_level("loud");
  ExpectRefused(config_, "log_level");
}

TEST_F(Config, IsLoggedInOneLine) {
  FillDefaults(config_);
  const std::string line = ToLogLine(config_);
  EXPECT_THAT(line, HasSubstr("\"listen\":\"127.0.0.1:7420\""));
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace kasundo
