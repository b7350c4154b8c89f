// Plans for tests, in few words: a work plan of a committee with one goal, two activities with
// offices, dates and costs, a waiver, and a policy with the bands of CAR's alert mechanism.
#pragma once

#include <string>

#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/plans/v1/plans_requests.pb.h"
#include "kasundo/plans/v1/slippage_policies_events.pb.h"
#include "tests/support/given.h"
#include "workflows/plan/plan_decider.h"

namespace kasundo::plans::fixture {

using kasundo::testing::Given;
using kasundo::testing::Parse;

inline constexpr char kIt[] = "realms/test/plans/it";
inline constexpr char kBody[] = "realms/test/committees/cmd";
inline constexpr char kResolution[] = "realms/test/committees/cmd/resolutions/work-plan";
inline constexpr char kPolicy[] = "realms/test/slippagePolicies/alert";
inline constexpr char kSecretary[] = "realms/test/offices/secretary";
inline constexpr char kDole[] = "realms/test/offices/dole";
inline constexpr char kPoea[] = "realms/test/offices/poea";

inline workflows::v1::Actor Administrator() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/administrator");
  actor.set_administrator(true);
  return actor;
}

inline workflows::v1::Actor In(const std::string& office) {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/somebody");
  actor.set_office(office);
  return actor;
}

// A request to the plan, its `name` filled.
template <typename Request>
Request Ask(const std::string& text = "") {
  return Parse<Request>("name: '" + std::string(kIt) + "' " + text);
}

// A tree of a goal with an indicator, and beneath it "desks" (750,000, all of 2016) and "data"
// (250,000, its second half).
inline v1::PlanState Draft() {
  return Parse<v1::PlanState>(R"pb(
    title: "Work plan of 2016"
    body: "realms/test/committees/cmd"
    owner_office: "realms/test/offices/secretary"
    currency: "PHP"
    starts_on { year: 2016 }
    ends_on { year: 2016 }
    slippage_policy: "realms/test/slippagePolicies/alert"
    waiver { office: "realms/test/offices/secretary" document: "Letter 1" reason: "none yet" }
    tree {
      items {
        id: "protected"
        level: ITEM_LEVEL_GOAL
        title: "Migrants are protected"
        indicators {
          id: "desks"
          title: "Desks with an officer"
          unit: "desks"
          baseline: "22"
          baseline_on { year: 2015 }
          target: "34"
          target_on { year: 2016 }
        }
      }
      items {
        id: "desks"
        level: ITEM_LEVEL_ACTIVITY
        parent: "protected"
        title: "Found the missing desks"
        owner_office: "realms/test/offices/dole"
        starts_on { year: 2016 }
        ends_on { year: 2016 }
        cost { amount: "750000" currency: "PHP" }
        schedule {
          on { year: 2016 month: 6 }
          percent: "40"
        }
        schedule {
          on { year: 2016 month: 12 }
          percent: "100"
        }
        indicators { id: "founded" title: "Desks founded" unit: "desks" baseline: "0" target: "12" }
      }
      items {
        id: "data"
        level: ITEM_LEVEL_ACTIVITY
        parent: "protected"
        title: "Profiles of migrants"
        owner_office: "realms/test/offices/poea"
        starts_on { year: 2016 month: 7 }
        ends_on { year: 2016 month: 12 }
        depends_on: "desks"
        cost { amount: "250000" currency: "PHP" }
      }
    })pb");
}

// The same, approved on 18 March 2016.
inline v1::PlanState Approved() {
  v1::PlanState state = Draft();
  v1::PlanVersion& version = *state.add_versions();
  version.set_version(1);
  version.mutable_approval()->set_resolution(kResolution);
  *version.mutable_approved_on() = MakeDate(2016, 3, 18);
  return state;
}

// Early Warning at -5, ICU at -10, Terminal at -15 (standards.md 2.5).
inline v1::SlippagePolicyState Policy() {
  return Parse<v1::SlippagePolicyState>(R"pb(
    title: "Alert mechanism"
    body: "realms/test/committees/cmd"
    versions {
      version: 1
      effective_on { year: 2010 }
      bands {
        id: "terminal"
        title: "Terminal"
        definition: "15 points or more behind"
        at_most: "-15"
        starts: BAND_ACTION_TERMINATION_RECOMMENDED
      }
      bands {
        id: "icu"
        title: "ICU"
        definition: "10 points or more behind"
        at_most: "-10"
        starts: BAND_ACTION_PROBLEM_SOLVING_SESSION
      }
      bands {
        id: "early-warning"
        title: "Early Warning"
        definition: "5 points or more behind"
        at_most: "-5"
        starts: BAND_ACTION_LETTER
        starts: BAND_ACTION_EXCEPTION_REPORT
      }
    })pb");
}

inline committees::v1::ResolutionState Resolution(bool adopted) {
  committees::v1::ResolutionState state;
  if (adopted) *state.mutable_adopted_on() = MakeDate(2016, 3, 18);
  return state;
}

// The plan in some state, with its body, the resolution and the policy beside it.
inline Given<Plan> With(const v1::PlanState& state) {
  Given<Plan> given(state);
  committees::v1::CommitteeState body;
  body.set_parent_body("realms/test/committees/rdc");
  given.Named(kIt)
      .On("2016-03-18")
      .As(Administrator())
      .Beside(kBody, "established", body)
      .Beside(kResolution, "adopted", Resolution(true))
      .Beside(kPolicy, "in-force", Policy());
  return given;
}

}  // namespace kasundo::plans::fixture
