// Given/when/then for deciders: pure, without journal, lifecycle or server.
//
//   Given<Meeting>({MeetingCalled(...), MeetingOpened(...)})
//       .On("2016-03-18").As(Secretary())
//       .Beside("realms/r/committees/cmd", "established", committee_state)
//       .When(CloseMotion("m1"))
//       .ThenRejected(absl::StatusCode::kFailedPrecondition, "QUORUM_NOT_MET");
//
// Then(...) compares the events as text; ThenEvents() hands them out for closer looks. HasRole()
// and CheckGuard() ask the predicates that definitions name.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/decider.h"
#include "workflows/engine/refusal.h"

namespace kasundo::testing {

inline std::string Text(const google::protobuf::Message& message) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(message, &text);
  return text;
}

template <typename M>
M Parse(const std::string& text) {
  M message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// The seat of the instance that is decided on, if a test names no other.
inline constexpr char kRealm[] = "realms/test";

template <typename D>
class Given {
 public:
  using State = typename D::State;
  using Event = typename D::Event;

  explicit Given(const std::vector<Event>& history = {}) : state_(D::Initial()) {
    for (const Event& event : history) state_ = D::Evolve(std::move(state_), event);
    context_.instance = std::string(kRealm) + "/" + D::Traits().collection + "/it";
    context_.actor.set_account("realms/test/accounts/tester");
    On("2016-03-18");
  }
  explicit Given(State state) : Given() { state_ = std::move(state); }

  Given& On(const std::string& date) {
    context_.today = *ParseCivilDate(date);
    context_.now = absl::FromCivil(First(context_.today), context_.time_zone) + absl::Hours(9);
    return *this;
  }
  Given& As(const workflows::v1::Actor& actor) {
    context_.actor = actor;
    return *this;
  }
  Given& Named(const std::string& instance) {
    context_.instance = instance;
    return *this;
  }
  Given& In(const std::string& lifecycle_state) {
    context_.lifecycle_state = lifecycle_state;
    return *this;
  }
  Given& Because(const std::string& reason) {
    context_.reason = reason;
    return *this;
  }
  Given& WithParameter(const std::string& key, const std::string& value) {
    parameters_[key] = value;
    return *this;
  }
  // Another instance of the same journal.
  Given& Beside(const std::string& name, const std::string& lifecycle_state,
                const google::protobuf::Message& state) {
    std::shared_ptr<google::protobuf::Message> copy(state.New());
    copy->CopyFrom(state);
    beside_[name] = {RelatedInstance{name, "", lifecycle_state, 1, 0, copy.get()}, copy};
    return *this;
  }

  template <typename Request>
  Given& When(const Request& request) {
    LookAround();
    result_ = absl::NotFoundError("the decider has no case for this command");
    for (const auto& candidate : D::Commands()) {
      if (candidate.request != Request::descriptor()) continue;
      result_ = candidate.decide(request, state_, context_);
      if (result_.ok()) {
        for (const Event& event : *result_) {
          EXPECT_THAT(candidate.events, ::testing::Contains(NameOf(event)))
              << "the command's case does not declare this event";
          state_ = D::Evolve(std::move(state_), event);
        }
      }
    }
    return *this;
  }

  void Then(const std::vector<Event>& expected) {
    ASSERT_TRUE(result_.ok()) << result_.status();
    ASSERT_EQ(result_->size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(Text((*result_)[i]), Text(expected[i]));
  }
  const std::vector<Event>& ThenEvents() {
    EXPECT_TRUE(result_.ok()) << result_.status();
    static const std::vector<Event> none;
    return result_.ok() ? *result_ : none;
  }
  // `field`, if given: the path of the field that the refusal must name; "" if it must name none.
  void ThenRejected(absl::StatusCode code, const std::string& reason,
                    const std::optional<std::string>& field = std::nullopt) {
    ASSERT_FALSE(result_.ok()) << "it was accepted";
    EXPECT_EQ(result_.status().code(), code) << result_.status();
    EXPECT_EQ(ReasonOf(result_.status()), reason) << result_.status();
    if (!field.has_value()) return;
    const std::optional<api::v1::Refusal> refusal = RefusalOf(result_.status());
    EXPECT_EQ(refusal.has_value() ? refusal->field() : "(no refusal)", *field) << result_.status();
  }
  // Whether the actor has the role in the instance as it stands.
  bool HasRole(const std::string& role) {
    LookAround();
    const auto& roles = D::Roles();
    const auto found = std::find_if(roles.begin(), roles.end(),
                                    [&](const auto& known) { return known.name == role; });
    EXPECT_NE(found, roles.end()) << "the kind has no role " << role;
    return found != roles.end() && found->holds(state_, context_);
  }
  // What a guard says of the instance as it stands.
  absl::Status CheckGuard(const std::string& guard,
                          const std::map<std::string, std::string>& with = {}) {
    LookAround();
    const auto& guards = D::Guards();
    const auto found = std::find_if(guards.begin(), guards.end(),
                                    [&](const auto& known) { return known.name == guard; });
    if (found == guards.end()) return absl::NotFoundError("the kind has no guard " + guard);
    return found->check(state_, context_, with);
  }
  // The state after what was accepted.
  const State& state() const { return state_; }
  const Context& context() const { return context_; }

 private:
  struct Neighbour {
    RelatedInstance instance;
    std::shared_ptr<google::protobuf::Message> state;
  };

  // Lets the context see the neighbours; anew each time, since the object may have been copied.
  void LookAround() {
    context_.parameters = &parameters_;
    context_.lookup = [this](std::string_view name) -> const RelatedInstance* {
      const auto found = beside_.find(std::string(name));
      return found == beside_.end() ? nullptr : &found->second.instance;
    };
  }

  static std::string NameOf(const Event& event) {
    const auto* oneof = Event::descriptor()->oneof_decl(0);
    const auto* field = event.GetReflection()->GetOneofFieldDescriptor(event, oneof);
    return field == nullptr ? "" : field->message_type()->name();
  }

  State state_;
  Context context_;
  std::map<std::string, std::string> parameters_;
  std::map<std::string, Neighbour> beside_;
  absl::StatusOr<std::vector<Event>> result_ = absl::UnknownError("When() was not called");
};

}  // namespace kasundo::testing
