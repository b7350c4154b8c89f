#include "services/runtime/status_mapping.h"

#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "services/runtime/rpc_status.h"
#include "tests/support/test_engine.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

TEST(StatusMapping, CarriesARefusalThereAndBack) {
  const absl::Status refused =
      Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOT_IN_THIS_STATE,
             "9 of 18 present; 10 needed")
          .Field("motion")
          .Mend("Record two more attendances.")
          .With("present", 9);
  const grpc::Status wire = ToGrpcStatus(refused);
  EXPECT_EQ(wire.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(wire.error_message(), "9 of 18 present; 10 needed");
  const absl::Status back = FromGrpcStatus(wire);
  EXPECT_REFUSED(back, absl::StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
  EXPECT_EQ(RefusalOf(back)->SerializeAsString(), RefusalOf(refused)->SerializeAsString());
}

TEST(StatusMapping, GivesEveryErrorExactlyOneRefusal) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "something of the world");
    const google::rpc::Status wire = ToRpcStatus(status);
    EXPECT_EQ(wire.code(), code);
    ASSERT_EQ(wire.details_size(), 1) << code;
    api::v1::Refusal refusal;
    ASSERT_TRUE(wire.details(0).UnpackTo(&refusal));
    api::v1::Reason reason = api::v1::REASON_UNSPECIFIED;
    EXPECT_TRUE(api::v1::Reason_Parse("REASON_" + refusal.reason(), &reason)) << refusal.reason();
    EXPECT_NE(reason, api::v1::REASON_UNSPECIFIED);
  }
}

TEST(StatusMapping, LeavesOkWithoutDetails) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_EQ(ToRpcStatus(absl::OkStatus()).details_size(), 0);
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
}

TEST(StatusMapping, KeepsWhatGrpcItselfSays) {
  const absl::Status status = FromGrpcStatus({grpc::StatusCode::UNIMPLEMENTED, "no such method"});
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(status.message(), "no such method");
  EXPECT_FALSE(RefusalOf(status).has_value());
}

TEST(StatusMapping, BelievesTheCodeOfGrpcAndNotThatOfTheDetails) {
  google::rpc::Status lie;
  lie.set_code(0);
  const absl::Status status =
      FromGrpcStatus({grpc::StatusCode::INTERNAL, "broken", lie.SerializeAsString()});
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
}

TEST(StatusMapping, CutsAMessageThatNoHeaderCouldCarry) {
  const absl::Status status = Refuse(absl::StatusCode::kInvalidArgument,
                                     api::v1::REASON_DEFINITION_INVALID, std::string(100'000, 'x'))
                                  .Mend(std::string(100'000, 'y'));
  const grpc::Status wire = ToGrpcStatus(status);
  EXPECT_LT(wire.error_message().size() + wire.error_details().size(), 8'000u);
  EXPECT_REFUSED(FromGrpcStatus(wire), absl::StatusCode::kInvalidArgument, "DEFINITION_INVALID");
}

}  // namespace
}  // namespace kasundo
