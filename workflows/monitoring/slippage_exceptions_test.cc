// Exception reports that the slippage policy starts.
#include "workflows/monitoring/slippage_exceptions.h"

#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "tests/support/given.h"

namespace kasundo::monitoring {
namespace {

using testing::Parse;

std::vector<FollowUp> React(const std::string& starts) {
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
          "as_of { year: 2016 month: 6 day: 30 } slippage: '-12.5' target: '50' actual: '37.5' "
          "policy: "
          "'realms/test/slippagePolicies/car' "
          "policy_version: 2 } band { id: 'icu' title: 'ICU' definition: 'Ten points behind or "
          "more' follow_up: 'Refer to bodies' " +
          starts + " } }"),
      [&](std::string_view) { return &held; });
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
  EXPECT_EQ(request.slippage().slippage(), "-12.5");
}

TEST(SlippageExceptions, AreNotForALetterAlone) {
  EXPECT_TRUE(React("starts: BAND_ACTION_LETTER").empty());
  EXPECT_TRUE(React("").empty());
}

}  // namespace
}  // namespace kasundo::monitoring
