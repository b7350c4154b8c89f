// Nobody monitors what they do themselves (requirement 55).
#include "workflows/assignment/separation.h"

#include "workflows/assignment/assignment_fixture.h"

namespace kasundo::assignments {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)

// What `office` does or watches already.
Given<Assignment> WithClaim(const std::string& office, const std::string& claim) {
  auto given = New();
  given.Beside(PortfolioOf(Office(office)), "kept",
               Parse<v1::PortfolioState>(
                   "office: '" + Office(office) +
                   "' claims { assignment: 'realms/test/assignments/other' since { year: 2015 } " +
                   claim + " }"));
  return given;
}

constexpr char kDoes[] =
    "nature: FUNCTION_NATURE_DELIVERY function: 'realms/test/functions/serve' territory: "
    "'realms/test/territories/batangas' ";
constexpr char kWatches[] =
    "nature: FUNCTION_NATURE_OVERSIGHT function: 'realms/test/functions/watch' territory: "
    "'realms/test/territories/batangas' ";

TEST(Separation, RefusesToMonitorWhatTheOfficeDoes) {
  WithClaim("desk", kDoes)
      .When(Proposal("", "watch"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED", "offices");
  WithClaim("lead", kWatches)
      .When(Proposal("", "serve"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED", "offices");
}

TEST(Separation, LetsAnOfficeDoTwoThingsAndWatchTwo) {
  EXPECT_EQ(WithClaim("desk", kDoes).When(Proposal()).ThenEvents().size(), 1U);
  EXPECT_EQ(WithClaim("desk", kWatches).When(Proposal("", "watch")).ThenEvents().size(), 1U);
}

TEST(Separation, DoesNotConcernWhoIsOnlyConsulted) {
  EXPECT_EQ(WithClaim("clerk", kDoes).When(Proposal("", "watch")).ThenEvents().size(), 1U);
}

TEST(Separation, ConcernsTheSameSubjectAndWhatLiesBeneathIt) {
  const auto about = [](const std::string& subject, const std::string& part) {
    return std::string(kDoes) + "subject: 'realms/test/committees/" + subject + "' part: '" + part +
           "'";
  };
  const auto watch = [](const std::string& subject, const std::string& part) {
    return Proposal("subject: 'realms/test/committees/" + subject + "' part: '" + part + "'",
                    "watch");
  };
  WithClaim("desk", about("cmd", ""))
      .When(watch("cmd", "a"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
  WithClaim("desk", about("cmd", "a"))
      .When(watch("cmd", "a"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
  WithClaim("desk", about("cmd/meetings/one", ""))
      .When(watch("cmd", ""))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
  EXPECT_EQ(WithClaim("desk", about("cmd", "b")).When(watch("cmd", "a")).ThenEvents().size(), 1U);
  EXPECT_EQ(WithClaim("desk", about("cmd2", "")).When(watch("cmd", "")).ThenEvents().size(), 1U);
  EXPECT_EQ(WithClaim("desk", kDoes).When(watch("cmd", "")).ThenEvents().size(), 1U);
}

TEST(Separation, ConcernsTerritoriesWithinEachOther) {
  const std::string lipa =
      "nature: FUNCTION_NATURE_DELIVERY function: 'realms/test/functions/serve' territory: "
      "'realms/test/territories/lipa' ";
  auto inside = WithClaim("desk", lipa);
  inside.Beside("realms/test/territories/lipa", "existing",
                Parse<directory::v1::TerritoryState>(
                    "placements { within: 'realms/test/territories/batangas' }"));
  inside.When(Proposal("", "watch"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
  EXPECT_EQ(WithClaim("desk", lipa).When(Proposal("", "watch")).ThenEvents().size(), 1U);
}

TEST(Separation, ConcernsOnlyFunctionsThatAreWatched) {
  const std::string other =
      "nature: FUNCTION_NATURE_DELIVERY function: 'realms/test/functions/plan' territory: "
      "'realms/test/territories/batangas' ";
  EXPECT_EQ(WithClaim("desk", other).When(Proposal("", "watch")).ThenEvents().size(), 1U);
}

TEST(Separation, ConcernsTheSameTimeOnly) {
  EXPECT_EQ(WithClaim("desk", std::string(kDoes) + "until { year: 2015 }")
                .When(Proposal("", "watch"))
                .ThenEvents()
                .size(),
            1U);
}

// The person who holds the desk also holds the clerk's office, which does what would be watched.
TEST(Separation, ConcernsThePersonInBothOffices) {
  auto given = WithClaim("clerk", kDoes);
  given.Beside(
      Office("clerk"), "open",
      Parse<directory::v1::OfficeState>("names { text: 'x' } terms { term_id: 't' person: "
                                        "'realms/test/people/desk-holder' since { year: 2014 } }"));
  given.Beside("realms/test/people/desk-holder", "present",
               Parse<directory::v1::PersonState>("offices: 'realms/test/offices/desk' offices: "
                                                 "'realms/test/offices/clerk'"));
  given.When(Proposal("", "watch"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
}

TEST(Separation, IsAskedWhenAProposalIsRevisedAndAtAHandover) {
  auto given = Proposed();
  const auto portfolio = Parse<v1::PortfolioState>(
      "claims { assignment: 'realms/test/assignments/other' since { year: 2015 } " +
      std::string(kWatches) + " }");
  given.Beside(PortfolioOf(Office("clerk")), "kept", portfolio);
  const std::string clerk =
      "offices { accountable: 'realms/test/offices/clerk' responsible: 'realms/test/offices/desk' "
      "}";
  given.Because("x")
      .When(Ask<v1::ReviseProposalRequest>(clerk))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
  auto active = Active();
  active.Beside(PortfolioOf(Office("clerk")), "kept", portfolio);
  active.On("2016-06-01")
      .Because("x")
      .When(Ask<v1::OfferHandoverRequest>(clerk))
      .ThenRejected(StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
}

}  // namespace
}  // namespace kasundo::assignments
