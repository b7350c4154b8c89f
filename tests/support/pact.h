// A little kind and a little directory for the tests of continuity: a pact that several offices
// sign one after another. Its definition is written in the tests, as a realm would write it.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "tests/support/given.h"
#include "tests/support/toy_kind.h"
#include "workflows/continuity/continuity.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::continuity {

// The state and the events of the toy kind under other roles: `party` (offices among the
// witnesses), `friend` (people among them, in whatever office or none), `side` (every office of the
// promiser's organisation), `heir` (whoever holds the role of party in the pact that the text
// names).
struct Pact {
  using State = testing::v1::PromiseState;
  using Event = testing::v1::PromiseEvent;
  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event) {
    return testing::PromiseDecider::Evolve(std::move(state), event);
  }
  static const KindTraits& Traits() {
    static const KindTraits traits{"pact", "pacts", ""};
    return traits;
  }
  static const std::vector<CommandCase<Pact>>& Commands() {
    static const std::vector<CommandCase<Pact>> none;
    return none;
  }
  static bool IsNamed(const State& state, const std::string& name) {
    return !name.empty() && std::find(state.witnesses().begin(), state.witnesses().end(), name) !=
                                state.witnesses().end();
  }
  static const std::vector<RoleCase<Pact>>& Roles() {
    static const std::vector<RoleCase<Pact>> roles = {
        {"party", "a party",
         [](const State& state, const Context& context) {
           return IsNamed(state, context.actor.office());
         }},
        {"friend", "a friend",
         [](const State& state, const Context& context) {
           return IsNamed(state, context.actor.person());
         }},
        {"side", "the promiser's side",
         [](const State& state, const Context& context) {
           return !context.actor.organisation().empty() &&
                  context.actor.organisation() == state.promiser();
         }},
        {"heir", "a friend of the pact before",
         [](const State& state, const Context& context) {
           const auto* before = context.Related<State>(state.text());
           return before != nullptr && IsNamed(*before, context.actor.person());
         }},
    };
    return roles;
  }
  static const std::vector<GuardCase<Pact>>& Guards() {
    static const std::vector<GuardCase<Pact>> none;
    return none;
  }
};

inline constexpr std::string_view kPact = R"(
definition: pact
kind: pact
initial: idea
states:
  - {id: idea, title: Idea}
  - {id: drafting, title: Drafting}
  - {id: partly-signed, title: Partly signed}
  - {id: in-force, title: In force, goal: true}
  - {id: ended, final: true}
  - {id: failed, final: true}
steps:
  - {id: council, title: Council ratifies}
transitions:
  - {on: [PromiseMade], from: [idea], to: drafting, by: [friend, administrator]}
  - {on: [PromiseKept], from: [drafting], to: partly-signed, by: [party], each: true}
  - {on: [PromiseKept], from: [partly-signed], by: [party], each: true}
  - {on: [PromiseKept], from: [partly-signed], to: in-force, by: [party], each: true}
  - {on: [PromiseReworded], from: [in-force], by: [side]}
  - {on: [PromiseWithdrawn], from: [idea, drafting, partly-signed], to: failed, by: [party]}
  - {on: [deadline/end], from: [in-force], to: ended, by: [system]}
)";

inline workflows::v1::WorkflowDefinition DefinitionOf(std::string_view text) {
  workflows::v1::WorkflowDefinition definition;
  EXPECT_TRUE(ReadYaml(text, definition).ok());
  return definition;
}

// "governor" -> its full name.
inline std::string Office(std::string_view id) { return "realms/test/offices/" + std::string(id); }
inline std::string Person(std::string_view id) { return "realms/test/people/" + std::string(id); }
inline std::string Organisation(std::string_view id) {
  return "realms/test/organisations/" + std::string(id);
}

// An office of an organisation, with further fields as a text proto.
inline directory::v1::OfficeState OfficeOf(std::string_view organisation,
                                           const std::string& more = "") {
  auto state = testing::Parse<directory::v1::OfficeState>(more);
  if (state.names().empty()) state.add_names()->set_text("the office");
  state.add_homes()->set_organisation(Organisation(organisation));
  if (state.profiles().empty()) {
    state.add_profiles()->set_post(directory::v1::POST_KIND_CAREER);
  }
  return state;
}

// One term as a text proto; `since` and `until` are years, 0 for unknown.
inline std::string Held(std::string_view person, int since = 2000, int until = 0) {
  std::string text =
      "terms { person: '" + Person(person) + "' since { year: " + std::to_string(since) + " }";
  if (until != 0) text += " until { year: " + std::to_string(until) + " }";
  return text + " } ";
}

inline std::string Deputy(std::string_view person, int rank = 1) {
  return "deputies { person: '" + Person(person) + "' rank: " + std::to_string(rank) + " } ";
}

// The pact on a day, and whoever may act on it.
class PactTest : public ::testing::Test {
 protected:
  PactTest() { Day(2011, 5, 1); }

  void Day(int year, int month, int day) {
    offices_ = std::make_unique<OfficeRegister>(MakeDate(year, month, day));
  }
  void Add(std::string_view id, const directory::v1::OfficeState& state) {
    offices_->Add(Office(id), state);
  }
  void Name(const std::string& somebody) { state_.add_witnesses(somebody); }
  void Acted(std::string_view person, std::string_view organisation, int year, int month, int day,
             const std::string& office = "") {
    acts_.push_back({"PromiseReworded", absl::CivilDay(year, month, day), Person(person), office,
                     Organisation(organisation)});
  }

  v1::InstanceContinuity Assess(const std::string& lifecycle_state) {
    Subject subject;
    subject.name = "realms/test/pacts/rome";
    subject.kind = kind_.get();
    subject.definition = &definition_;
    subject.definition_version = 3;
    subject.lifecycle_state = lifecycle_state;
    subject.state = &state_;
    subject.target = target_;
    std::stable_sort(acts_.begin(), acts_.end(),
                     [](const Act& a, const Act& b) { return a.on < b.on; });
    subject.acts = acts_;
    subject.last_meeting = last_meeting_;
    subject.last_recorded = last_recorded_;
    subject.context.today = offices_->day();
    subject.context.lookup = lookup_;
    return continuity::Assess(subject, *offices_);
  }

  // "KIND office person" of each finding.
  static std::vector<std::string> Found(const v1::InstanceContinuity& item) {
    std::vector<std::string> found;
    for (const v1::Finding& finding : item.findings()) {
      std::string text = v1::FindingKind_Name(finding.kind()).substr(sizeof("FINDING_KIND"));
      for (const std::string& name : {finding.office(), finding.person()}) {
        if (!name.empty()) text += " " + std::string(IdOf(name));
      }
      found.push_back(text);
    }
    return found;
  }

  std::unique_ptr<Kind> kind_ = MakeKind<Pact>();
  workflows::v1::WorkflowDefinition definition_ = DefinitionOf(kPact);
  testing::v1::PromiseState state_;
  std::unique_ptr<OfficeRegister> offices_;
  std::vector<Act> acts_;
  CivilDate target_;
  std::optional<BodyMeeting> last_meeting_;
  std::optional<absl::CivilDay> last_recorded_;
  Context::Lookup lookup_;
};

}  // namespace kasundo::continuity
