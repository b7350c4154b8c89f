// Progress is computed only from obligations; the text in force on any day.
#include "services/agreements/agreement_queries.h"

#include "gtest/gtest.h"
#include "tests/support/given.h"
#include "workflows/engine/refusal.h"

namespace kasundo::agreements {
namespace {

using testing::Parse;

v1::AgreementState Accord() {
  return Parse<v1::AgreementState>(R"pb(
    parties { id: "rome" }
    parties {
      id: "naga"
      joined_on { year: 2012 month: 3 day: 1 }
    }
    parties {
      id: "lipa"
      left_on { year: 2012 month: 6 day: 30 }
    }
    text_versions {
      number: 1
      date { year: 2011 month: 10 day: 10 }
    }
    text_versions {
      number: 2
      date { year: 2012 month: 3 day: 1 }
    })pb");
}

TEST(TextOn, IsTheLastThatHadBeenAgreedWithThePartiesOfThatDay) {
  const auto first = TextOn(Accord(), MakeDate(2012, 2, 29));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->text().number(), 1);
  EXPECT_EQ(first->parties_size(), 2);  // Rome and Lipa
  const auto second = TextOn(Accord(), MakeDate(2012, 7, 1));
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->text().number(), 2);
  ASSERT_EQ(second->parties_size(), 2);
  EXPECT_EQ(second->parties(1).id(), "naga");
}

TEST(TextOn, IsRefusedForADayBeforeTheFirst) {
  const auto none = TextOn(Accord(), MakeDate(2011, 10, 9));
  EXPECT_EQ(none.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(none.status()), "TEXT_EMPTY");
}

// Rule 38: shown for each territory, in the currency in which it was given.
TEST(BalanceOf, AddsUpWhatEachTerritoryGaveAndReceived) {
  const auto balance = BalanceOf(Parse<v1::AgreementState>(R"pb(
    contributions {
      territory: "rome"
      flow: CONTRIBUTION_FLOW_GIVEN
      form: CONTRIBUTION_FORM_MONEY
      quantity: "10.6"
      unit: "EUR"
    }
    contributions {
      territory: "rome"
      flow: CONTRIBUTION_FLOW_GIVEN
      form: CONTRIBUTION_FORM_MONEY
      quantity: "5.5"
      unit: "EUR"
    }
    contributions {
      territory: "rome"
      flow: CONTRIBUTION_FLOW_GIVEN
      form: CONTRIBUTION_FORM_MONEY
      quantity: "7"
      unit: "USD"
    }
    contributions {
      territory: "batangas"
      flow: CONTRIBUTION_FLOW_RECEIVED
      form: CONTRIBUTION_FORM_KNOWLEDGE
    })pb"));
  ASSERT_EQ(balance.territories_size(), 2);
  const v1::TerritoryBalance& batangas = balance.territories(0);
  EXPECT_TRUE(batangas.given().empty());
  ASSERT_EQ(batangas.received_size(), 1);
  EXPECT_EQ(batangas.received(0).entries(), 1);
  EXPECT_EQ(batangas.received(0).quantity(), "");
  const v1::TerritoryBalance& rome = balance.territories(1);
  ASSERT_EQ(rome.given_size(), 2);
  EXPECT_EQ(rome.given(0).unit(), "EUR");
  EXPECT_EQ(rome.given(0).entries(), 2);
  EXPECT_EQ(rome.given(0).quantity(), "16.1");
  EXPECT_EQ(rome.given(1).quantity(), "7");
}

// A sum may be longer than any of its numbers, and is added to all the same.
TEST(BalanceOf, GoesOnBeyondTheDigitsOfOneContribution) {
  v1::AgreementState state;
  for (const char* quantity : {"999999999999999999", "5", "7"}) {
    v1::Contribution& contribution = *state.add_contributions();
    contribution.set_territory("rome");
    contribution.set_flow(v1::CONTRIBUTION_FLOW_GIVEN);
    contribution.set_form(v1::CONTRIBUTION_FORM_MONEY);
    contribution.set_quantity(quantity);
    contribution.set_unit("EUR");
  }
  const auto balance = BalanceOf(state);
  EXPECT_EQ(balance.territories(0).given(0).quantity(), "1000000000000000011");
}

TEST(ProgressOf, CountsObligationsByPartyAndLeavesWithdrawnOnesOut) {
  const auto done = Parse<v1::ObligationState>(
      "party: 'rome' due_date { year: 2012 } done_on { year: 2012 month: 1 }");
  const auto late = Parse<v1::ObligationState>("party: 'rome' due_date { year: 2012 }");
  const auto open = Parse<v1::ObligationState>("party: 'naga' due_date { year: 2014 }");
  const auto gone =
      Parse<v1::ObligationState>("party: 'lipa' due_date { year: 2012 } withdrawn: true");
  const auto rests =
      Parse<v1::ObligationState>("party: 'naga' due_date { year: 2012 } suspended: true");
  const auto progress =
      ProgressOf(Accord(), {&done, &late, &open, &gone, &rests}, MakeDate(2013, 1, 1));
  EXPECT_EQ(progress.counts().total(), 4);
  EXPECT_EQ(progress.counts().fulfilled(), 1);
  EXPECT_EQ(progress.counts().late(), 1);
  EXPECT_EQ(progress.counts().open(), 1);
  EXPECT_EQ(progress.counts().suspended(), 1);
  EXPECT_EQ(progress.counts().withdrawn(), 1);
  EXPECT_EQ(progress.counts().percent(), 25);
  ASSERT_EQ(progress.parties_size(), 3);
  EXPECT_EQ(progress.parties(0).counts().percent(), 50);
}

}  // namespace
}  // namespace kasundo::agreements
