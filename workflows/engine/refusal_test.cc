#include "workflows/engine/refusal.h"

#include "gtest/gtest.h"

namespace kasundo {
namespace {

TEST(Refuse, SaysWhatWhereAndHowToMendIt) {
  const absl::Status status = Refuse(absl::StatusCode::kFailedPrecondition,
                                     api::v1::REASON_NOTHING_TO_CHANGE, "it is called so already")
                                  .Field("title")
                                  .With("title", "CMD")
                                  .Mend("Give another title.")
                                  .With("names", 3);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "NOTHING_TO_CHANGE");
  const auto refusal = RefusalOf(status);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->message(), "it is called so already");
  EXPECT_EQ(refusal->field(), "title");
  EXPECT_EQ(refusal->mend(), "Give another title.");
  EXPECT_EQ(refusal->metadata().at("title"), "CMD");
  EXPECT_EQ(refusal->metadata().at("names"), "3");
}

TEST(Refuse, TakesTheFieldAfterTheMendToo) {
  const absl::Status status =
      Refuse(absl::StatusCode::kNotFound, api::v1::REASON_INSTANCE_NOT_FOUND, "there is none")
          .Mend("Enter it first.")
          .Field("name");
  EXPECT_EQ(RefusalOf(status)->field(), "name");
  EXPECT_EQ(RefusalOf(status)->mend(), "Enter it first.");
}

TEST(RefusalOf, IsNothingForOtherErrors) {
  EXPECT_FALSE(RefusalOf(absl::OkStatus()).has_value());
  EXPECT_FALSE(RefusalOf(absl::InternalError("a defect")).has_value());
  EXPECT_EQ(ReasonOf(absl::InternalError("a defect")), "");
}

}  // namespace
}  // namespace kasundo
