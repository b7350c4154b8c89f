// Clause, obligation, activity, indicator, evidence: both ways, and where a way ends.
#include "services/plans/plan_trace.h"

#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kArticle[] = "realms/test/agreements/a/articles/desks";
constexpr char kObligation[] = "realms/test/agreements/a/obligations/desks";
constexpr char kOther[] = "realms/test/agreements/a/obligations/other";

class PlanTrace : public ::testing::Test {
 protected:
  PlanTrace() : state_(Approved()) {
    FindItem(*state_.mutable_tree(), "desks")->add_obligations(kObligation);
    owed_.set_article(kArticle);
    owed_.set_duty("Found desks");
    other_.set_article(kArticle);
  }

  void Report(int64_t position, int month, const std::string& document,
              const std::string& indicator, bool corrected = false) {
    v1::PlanEvent event;
    v1::ActivityProgress& progress = corrected
                                         ? *event.mutable_progress_corrected()->mutable_progress()
                                         : *event.mutable_progress_reported()->mutable_progress();
    progress.set_item("desks");
    *progress.mutable_figures()->mutable_as_of() = MakeDate(2016, month);
    v1::ProgressEvidence& evidence = *progress.mutable_report()->add_evidence();
    evidence.set_document(document);
    evidence.set_indicator(indicator);
    workflows::v1::EventRecord& record = records_.emplace_back();
    record.set_position(position);
    record.set_payload_type("kasundo.plans.v1.PlanEvent");
    record.set_payload(event.SerializeAsString());
  }

  std::vector<v1::TraceRow> Trace(const std::string& request) {
    TracedPlan plan;
    plan.name = kIt;
    plan.state = &state_;
    plan.records = records_;
    return TraceOf(Parse<v1::GetTraceRequest>(request), {plan},
                   {{kObligation, &owed_}, {kOther, &other_}});
  }

  v1::PlanState state_;
  agreements::v1::ObligationState owed_;
  agreements::v1::ObligationState other_;
  std::vector<workflows::v1::EventRecord> records_;
};

TEST_F(PlanTrace, GoesFromTheClauseToTheEvidence) {
  Report(7, 6, "PESO-14", "founded");
  const auto rows = Trace("article: '" + std::string(kArticle) + "'");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].obligation(), kObligation);
  EXPECT_EQ(rows[0].duty(), "Found desks");
  EXPECT_EQ(rows[0].item(), "desks");
  EXPECT_EQ(rows[0].indicator(), "founded");
  ASSERT_THAT(rows[0].evidence(), SizeIs(1));
  EXPECT_EQ(rows[0].evidence(0).position(), 7);
  EXPECT_EQ(rows[0].missing(), "");
  // Nobody plans for the other one.
  EXPECT_EQ(rows[1].obligation(), kOther);
  EXPECT_EQ(rows[1].missing(), "no activity");
}

TEST_F(PlanTrace, GoesFromTheEvidenceBackToTheClause) {
  Report(7, 6, "PESO-14", "founded");
  const auto rows = Trace("evidence: 'PESO-14'");
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].article(), kArticle);
  EXPECT_THAT(Trace("evidence: 'PESO-15'"), IsEmpty());
}

TEST_F(PlanTrace, TakesACorrectedReportAsCorrected) {
  Report(7, 6, "PESO-14", "founded");
  Report(9, 6, "PESO-15", "founded", true);
  EXPECT_THAT(Trace("evidence: 'PESO-14'"), IsEmpty());
  EXPECT_THAT(Trace("evidence: 'PESO-15'"), SizeIs(1));
}

TEST_F(PlanTrace, SaysWhereAWayEnds) {
  auto rows = Trace("obligation: '" + std::string(kObligation) + "'");
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].missing(), "no evidence");
  FindItem(*state_.mutable_tree(), "desks")->clear_indicators();
  rows = Trace("obligation: '" + std::string(kObligation) + "'");
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].missing(), "no indicator");
  rows = Trace("plan: '" + std::string(kIt) + "' item: 'protected'");
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].missing(), "no evidence");
  EXPECT_EQ(rows[0].indicator(), "desks");
}

TEST_F(PlanTrace, IsRefusedForWhatNoPlanHas) {
  TracedPlan plan;
  plan.name = kIt;
  plan.state = &state_;
  const auto check = [&](const std::string& request) {
    return CheckTraced(Parse<v1::GetTraceRequest>(request), {plan});
  };
  EXPECT_TRUE(check("evidence: 'PESO-14'").ok());
  EXPECT_TRUE(check("item: 'desks' indicator: 'founded'").ok());
  EXPECT_TRUE(check("indicator: 'desks'").ok());
  EXPECT_EQ(ReasonOf(check("item: 'nothing'")), "ITEM_NOT_FOUND");
  EXPECT_EQ(ReasonOf(check("item: 'data' indicator: 'founded'")), "INDICATOR_NOT_FOUND");
  EXPECT_EQ(RefusalOf(check("indicator: 'nothing'"))->field(), "indicator");
}

TEST_F(PlanTrace, KeepsEvidenceOfTheWholeItemApart) {
  Report(7, 6, "Report", "");
  const auto rows = Trace("plan: '" + std::string(kIt) + "' item: 'desks'");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].indicator(), "founded");
  EXPECT_EQ(rows[1].indicator(), "");
  EXPECT_EQ(rows[1].evidence(0).evidence().document(), "Report");
}

}  // namespace
}  // namespace kasundo::plans
