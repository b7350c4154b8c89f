#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "workflows/directory/office_facts.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Given;
using ::kasundo::testing::Parse;
using namespace facts;  // NOLINT(google-build-using-namespace)

TEST(BeginTerm, RecordsWhoSinceWhenAndByWhichDocument) {
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::BeginTermRequest>(R"(
        person: 'realms/test/people/vilma' since { year: 2007 month: 6 day: 30 }
        until { year: 2010 month: 6 day: 30 } document: 'proclamation')"))
      .Then({Fact(R"(term_begun { term {
        term_id: 'vilma-2007-06-30' person: 'realms/test/people/vilma'
        since { year: 2007 month: 6 day: 30 } until { year: 2010 month: 6 day: 30 }
        kind: TERM_KIND_REGULAR document: 'proclamation' } })")});
}

TEST(BeginTerm, KeepsThePrecisionOfTheSource) {
  const auto events = Given<OfficeDecider>({Created()})
                          .When(Parse<v1::BeginTermRequest>(
                              "person: 'realms/test/people/ana' since { year: 2011 month: 6 }"))
                          .ThenEvents();
  EXPECT_EQ(events[0].term_begun().term().term_id(), "ana-2011-06");
  EXPECT_EQ(ToString(events[0].term_begun().term().since()), "2011-06");
}

TEST(BeginTerm, IsRefusedForASecondRegularHolder) {
  Given<OfficeDecider>({Created(), Held("ana", "2010")})
      .When(Parse<v1::BeginTermRequest>("person: 'realms/test/people/ben' since { year: 2013 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERMS_OVERLAP");
}

TEST(BeginTerm, AllowsTheDayOfHandingOverAndAnOfficerInCharge) {
  Given<OfficeDecider>({Created(), Held("ana", "2010-06-30", "2013-06-30")})
      .When(Parse<v1::BeginTermRequest>(
          "person: 'realms/test/people/ben' since { year: 2013 month: 6 day: 30 }"))
      .ThenEvents();
  Given<OfficeDecider>({Created(), Held("ana", "2010")})
      .When(Parse<v1::BeginTermRequest>(
          "person: 'realms/test/people/ben' kind: TERM_KIND_ACTING since { year: 2013 }"))
      .ThenEvents();
}

TEST(BeginTerm, IsRefusedForOneWhoIsGoneByThen) {
  v1::PersonState gone;
  *gone.mutable_gone_on() = MakeDate(2011, 6);
  auto given = [&] {
    return Given<OfficeDecider>({Created()}).Beside("realms/test/people/ana", "deceased", gone);
  };
  given()
      .When(Parse<v1::BeginTermRequest>("person: 'realms/test/people/ana' since { year: 2010 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "PERSON_GONE");
  given()
      .When(Parse<v1::BeginTermRequest>(
          "person: 'realms/test/people/ana' since { year: 2007 } until { year: 2011 month: 6 }"))
      .ThenEvents();
}

TEST(BeginTerm, IsRefusedForATakenIdAWrongIdAndAPeriodThatEndsBeforeItBegins) {
  Given<OfficeDecider>({Created(), Held("ana", "2007", "2010")})
      .When(Parse<v1::BeginTermRequest>("person: 'realms/test/people/ana' term_id: 'ana'"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::BeginTermRequest>("person: 'realms/test/people/ana' term_id: 'Ana!'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ID_INVALID");
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::BeginTermRequest>(
          "person: 'realms/test/people/ana' since { year: 2010 } until { year: 2009 }"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(BeginTerm, MakesADeputyWhoTakesTheOfficeNoLongerADeputy) {
  Given<OfficeDecider>({Created(), Deputised("dan", 1)})
      .When(Parse<v1::BeginTermRequest>("person: 'realms/test/people/dan' term_id: 't'"))
      .Then({Fact(R"(term_begun { term {
               term_id: 't' person: 'realms/test/people/dan'
               since { year: 2016 month: 3 day: 18 } kind: TERM_KIND_REGULAR } })"),
             Fact(R"(deputy_released {
               person: 'realms/test/people/dan' until { year: 2016 month: 3 day: 18 } })")});
}

// Requirement 124.
TEST(EndTerm, LeavesTheOfficeVacantForACodedCause) {
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010")});
  given
      .When(Parse<v1::EndTermRequest>(
          "cause: VACANCY_CAUSE_DEATH until { year: 2011 month: 6 day: 14 } document: 'd'"))
      .Then({Fact(R"(term_ended {
               term_id: 'ana' person: 'realms/test/people/ana'
               until { year: 2011 month: 6 day: 14 } cause: VACANCY_CAUSE_DEATH document: 'd' })"),
             Fact(R"(office_vacated { vacancy {
               since { year: 2011 month: 6 day: 15 } cause: VACANCY_CAUSE_DEATH
               last_holder: 'realms/test/people/ana' } })")});
  EXPECT_EQ(given.state().vacancies_size(), 1);
}

TEST(EndTerm, LeavesNoVacancyWhenSomebodyFollowsOrAnOfficerInChargeLeaves) {
  EXPECT_EQ(Given<OfficeDecider>(
                {Created(), Held("ana", "2010", "2013-06-30"), Held("ben", "2013-06-30")})
                .When(Parse<v1::EndTermRequest>(R"(
                  term_id: 'ana' cause: VACANCY_CAUSE_END_OF_TERM
                  until { year: 2013 month: 6 day: 30 })"))
                .ThenEvents()
                .size(),
            1u);
  EXPECT_EQ(Given<OfficeDecider>({Created(), Held("oic", "2010", "", "ACTING")})
                .When(Parse<v1::EndTermRequest>("cause: VACANCY_CAUSE_TRANSFER"))
                .ThenEvents()
                .size(),
            1u);
}

TEST(EndTerm, IsRefusedForUnknownEndedAndAmbiguousTerms) {
  Given<OfficeDecider>({Created(), Held("ana", "2010")})
      .When(Parse<v1::EndTermRequest>("term_id: 'ben' cause: VACANCY_CAUSE_OTHER"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
  Given<OfficeDecider>({Created(), Held("ana", "2010"), Held("oic", "2010", "", "ACTING")})
      .When(Parse<v1::EndTermRequest>("cause: VACANCY_CAUSE_OTHER"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
  Given<OfficeDecider>({Created(), Held("ana", "2010"), Ended("ana", "2012")})
      .When(Parse<v1::EndTermRequest>("term_id: 'ana' cause: VACANCY_CAUSE_OTHER"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERM_ENDED");
  Given<OfficeDecider>({Created(), Held("ana", "2010")})
      .When(Parse<v1::EndTermRequest>(
          "term_id: 'ana' cause: VACANCY_CAUSE_OTHER until { year: 2009 }"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(ExtendTerm, MovesTheForeseenEnd) {
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010", "2013")});
  EXPECT_EQ(ToString(given.state().held_until()), "2013");
  given.When(Parse<v1::ExtendTermRequest>("term_id: 'ana' until { year: 2016 } document: 'd'"))
      .Then({Fact("term_extended { term_id: 'ana' until { year: 2016 } document: 'd' }")});
  EXPECT_EQ(ToString(given.state().held_until()), "2016");
}

TEST(ExtendTerm, IsRefusedForUnknownAndEndedTermsForNoChangeAndIntoAnother) {
  const std::vector<v1::OfficeEvent> history = {Created(), Held("ana", "2010", "2013"),
                                                Held("ben", "2014")};
  Given<OfficeDecider>(history)
      .When(Parse<v1::ExtendTermRequest>("term_id: 'x' until { year: 2016 }"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
  Given<OfficeDecider>(history)
      .When(Parse<v1::ExtendTermRequest>("term_id: 'ana' until { year: 2013 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<OfficeDecider>(history)
      .When(Parse<v1::ExtendTermRequest>("term_id: 'ana' until { year: 2016 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERMS_OVERLAP");
  Given<OfficeDecider>({Created(), Held("ana", "2010"), Ended("ana", "2012")})
      .When(Parse<v1::ExtendTermRequest>("term_id: 'ana' until { year: 2016 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERM_ENDED");
}

// Requirement 51: the history keeps both.
TEST(CorrectTerm, ReplacesWhatWasRecordedWrongly) {
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010")});
  given
      .When(Parse<v1::CorrectTermRequest>(
          "term { term_id: 'ana' since { year: 2009 month: 5 } until { year: 2012 } }"))
      .Then({Fact(R"(term_corrected { term {
        term_id: 'ana' person: 'realms/test/people/ana' since { year: 2009 month: 5 }
        until { year: 2012 } kind: TERM_KIND_REGULAR } })")});
  ASSERT_EQ(given.state().terms_size(), 1);
  EXPECT_EQ(ToString(given.state().terms(0).since()), "2009-05");
}

TEST(CorrectTerm, StrikesATermThatNeverWas) {
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010")});
  given.When(Parse<v1::CorrectTermRequest>("term { term_id: 'ana' } strike: true")).ThenEvents();
  EXPECT_EQ(given.state().terms_size(), 0);
}

TEST(CorrectTerm, IsRefusedForUnknownTermsNoChangeAndOverlap) {
  const std::vector<v1::OfficeEvent> history = {Created(), Held("ana", "2010", "2013"),
                                                Held("ben", "2014")};
  Given<OfficeDecider>(history)
      .When(Parse<v1::CorrectTermRequest>("term { term_id: 'x' }"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
  Given<OfficeDecider>(history)
      .When(Parse<v1::CorrectTermRequest>(
          "term { term_id: 'ana' since { year: 2010 } until { year: 2013 } }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<OfficeDecider>(history)
      .When(Parse<v1::CorrectTermRequest>("term { term_id: 'ana' since { year: 2010 } }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERMS_OVERLAP");
}

TEST(RecordVacancy, IsRefusedTwice) {
  Given<OfficeDecider>(
      {Created(), Held("ana", "2010", "2013-06-30"), Ended("ana", "2013-06-30"),
       Fact("office_vacated { vacancy { since { year: 2013 month: 7 day: 1 } } }")})
      .When(Parse<v1::RecordVacancyRequest>("since { year: 2013 month: 7 day: 1 }"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
}

// History is entered in any order.
TEST(BeginTerm, TakesTheVacancyBackThatItFills) {
  auto given = Given<OfficeDecider>(
      {Created(), Held("ana", "2010", "2013-06-30"),
       Fact("office_vacated { vacancy { since { year: 2013 month: 7 day: 1 } } }")});
  given
      .When(Parse<v1::BeginTermRequest>(
          "person: 'realms/test/people/ben' since { year: 2013 month: 6 day: 30 }"))
      .ThenEvents();
  EXPECT_EQ(given.state().vacancies_size(), 0);
}

TEST(RecordVacancy, IsRefusedWhileSomebodyHoldsTheOffice) {
  Given<OfficeDecider>({Created(), Held("ana", "2010", "2013-06-30")})
      .When(Parse<v1::RecordVacancyRequest>(
          "since { year: 2013 month: 7 day: 1 } cause: VACANCY_CAUSE_END_OF_TERM"))
      .Then({Fact(R"(office_vacated { vacancy {
        since { year: 2013 month: 7 day: 1 } cause: VACANCY_CAUSE_END_OF_TERM
        last_holder: 'realms/test/people/ana' } })")});
  Given<OfficeDecider>({Created(), Held("ana", "2010")})
      .When(Parse<v1::RecordVacancyRequest>("since { year: 2013 month: 7 day: 1 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOT_VACANT");
}

}  // namespace
}  // namespace kasundo::directory
