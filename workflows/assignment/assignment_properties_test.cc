// Whatever is sent in whatever order: somebody is answerable on every day, exactly one office
// accountable, and nobody monitors what they do.
#include <map>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/portfolios_events.pb.h"
#include "rapidcheck.h"
#include "rapidcheck/gtest.h"
#include "workflows/assignment/assignment_engine_fixture.h"
#include "workflows/assignment/tenures.h"

namespace kasundo::assignments {
namespace {

using fixture::AssignmentWorld;

const std::vector<std::string>& OfficeIds() {
  static const std::vector<std::string> ids = {"lead", "desk", "clerk", "audit"};
  return ids;
}

std::string Offices(int accountable, int responsible) {
  return "offices { accountable: 'realms/test/offices/" + OfficeIds()[accountable] +
         "' responsible: 'realms/test/offices/" + OfficeIds()[responsible] + "' } ";
}

// One step of somebody; most are refused.
void Move(AssignmentWorld& world, int what, const std::string& id, int a, int b) {
  const std::string it = AssignmentWorld::Named(id);
  const std::string why = "header { reason: 'x' } ";
  switch (what) {
    case 0:
    case 1:
      (void)world.Propose(id, what == 0 ? "serve" : "watch", OfficeIds()[a], OfficeIds()[b]);
      break;
    case 2:
      (void)world.Try<v1::AcceptAssignmentRequest>(it + "document: 'd'");
      break;
    case 3:
      (void)world.Try<v1::AcceptAssignmentRequest>(
          it, testing::Acting("realms/test/offices/" + OfficeIds()[a]));
      break;
    case 4:
      (void)world.Try<v1::ReviseProposalRequest>(it + Offices(a, b) + why);
      break;
    case 5:
      (void)world.Try<v1::OfferHandoverRequest>(it + Offices(a, b) + why);
      break;
    case 6:
      (void)world.Try<v1::ConfirmHandoverRequest>(it + "document: 'd'");
      break;
    case 7:
      (void)world.Try<v1::DropHandoverRequest>(it + why);
      break;
    case 8:
      (void)world.Try<v1::DeclineAssignmentRequest>(it + why);
      break;
    default:
      (void)world.Try<v1::EndAssignmentRequest>(it + why);
      break;
  }
}

void CheckTenures(const v1::AssignmentState& state) {
  for (int i = 0; i < state.tenures_size(); ++i) {
    const v1::Tenure& tenure = state.tenures(i);
    RC_ASSERT(!tenure.offices().accountable().empty());
    RC_ASSERT(tenure.offices().responsible_size() >= 1);
    RC_ASSERT(tenure.number() == i + 1);
    if (i + 1 == state.tenures_size()) continue;
    // The next begins on the day after.
    RC_ASSERT(Last(tenure.until()) + 1 == First(state.tenures(i + 1).since()));
  }
}

void CheckPortfolio(const v1::PortfolioState& portfolio) {
  for (const v1::Claim& a : portfolio.claims()) {
    for (const v1::Claim& b : portfolio.claims()) {
      const bool watches_itself = a.nature() == v1::FUNCTION_NATURE_OVERSIGHT &&
                                  b.nature() != v1::FUNCTION_NATURE_OVERSIGHT &&
                                  Overlap(a.since(), a.until(), b.since(), b.until());
      RC_ASSERT(!watches_itself);
    }
  }
}

RC_GTEST_PROP(Assignments, AlwaysHaveOneAccountableAndNobodyMonitorsItself, ()) {
  AssignmentWorld world;
  const int steps = *rc::gen::inRange(10, 60);
  for (int i = 0; i < steps; ++i) {
    const int what = *rc::gen::inRange(0, 10);
    const std::string id = "it" + std::to_string(*rc::gen::inRange(0, 4));
    Move(world, what, id, *rc::gen::inRange(0, 4), *rc::gen::inRange(0, 4));
    if (*rc::gen::inRange(0, 3) == 0) world.engine().clock().Advance(absl::Hours(24));
  }
  for (int i = 0; i < 4; ++i) {
    CheckTenures(world.Read<v1::AssignmentState>("assignments/it" + std::to_string(i)));
  }
  for (const std::string& id : OfficeIds()) {
    CheckPortfolio(world.Read<v1::PortfolioState>("portfolios/" + id));
  }
  RC_ASSERT(world.engine()->Verify("realms/test", nullptr).ok());
}

}  // namespace
}  // namespace kasundo::assignments
