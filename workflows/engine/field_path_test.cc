#include "workflows/engine/field_path.h"

#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using testing::v1::EveryType;

FieldPath Path(std::string_view path) {
  auto resolved = FieldPath::Resolve(EveryType::descriptor(), path);
  EXPECT_TRUE(resolved.ok()) << resolved.status();
  return *resolved;
}

TEST(FieldPath, RefusesWhatTheTypeDoesNotHave) {
  for (const std::string_view path : {"", ".", "nothing", "inner.", "inner.nothing", "flag.label",
                                      "inners.label", "texts.key", "inner..label"}) {
    const auto resolved = FieldPath::Resolve(EveryType::descriptor(), path);
    ASSERT_FALSE(resolved.ok()) << path;
    EXPECT_EQ(resolved.status().code(), absl::StatusCode::kInvalidArgument) << path;
    EXPECT_EQ(ReasonOf(resolved.status()), "FIELD_INVALID") << path;
  }
}

TEST(FieldPath, KnowsWhatIsEmpty) {
  EveryType message;
  for (const std::string_view path :
       {"flag", "string_value", "weight", "inner", "inner.label", "inner.inner.label", "strings",
        "texts", "date", "time", "optional_int32"}) {
    EXPECT_TRUE(Path(path).IsEmpty(message)) << path;
  }
  message.set_flag(true);
  message.set_string_value("x");
  message.set_weight(testing::v1::PROMISE_WEIGHT_LIGHT);
  message.mutable_inner()->mutable_inner()->set_label("x");
  message.add_strings("");
  (*message.mutable_texts())["x"] = "";
  message.mutable_date()->set_year(2016);
  message.mutable_time();
  message.set_optional_int32(0);
  for (const std::string_view path :
       {"flag", "string_value", "weight", "inner", "inner.inner.label", "strings", "texts", "date",
        "time", "optional_int32"}) {
    EXPECT_FALSE(Path(path).IsEmpty(message)) << path;
  }
  EXPECT_TRUE(Path("inner.label").IsEmpty(message));
}

TEST(FieldPath, TakesADateWithoutAYearForNone) {
  EveryType message;
  message.mutable_date();
  EXPECT_TRUE(Path("date").IsEmpty(message));
}

}  // namespace
}  // namespace kasundo
