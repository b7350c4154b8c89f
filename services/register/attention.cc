#include "services/register/attention.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "fmt/format.h"
#include "services/register/realm_view.h"
#include "workflows/continuity/continuity.h"
#include "workflows/directory/office_decider.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace cv1 = continuity::v1;

constexpr size_t kReadAtOnce = 1'000;

// Definitions that have it recorded. Of 25,000 open checklists no history is read for nothing.
bool IsWatched(const workflows::v1::WorkflowDefinition& definition) {
  return continuity::HasCarriers(definition) && !definition.continuity().silent();
}

// Whether a finding is news, and not a standing weakness that is looked up: with one carrier
// everywhere, histories would hold little else. An office that has been empty for years is none
// either, and so is what a history that is entered late brings along: a vacancy or a silence is
// news for as long as a handover takes.
bool IsNews(const cv1::Finding& finding, const continuity::Rules& rules, const CivilDate& today) {
  switch (finding.kind()) {
    case cv1::FINDING_KIND_TERM_ENDS_BEFORE_TARGET:
    case cv1::FINDING_KIND_TERM_ENDS_SOON:
    case cv1::FINDING_KIND_ELECTED_TERM_ENDS:
    case cv1::FINDING_KIND_NEW_HOLDER_TO_CONFIRM:
    case cv1::FINDING_KIND_BOTH_SIDES_CHANGED:
    case cv1::FINDING_KIND_LAST_SAFE_DAY:
    case cv1::FINDING_KIND_ENDS_WITH_PROJECT:
      return true;
    case cv1::FINDING_KIND_OFFICE_VACANT:
    case cv1::FINDING_KIND_NEW_HOLDER_SILENT:
      return finding.has_date() && Add(Last(finding.date()), rules.handover_ahead) >= Last(today);
    default:  // what is looked up, or found by a deadline of the definition
      return false;
  }
}

std::string CauseOf(const cv1::Finding& finding) {
  return cv1::FindingKind_Name(finding.kind()).substr(sizeof("FINDING_KIND"));
}

// The identity of a finding. Words and day counts change from day to day and are no part of it.
std::string RequestIdOf(const cv1::InstanceContinuity& item, const cv1::Finding& finding) {
  return fmt::format("{}continuity/{}/{}/{}/{}/{}/{}/{}", kSystemRequests, item.name(),
                     CauseOf(finding), finding.office(), finding.person(), finding.organisation(),
                     ToString(finding.date()), finding.ahead());
}

// Everybody whose office a remaining step needs, on all sides.
std::set<std::string> OfficesToTell(const cv1::InstanceContinuity& item) {
  std::set<std::string> offices;
  for (const cv1::RemainingStep& step : item.steps()) {
    for (const cv1::OfficeCover& office : step.offices()) {
      if (continuity::IsNeeded(step, office.office())) offices.insert(office.office());
    }
  }
  return offices;
}

Command MakeCommand(const cv1::InstanceContinuity& item, const cv1::Finding& finding,
                    const continuity::Rules& rules, const std::string& request_id) {
  auto attention = std::make_shared<workflows::v1::AttentionCalled>();
  attention->set_cause(CauseOf(finding));
  attention->set_office(finding.office());
  attention->set_person(finding.person());
  attention->set_organisation(finding.organisation());
  if (finding.has_date()) *attention->mutable_date() = finding.date();
  attention->set_message(finding.message());
  attention->set_mend(finding.mend());
  for (const std::string& office : OfficesToTell(item)) attention->add_tell_offices(office);
  // Rule 127: the owning bodies meet; workflows/continuity/attention_agenda.h calls them.
  if (finding.kind() == cv1::FINDING_KIND_BOTH_SIDES_CHANGED) {
    *attention->mutable_meet_on() =
        FromDay(Add(Last(item.on()), rules.extraordinary_meeting_within));
  }
  Command command;
  command.instance = item.name();
  command.header.set_request_id(request_id);
  command.content_hash = request_id;  // the same finding, also in other words
  command.actor.set_account("system");
  command.actor.set_system(true);
  command.request = std::move(attention);
  return command;
}

}  // namespace

absl::StatusOr<size_t> Attention::Look() {
  size_t recorded = 0;
  for (const std::string& realm : engine_.Realms()) {
    ASSIGN_OR_RETURN(const absl::TimeZone zone, engine_.TimeZoneOf(realm));
    const absl::CivilDay today = absl::ToCivilDay(engine_.clock().Now(), zone);
    ASSIGN_OR_RETURN(const bool needed, NeedsALook(realm, today, seen_[realm]));
    if (!needed) continue;
    ASSIGN_OR_RETURN(const size_t found, LookAt(realm));
    recorded += found;
    seen_[realm].day = today;
  }
  return recorded;
}

absl::StatusOr<bool> Attention::NeedsALook(const std::string& realm, absl::CivilDay today,
                                           Seen& seen) {
  ASSIGN_OR_RETURN(const int64_t end, engine_.NextPosition(realm));
  bool needed = seen.next < 0 || seen.day != today;
  if (seen.next < 0) seen.next = end;
  while (seen.next < end) {
    ASSIGN_OR_RETURN(const auto records, engine_.ReadJournal(realm, seen.next, kReadAtOnce));
    if (records.empty()) break;
    needed = needed || std::any_of(records.begin(), records.end(), [](const auto& record) {
               return record.kind() == directory::OfficeDecider::Traits().kind;
             });
    seen.next += static_cast<int64_t>(records.size());
  }
  return needed;
}

absl::StatusOr<size_t> Attention::LookAt(const std::string& realm) {
  ASSIGN_OR_RETURN(const absl::TimeZone zone, engine_.TimeZoneOf(realm));
  ASSIGN_OR_RETURN(const auto view,
                   continuity::RealmView::Read(engine_, realm, DayOf(engine_.clock().Now(), zone)));
  ASSIGN_OR_RETURN(const auto items, view.Open(realm, {}, IsWatched));
  size_t recorded = 0;
  for (const cv1::InstanceContinuity& item : items) {
    const Lifecycle* lifecycle =
        engine_.FindLifecycle(realm, item.definition(), item.definition_version());
    if (lifecycle == nullptr) continue;
    const continuity::Rules rules = continuity::RulesOf(lifecycle->definition());
    for (const cv1::Finding& finding : item.findings()) {
      if (!IsNews(finding, rules, view.offices().day())) continue;
      std::string request_id = RequestIdOf(item, finding);
      if (known_.contains(request_id)) continue;
      const Outcome outcome = engine_.Execute(MakeCommand(item, finding, rules, request_id));
      RETURN_IF_ERROR(outcome.status);
      known_.insert(std::move(request_id));
      if (!outcome.repeated) ++recorded;
    }
  }
  return recorded;
}

}  // namespace kasundo
