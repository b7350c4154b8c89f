// Questionnaires paired by a code, ratings, and the adoption of instruments (requirements 83, 96).
#include "kasundo/monitoring/v1/response_sessions_service.pb.h"
#include "workflows/monitoring/adoption_decider.h"
#include "workflows/monitoring/monitoring_fixture.h"
#include "workflows/monitoring/response_session_decider.h"
#include "workflows/monitoring/response_session_figures.h"

namespace kasundo::monitoring {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

Given<ResponseSession> Session() {
  auto given = InItsWorld(Given<ResponseSession>(Parse<v1::ResponseSessionState>(
      "opened { checklist_template: 'realms/test/checklistTemplates/desks' template_version: 1 "
      "office: 'realms/test/offices/planning' }")));
  given.As(Unit());
  return given;
}

v1::RecordResponseRequest Respond(const std::string& code, const std::string& moment,
                                  const std::string& number) {
  return Parse<v1::RecordResponseRequest>("code: '" + code + "' moment: RESPONSE_MOMENT_" + moment +
                                          " answers { item: 'served' number: '" + number + "' }");
}

TEST(OpenResponseSession, UsesAValidatedQuestionnaire) {
  auto given = InItsWorld(Given<ResponseSession>());
  given.When(Parse<v1::OpenResponseSessionRequest>("checklist_template: 'realms/test/x'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TEMPLATE_NOT_VALIDATED");
  given.When(Parse<v1::OpenResponseSessionRequest>(
      "checklist_template: 'realms/test/checklistTemplates/desks' office: 'o'"));
  EXPECT_EQ(given.ThenEvents().at(0).response_session_opened().template_version(), 1);
}

TEST(RecordResponse, TakesCodesAndNoNames) {
  auto given = Session();
  for (const char* code : {"", "A", "Maria", "Ma ria1", "é1"}) {
    given.When(Respond(code, "BEFORE", "1"))
        .ThenRejected(StatusCode::kInvalidArgument, "CODE_INVALID", "code");
  }
  given.When(Respond("K7", "BEFORE", "1"));
  given.ThenEvents();
  given.When(Respond("K7", "BEFORE", "2")).ThenRejected(StatusCode::kAlreadyExists, "CODE_USED");
  given.When(Respond("K7", "AFTER", "many"))
      .ThenRejected(StatusCode::kInvalidArgument, "ANSWER_INVALID");
  given
      .When(Parse<v1::RecordResponseRequest>(
          "moment: RESPONSE_MOMENT_RATING answers { item: 'x' number: '1' }"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
}

TEST(ResponseFigures, ReportChangeWithTheNumberOfPairs) {
  auto given = Session();
  for (const auto& [code, moment, number] :
       std::vector<std::tuple<std::string, std::string, std::string>>{{"K7", "BEFORE", "2"},
                                                                      {"K8", "BEFORE", "3"},
                                                                      {"K9", "BEFORE", "9"},
                                                                      {"K7", "AFTER", "4"},
                                                                      {"K8", "AFTER", "4"},
                                                                      {"K1", "AFTER", "0"},
                                                                      {"", "RATING", "5"},
                                                                      {"", "RATING", "4"}}) {
    given.When(Respond(code, moment, number));
    given.ThenEvents();
  }
  static const v1::ChecklistTemplateState desks = Desks();
  v1::ResponseSession figures;
  FillFigures(given.state(), {{&desks.versions(0).items(2), ""}}, figures);
  EXPECT_EQ(figures.before(), 3);
  EXPECT_EQ(figures.after(), 3);
  EXPECT_EQ(figures.pairs(), 2) << "who answered only once is in no pair";
  EXPECT_EQ(figures.changes(0).pairs(), 2);
  EXPECT_EQ(figures.changes(0).before(), "2.50");
  EXPECT_EQ(figures.changes(0).after(), "4.00");
  EXPECT_EQ(figures.changes(0).change(), "1.50");
  EXPECT_EQ(figures.ratings(0).ratings(), 2);
  EXPECT_EQ(figures.ratings(0).mean(), "4.50");
}

TEST(CloseResponseSession, KeepsItsDay) {
  auto given = Session();
  EXPECT_TRUE(given.HasRole("holder"));
  EXPECT_TRUE(given.HasRole("in-office"));
  given.When(v1::CloseResponseSessionRequest());
  given.ThenEvents();
  EXPECT_TRUE(given.state().has_closed_on());
}

TEST(Adoptions, GoFromTheInvitationToUse) {
  auto given = InItsWorld(Given<Adoption>());
  given.As(Unit()).When(Parse<v1::InviteUnitRequest>(
      "instrument: 'realms/test/checklistTemplates/rider' unit: 'realms/test/territories/lipa'"));
  given.When(v1::TakeUpInstrumentRequest())
      .ThenRejected(StatusCode::kFailedPrecondition, "STAGE_ORDER");
  given.When(v1::RecordTrainingRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "NUMBER_INVALID");
  given.When(Parse<v1::RecordTrainingRequest>("staff: 2"));
  given.On("2016-05-01").When(Parse<v1::RecordTrainingRequest>("staff: 1"));
  given.When(v1::TakeUpInstrumentRequest());
  given.When(v1::CompleteAdoptionRequest());
  given.ThenEvents();
  EXPECT_EQ(given.state().trained_staff(), 3);
  EXPECT_EQ(ToString(given.state().trained_on()), "2016-03-18");
  EXPECT_EQ(ToString(given.state().done_on()), "2016-05-01");
  EXPECT_TRUE(given.HasRole("unit"));
  given.When(v1::DropAdoptionRequest()).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

}  // namespace
}  // namespace kasundo::monitoring
