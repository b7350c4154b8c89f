// A realm on a day, as far as continuity asks for it: all offices, and instances of any kind. Reads
// the engine; a day that is over is read without hindsight (workflows/continuity/offices.h).
//
//   ASSIGN_OR_RETURN(const RealmView view, RealmView::Read(engine, "realms/x", on));
//   ASSIGN_OR_RETURN(const auto item, view.Assess("realms/x/agreements/rome", {}));
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "workflows/continuity/continuity.h"
#include "workflows/continuity/offices.h"
#include "workflows/continuity/overview.h"
#include "workflows/engine/engine.h"

namespace kasundo::continuity {

// Which definitions a question is about.
using OfInterest = std::function<bool(const workflows::v1::WorkflowDefinition&)>;

class RealmView {
 public:
  // UNAVAILABLE, reason PEER_UNAVAILABLE if the directory runs in another process.
  static absl::StatusOr<RealmView> Read(const Engine& engine, std::string_view realm,
                                        const CivilDate& on);

  const OfficeRegister& offices() const { return offices_; }

  // One instance; `target` if it is set counts before the instance's own. NOT_FOUND, reason
  // INSTANCE_NOT_FOUND or NOT_YET_EXISTING.
  absl::StatusOr<v1::InstanceContinuity> Assess(const std::string& name,
                                                const CivilDate& target) const;
  // Everything that is under way (or lasts, ContinuityRules.standing) beneath `parent`, the realm
  // or an instance; `target` counts where an instance has none. Only what is governed by a
  // definition that is of interest is read at all.
  absl::StatusOr<Items> Open(std::string_view parent, const CivilDate& target,
                             const OfInterest& of_interest = HasCarriers) const;

  // As of when instances are read for the day; nothing for today and later.
  const std::optional<api::v1::AsOf>& as_of() const { return as_of_; }

  // Calls `visit` with every instance of a kind of which some definition of the realm is
  // `of_interest`, as of then. Stops at the first error.
  absl::Status ForInstances(
      const OfInterest& of_interest, const std::optional<api::v1::AsOf>& as_of,
      const std::function<absl::Status(const Instance&, const Lifecycle&)>& visit) const;

  // What was done to an instance until the day, newest first.
  absl::StatusOr<std::vector<v1::RecentAct>> RecentActs(const std::string& name,
                                                        size_t limit) const;

 private:
  RealmView(const Engine& engine, std::string realm, const CivilDate& on, bool past,
            absl::TimeZone zone);
  absl::Status ReadOffices();
  absl::StatusOr<std::vector<OfficeFact>> HistoryOf(const std::string& office) const;
  // Kinds of which some definition of the realm is of interest.
  absl::StatusOr<std::vector<const Kind*>> KindsWith(const OfInterest& of_interest) const;
  absl::StatusOr<Subject> SubjectOf(const Instance& instance, const Lifecycle& lifecycle) const;
  absl::StatusOr<v1::InstanceContinuity> AssessInstance(const Instance& instance,
                                                        const Lifecycle& lifecycle,
                                                        const CivilDate& target,
                                                        bool target_first) const;
  const Lifecycle* LifecycleOf(const Instance& instance) const;
  // The last meeting that any of the bodies held until the day.
  absl::StatusOr<std::optional<BodyMeeting>> LastMeetingOf(
      const std::set<std::string>& bodies) const;
  absl::StatusOr<std::optional<BodyMeeting>> ReadLastMeeting(const std::string& body) const;

  const Engine* engine_;
  std::string realm_;
  std::optional<api::v1::AsOf> as_of_;  // set for a day that is over
  absl::TimeZone zone_;
  OfficeRegister offices_;
  // Read once for all instances that a body owns.
  mutable std::map<std::string, std::optional<BodyMeeting>> last_meetings_;
};

}  // namespace kasundo::continuity
