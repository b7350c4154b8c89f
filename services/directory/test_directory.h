// A directory for tests: the engine of tests/support/test_engine.h with the five kinds, the two
// services over it without a server, and the realms "realms/test" (Asia/Manila, 1 February 2016,
// 09:00) and "realms/system".
#pragma once

#include <memory>
#include <string>

#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/directory/v1/identity_service.pb.h"
#include "services/directory/directory_identity.h"
#include "services/directory/directory_service.h"
#include "services/runtime/dispatcher.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo::directory {

class TestDirectory {
 public:
  TestDirectory() : test_(Registry()) {
    workflows::v1::Actor system;
    system.set_system(true);
    EXPECT_OK(engine().CreateRealm("realms/system", "Operation", "UTC", system));
    // There is no writer's thread here: whoever submits a command has it decided.
    engine().SetWake([this] { engine().Pump(); });
    identity_ = *DirectoryIdentity::Open(engine());
    RegisterDirectory(catalog_, engine());
    dispatcher_ = std::make_unique<Dispatcher>(&engine(), &catalog_, identity_.get(), nullptr);
  }

  Engine& engine() { return *test_; }
  testing::TestEngine& test() { return test_; }
  const DirectoryIdentity& identity() const { return *identity_; }
  const ServiceCatalog& catalog() const { return catalog_; }

  // A command by an administrator, past the services; `text` is a text proto.
  template <typename Request>
  absl::Status Do(const std::string& text) {
    return test_.Send(testing::Parse<Request>(text), testing::Administrator()).status;
  }

  // An RPC as it arrives: "Directory.GetOffice".
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const std::string& method, const Request& request,
                                const std::string& token = "") {
    const auto* found = catalog_.FindMethod("kasundo.directory.v1." + method);
    EXPECT_NE(found, nullptr) << method;
    const std::string body = request.SerializeAsString();
    google::protobuf::io::ArrayInputStream stream(body.data(), static_cast<int>(body.size()));
    Dispatcher::Incoming incoming;
    incoming.token = token;
    incoming.body = &stream;
    absl::StatusOr<Response> response = absl::UnknownError("not answered");
    dispatcher_->Handle(*found, incoming, [&](Answer answer) {
      if (answer.status.ok()) {
        response = static_cast<const Response&>(*answer.message);
      } else {
        response = answer.status;
      }
    });
    return response;
  }

  static KindRegistry Registry() {
    KindRegistry registry;
    AddDirectory(registry);
    return registry;
  }

 private:
  testing::TestEngine test_;
  std::unique_ptr<DirectoryIdentity> identity_;
  ServiceCatalog catalog_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

// Requests that many tests begin with.
inline void EnterOffice(TestDirectory& directory, const std::string& id,
                        const std::string& organisation, const std::string& more = "") {
  ASSERT_OK(directory.Do<v1::CreateOfficeRequest>(
      "parent: 'realms/test' office_id: '" + id + "' title: '" + id +
      "' organisation: 'realms/test/organisations/" + organisation + "' post: POST_KIND_CAREER " +
      more));
}
inline void EnterOrganisation(TestDirectory& directory, const std::string& id,
                              const std::string& more = "") {
  ASSERT_OK(directory.Do<v1::CreateOrganisationRequest>(
      "parent: 'realms/test' organisation_id: '" + id + "' title: '" + id +
      "' kind: ORGANISATION_KIND_NATIONAL_AGENCY " + more));
}
inline void EnterPerson(TestDirectory& directory, const std::string& id,
                        const std::string& more = "") {
  ASSERT_OK(directory.Do<v1::CreatePersonRequest>("parent: 'realms/test' person_id: '" + id +
                                                  "' full_name: '" + id + "' " + more));
}
inline void BeginTerm(TestDirectory& directory, const std::string& office,
                      const std::string& person, const std::string& more = "since { year: 2010 }") {
  ASSERT_OK(directory.Do<v1::BeginTermRequest>("name: 'realms/test/offices/" + office +
                                               "' person: 'realms/test/people/" + person + "' " +
                                               more));
}

}  // namespace kasundo::directory
