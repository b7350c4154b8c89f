// Exception reports that the slippage policy starts.
#include "workflows/monitoring/slippage_exceptions.h"

#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "tests/support/given.h"
#include "workflows/monitoring/percent.h"

namespace kasundo::monitoring {
namespace {

using testing::Parse;

// `taken`: the name of a finding that exists already.
std::vector<FollowUp> React(const std::string& starts, const std::string& taken = "") {
  const auto plan = Parse<plans::v1::PlanState>(
      "title: 'Desks' body: 'realms/test/committees/council' owner_office: 'realms/test/offices/o' "
      "territories: 'realms/test/territories/lipa' tree { items { id: 'hire' title: 'Hire staff' } "
      "}");
  RelatedInstance held{"realms/test/plans/desks", "plan", "approved", 1, 0, &plan};
  workflows::v1::EventRecord record;
  record.set_instance(held.name);
  record.set_position(42);
  return SlippageExceptions()->React(
      record,
      Parse<plans::v1::PlanEvent>(
          "slippage_band_entered { item: 'hire' office: 'realms/test/offices/peso' figures { "
          "as_of { year: 2016 month: 6 day: 30 } slippage: '-12.496776' target: '50' actual: "
          "'37.503224' "
          "policy: "
          "'realms/test/slippagePolicies/car' "
          "policy_version: 2 } band { id: 'icu' title: 'ICU' definition: 'Ten points behind or "
          "more' follow_up: 'Refer to bodies' " +
          starts + " } }"),
      [&](std::string_view name) { return name == held.name || name == taken ? &held : nullptr; });
}

TEST(SlippageExceptions, BeginWithTheRuleThatGaveTheBand) {
  const auto follow_ups = React("starts: BAND_ACTION_LETTER starts: BAND_ACTION_EXCEPTION_REPORT");
  ASSERT_EQ(follow_ups.size(), 1U);
  EXPECT_EQ(follow_ups[0].instance, "realms/test/findings/desks-hire-icu-2016-06-30");
  const auto& request = static_cast<const v1::RaiseFindingRequest&>(*follow_ups[0].request);
  EXPECT_EQ(request.title(), "Hire staff");
  EXPECT_EQ(request.implementing_office(), "realms/test/offices/peso");
  EXPECT_EQ(request.slippage().band(), "ICU");
  EXPECT_EQ(request.slippage().policy_version(), 2);
  EXPECT_EQ(request.slippage().slippage(), "-12.496776") << "exact where it is stored";
  EXPECT_THAT(request.details(), ::testing::HasSubstr("-12.5 percentage points"));
  EXPECT_EQ(ToString(request.slippage().as_of()), "2016-06-30");
}

// The band was left and entered again on the same figures' day.
TEST(SlippageExceptions, BeginAgainBesideTheOneThatIsThere) {
  const auto follow_ups = React("starts: BAND_ACTION_EXCEPTION_REPORT",
                                "realms/test/findings/desks-hire-icu-2016-06-30");
  ASSERT_EQ(follow_ups.size(), 1U);
  EXPECT_EQ(follow_ups[0].instance, "realms/test/findings/desks-hire-icu-2016-06-30-42");
  EXPECT_EQ(static_cast<const v1::RaiseFindingRequest&>(*follow_ups[0].request).finding_id(),
            "desks-hire-icu-2016-06-30-42");
}

TEST(InWords, SaysAtMostTwoPlaces) {
  EXPECT_EQ(InWords("-3.726776"), "-3.73");
  EXPECT_EQ(InWords("-12.5"), "-12.5");
  EXPECT_EQ(InWords("0.001"), "0");
  EXPECT_EQ(InWords(""), "");
}

TEST(SlippageExceptions, AreNotForALetterAlone) {
  EXPECT_TRUE(React("starts: BAND_ACTION_LETTER").empty());
  EXPECT_TRUE(React("").empty());
}

}  // namespace
}  // namespace kasundo::monitoring
