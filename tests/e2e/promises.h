// Short ways to the toy service, for the tests of this folder.
#pragma once

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "services/runtime/client.h"
#include "tests/support/test_server.h"
#include "workflows/engine/refusal.h"

namespace kasundo::testing {

inline constexpr char kAna[] = "realms/test/accounts/ana";
inline constexpr char kBen[] = "realms/test/accounts/ben";
inline constexpr char kAdmin[] = "realms/test/accounts/admin";
inline constexpr char kOperator[] = "realms/system/accounts/admin";

inline std::string Promises(const std::string& method) {
  return "kasundo.testing.v1.Promises." + method;
}
inline std::string Workflows(const std::string& method) {
  return "kasundo.workflows.v1.Workflows." + method;
}
inline std::string Admin(const std::string& method) { return "kasundo.admin.v1.Admin." + method; }

// Ana promises Ben something.
inline v1::MakePromiseRequest Promising(const std::string& id, const std::string& request_id = "") {
  v1::MakePromiseRequest request;
  request.set_parent("realms/test");
  request.set_promise_id(id);
  request.set_promiser("realms/test/offices/ana");
  request.set_promisee("realms/test/offices/ben");
  request.set_text("the road will be open in May");
  request.mutable_header()->set_request_id(request_id);
  return request;
}

inline v1::Promise Make(Client& client, const v1::MakePromiseRequest& request) {
  v1::Promise promise;
  const absl::Status made = client.Call(Promises("MakePromise"), request, &promise);
  EXPECT_TRUE(made.ok()) << made;
  return promise;
}

inline void ExpectRefused(const absl::Status& status, absl::StatusCode code,
                          const std::string& reason) {
  EXPECT_EQ(status.code(), code) << status;
  EXPECT_EQ(ReasonOf(status), reason) << status;
}

}  // namespace kasundo::testing
