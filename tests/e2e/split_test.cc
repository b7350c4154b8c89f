// The directory and the committees as two processes, each with its own database: what one refers to
// in the other is asked over gRPC.
#include "gtest/gtest.h"
#include "kasundo/admin/v1/admin.pb.h"
#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/committees/v1/committees.pb.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/directory/v1/organisation.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "services/runtime/client.h"
#include "tests/support/server_process.h"
#include "tests/support/temporary_folder.h"
#include "workflows/engine/refusal.h"

namespace kasundo::testing {
namespace {

constexpr char kCommittees[] = "kasundo.committees.v1.Committees.";

class SplitTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::Status started = directory_.Start({"--services", "directory"});
    ASSERT_TRUE(started.ok()) << started;
    token_ = directory_.administrator_token();
    started = committees_.Start(
        {"--services", "committees,register", "--directory-address", directory_.address()});
    ASSERT_TRUE(started.ok()) << started;
    here_ = Connect(committees_);
    const auto there = Connect(directory_);
    for (Client* client : {there.get(), here_.get()}) {
      admin::v1::CreateRealmRequest found;
      found.set_realm_id("split");
      found.set_title("Two processes");
      admin::v1::Realm realm;
      const absl::Status founded =
          client->Call("kasundo.admin.v1.Admin.CreateRealm", found, &realm);
      ASSERT_TRUE(founded.ok()) << founded;
    }
    directory::v1::CreateOrganisationRequest create;
    create.set_parent("realms/split");
    create.set_organisation_id("dole");
    create.set_title("Department of Labor and Employment");
    create.set_kind(directory::v1::ORGANISATION_KIND_NATIONAL_AGENCY);
    directory::v1::Organisation organisation;
    absl::Status done =
        there->Call("kasundo.directory.v1.Directory.CreateOrganisation", create, &organisation);
    ASSERT_TRUE(done.ok()) << done;

    committees::v1::EstablishCommitteeRequest establish;
    establish.set_parent("realms/split");
    establish.set_committee_id("cmd");
    establish.set_title("Committee on Migration and Development");
    establish.mutable_form()->set_type(committees::v1::BODY_TYPE_COMMITTEE);
    done = here_->Call(kCommittees + std::string("EstablishCommittee"), establish, &body_);
    ASSERT_TRUE(done.ok()) << done;
  }

  std::unique_ptr<Client> Connect(const ServerProcess& server) const {
    ClientOptions options;
    options.address = server.address();
    options.token = token_;
    options.attempts = 1;
    return Client::Connect(std::move(options));
  }

  absl::Status AddSeat(const std::string& id, const std::string& organisation) {
    committees::v1::AddSeatRequest request;
    request.set_name("realms/split/committees/cmd");
    request.mutable_seat()->set_id(id);
    request.mutable_seat()->set_title("Regional Director");
    request.mutable_seat()->set_kind(committees::v1::SEAT_KIND_REGULAR);
    request.mutable_seat()->set_organisation(organisation);
    return here_->Call(kCommittees + std::string("AddSeat"), request, &body_);
  }

  const TemporaryFolder directory_folder_;
  const TemporaryFolder committees_folder_;
  ServerProcess directory_{directory_folder_.path()};
  ServerProcess committees_{committees_folder_.path()};
  std::string token_;
  std::unique_ptr<Client> here_;
  committees::v1::Committee body_;
};

TEST_F(SplitTest, ReferencesAreAskedOfTheProcessThatHoldsThem) {
  const absl::Status added = AddSeat("dole", "realms/split/organisations/dole");
  EXPECT_TRUE(added.ok()) << added;
  const absl::Status refused = AddSeat("none", "realms/split/organisations/nobody");
  EXPECT_EQ(refused.code(), absl::StatusCode::kNotFound) << refused;
  EXPECT_EQ(ReasonOf(refused), "REFERENCE_NOT_FOUND");
}

TEST_F(SplitTest, WithoutTheDirectoryNothingIsGuessed) {
  directory_.Kill();
  const absl::Status refused = AddSeat("dole", "realms/split/organisations/dole");
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable) << refused;
  EXPECT_EQ(ReasonOf(refused), "PEER_UNAVAILABLE");
}

TEST_F(SplitTest, ContinuityIsNotAnsweredWhereTheDirectoryIsNot) {
  continuity::v1::GetContinuityRequest request;
  request.set_name("realms/split/committees/cmd");
  continuity::v1::InstanceContinuity answer;
  const absl::Status refused =
      here_->Call("kasundo.continuity.v1.Continuity.GetContinuity", request, &answer);
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable) << refused;
  EXPECT_EQ(ReasonOf(refused), "PEER_UNAVAILABLE");
}

}  // namespace
}  // namespace kasundo::testing
