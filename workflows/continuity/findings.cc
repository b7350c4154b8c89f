#include "workflows/continuity/findings.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/continuity/named_instances.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"
#include "workflows/engine/field_path.h"

namespace kasundo::continuity {
namespace {

namespace dv1 = directory::v1;

std::string Days(int64_t days) { return fmt::format("{} {}", days, days == 1 ? "day" : "days"); }

std::string InWords(const v1::OfficeCover& office) {
  return office.title().empty() ? office.office() : office.title();
}

std::string InWords(dv1::VacancyCause cause) {
  switch (cause) {
    case dv1::VACANCY_CAUSE_DEATH:
      return "death";
    case dv1::VACANCY_CAUSE_RESIGNATION:
      return "resignation";
    case dv1::VACANCY_CAUSE_TRANSFER:
      return "transfer";
    case dv1::VACANCY_CAUSE_ILLNESS:
      return "illness";
    case dv1::VACANCY_CAUSE_DISMISSAL:
      return "dismissal";
    case dv1::VACANCY_CAUSE_END_OF_TERM:
      return "end of term";
    case dv1::VACANCY_CAUSE_OFFICE_CLOSED:
      return "the office was closed";
    case dv1::VACANCY_CAUSE_DEPARTURE:
      return "departure";
    case dv1::VACANCY_CAUSE_OTHER:
      return "other";
    default:  // unspecified, or of a later program
      return "cause not recorded";
  }
}

class Finder {
 public:
  Finder(const Subject& subject, const Rules& rules, const OfficeRegister& offices,
         v1::InstanceContinuity& item)
      : subject_(subject), rules_(rules), offices_(offices), item_(item), day_(offices.day()) {}

  void Run() {
    for (const v1::RemainingStep& step : item_.steps()) CheckCarriers(step);
    CollectNeeded();
    for (const auto& [name, steps] : needed_) {
      const KnownOffice* office = offices_.Find(name);
      if (office == nullptr || office->cover.unit()) continue;
      CheckVacancy(*office, steps);
      CheckTerm(*office, steps);
      CheckNewHolder(*office, steps);
    }
    CheckCarryingOffices();
    CheckBothSides();
    CheckSides();
    CheckTarget();
    CheckLastSafeDay();
    CheckMeetingRecorded();
    CheckProjectEnd();
    Finish();
  }

 private:
  v1::Finding& NewFinding(v1::FindingKind kind, v1::Severity severity,
                          const std::vector<int>& steps) {
    v1::Finding& finding = found_.emplace_back();
    finding.set_kind(kind);
    finding.set_severity(severity);
    for (const int step : steps) finding.add_steps(step);
    return finding;
  }

  // One finding for all steps that it touches.
  v1::Finding& AddStep(v1::FindingKind kind, v1::Severity severity, const std::string& office,
                       const std::string& person, int step) {
    for (v1::Finding& known : found_) {
      if (known.kind() != kind || known.office() != office || known.person() != person) continue;
      if (std::find(known.steps().begin(), known.steps().end(), step) == known.steps().end()) {
        known.add_steps(step);
      }
      return known;
    }
    v1::Finding& finding = NewFinding(kind, severity, {step});
    finding.set_office(office);
    finding.set_person(person);
    return finding;
  }

  // Requirements 45, 134: who could stop a step by leaving, or has stopped it already.
  void CheckCarriers(const v1::RemainingStep& step) {
    if (step.anyone() || step.automatic() || step.administrators()) return;
    if (step.each()) {
      for (const v1::OfficeCover& office : step.offices()) {
        if (office.unit()) continue;
        if (office.carriers().empty()) Nobody(step, &office);
        if (office.carriers_size() == 1) Single(step, &office, office.carriers(0).person());
      }
      for (const v1::Carrier& person : step.people()) Single(step, nullptr, person.person());
      if (step.offices().empty() && step.people().empty()) Nobody(step, nullptr);
      return;
    }
    const bool unit = std::any_of(step.offices().begin(), step.offices().end(),
                                  [](const v1::OfficeCover& office) { return office.unit(); });
    if (unit || step.distinct_people() > 1) return;
    if (step.distinct_people() == 0) {
      Nobody(step, step.offices_size() == 1 ? &step.offices(0) : nullptr);
      return;
    }
    for (const v1::OfficeCover& office : step.offices()) {
      if (office.carriers().empty()) continue;
      Single(step, &office, office.carriers(0).person());
      return;
    }
    Single(step, nullptr, step.people(0).person());
  }

  void Nobody(const v1::RemainingStep& step, const v1::OfficeCover* office) {
    v1::Finding& finding = AddStep(v1::FINDING_KIND_NOBODY_CAN_ACT, v1::SEVERITY_STOPPED,
                                   office == nullptr ? "" : office->office(), "", step.number());
    if (!finding.message().empty()) return;
    if (office != nullptr) {
      finding.set_organisation(office->organisation());
      finding.set_message(fmt::format("nobody can act for {}: no holder, no deputy, no delegate",
                                      InWords(*office)));
      finding.set_mend("Record the new holder, or name a deputy.");
    } else {
      finding.set_message(
          fmt::format("nobody can take the step \"{}\": no office and no person has the role {}",
                      step.title(), fmt::join(step.roles(), " or ")));
      finding.set_mend("Give the role to an office.");
    }
  }

  void Single(const v1::RemainingStep& step, const v1::OfficeCover* office,
              const std::string& person) {
    v1::Finding& finding =
        AddStep(v1::FINDING_KIND_SINGLE_CARRIER, v1::SEVERITY_AT_RISK,
                office == nullptr ? "" : office->office(), person, step.number());
    if (!finding.message().empty()) return;
    if (office != nullptr) {
      finding.set_organisation(office->organisation());
      finding.set_message(fmt::format("only {} can act for {}", IdOf(person), InWords(*office)));
      finding.set_mend("Name a deputy of the office, or give a written authority to a delegate.");
    } else {
      finding.set_message(fmt::format("only {} can take the step \"{}\", in no office",
                                      IdOf(person), step.title()));
      finding.set_mend("Give the role to an office, which outlives its holder.");
    }
  }

  // Offices without which a step cannot be taken, with the numbers of these steps.
  void CollectNeeded() {
    for (const v1::RemainingStep& step : item_.steps()) {
      if (step.automatic() || step.administrators()) continue;
      for (const v1::OfficeCover& office : step.offices()) {
        if (!IsNeeded(step, office.office())) continue;
        std::vector<int>& steps = needed_[office.office()];
        if (std::find(steps.begin(), steps.end(), step.number()) == steps.end()) {
          steps.push_back(step.number());
        }
      }
    }
  }

  // Requirements 44, 124: what the office has to do passes to who acts for it.
  void CheckVacancy(const KnownOffice& office, const std::vector<int>& steps) {
    const v1::OfficeCover& cover = office.cover;
    if (!cover.vacant()) return;
    v1::Finding& finding =
        About(v1::FINDING_KIND_OFFICE_VACANT, v1::SEVERITY_AT_RISK, office, steps);
    if (cover.has_vacant_since()) *finding.mutable_date() = cover.vacant_since();
    const std::string since = cover.has_vacant_since()
                                  ? fmt::format("since {} ({})", ToString(cover.vacant_since()),
                                                InWords(cover.vacancy_cause()))
                                  : "for a time that is not recorded";
    if (cover.carriers().empty()) {
      finding.set_severity(v1::SEVERITY_STOPPED);
      finding.set_message(fmt::format("{} has been vacant {} and nobody stands in: {} {}",
                                      InWords(cover), since, steps.size(),
                                      steps.size() == 1 ? "step waits" : "steps wait"));
      finding.set_mend("Record the new holder, or name a deputy or an officer in charge.");
      return;
    }
    finding.set_person(cover.carriers(0).person());
    finding.set_message(fmt::format(
        "{} has been vacant {}; {} to {}, who acts for it", InWords(cover), since,
        steps.size() == 1 ? "its step passes" : "its steps pass", IdOf(finding.person())));
    finding.set_mend("Record the new holder.");
  }

  // Offices that carry it, though others could take their steps: those that its state names or that
  // acted on it. Requirements 44, 123, 124: what hangs on one of them is said before it is gone.
  void CheckCarryingOffices() {
    if (item_.reached()) return;
    std::set<std::string> carrying = OfficesNamedIn(subject_.name, *subject_.state);
    for (const Act& act : subject_.acts) carrying.insert(act.office);
    for (const std::string& name : carrying) {
      const KnownOffice* office = offices_.Find(name);
      if (office == nullptr || office->cover.unit() || needed_.contains(name)) continue;
      const std::vector<int> steps = StepsOf(name);
      if (steps.empty()) continue;
      if (office->cover.vacant()) {
        CheckVacancy(*office, steps);
        if (office->cover.carriers().empty()) found_.back().set_severity(v1::SEVERITY_AT_RISK);
      } else if (office->cover.carriers_size() == 1) {
        v1::Finding& finding =
            About(v1::FINDING_KIND_SINGLE_CARRIER, v1::SEVERITY_NOTICE, *office, steps);
        finding.set_person(office->cover.carriers(0).person());
        finding.set_message(fmt::format("only {} can act for {}, which carries it",
                                        IdOf(finding.person()), InWords(office->cover)));
        finding.set_mend("Name a deputy of the office.");
      }
    }
  }

  // Numbers of the remaining steps that the office can take.
  std::vector<int> StepsOf(const std::string& office) const {
    std::vector<int> steps;
    for (const v1::RemainingStep& step : item_.steps()) {
      const bool takes =
          std::any_of(step.offices().begin(), step.offices().end(),
                      [&](const v1::OfficeCover& cover) { return cover.office() == office; });
      if (takes && !step.automatic()) steps.push_back(step.number());
    }
    return steps;
  }

  // Requirements 33, 125, 128.
  void CheckTerm(const KnownOffice& office, const std::vector<int>& steps) {
    if (office.holder == nullptr) return;
    const CivilDate& end = office.holder->until();
    const bool elected = office.cover.post() == dv1::POST_KIND_ELECTED;
    if (!IsSet(end)) {
      if (!elected) return;
      v1::Finding& finding =
          About(v1::FINDING_KIND_TERM_END_UNKNOWN, v1::SEVERITY_NOTICE, office, steps);
      finding.set_person(office.holder->person());
      finding.set_message(fmt::format("nobody has recorded when the term of {} as {} ends",
                                      IdOf(finding.person()), InWords(office.cover)));
      finding.set_mend("Record the end of the term.");
      return;
    }
    v1::FindingKind kind = v1::FINDING_KIND_UNSPECIFIED;
    if (IsSet(subject_.target) && !item_.reached() && First(end) < Last(subject_.target)) {
      kind = v1::FINDING_KIND_TERM_ENDS_BEFORE_TARGET;
    } else if (Last(end) <= InTime(rules_.handover_ahead)) {
      kind = v1::FINDING_KIND_TERM_ENDS_SOON;
    } else if (elected && Last(end) <= InTime(rules_.elections_ahead)) {
      kind = v1::FINDING_KIND_ELECTED_TERM_ENDS;
    } else {
      return;
    }
    const bool before_target = kind == v1::FINDING_KIND_TERM_ENDS_BEFORE_TARGET;
    v1::Finding& finding =
        About(kind, before_target ? v1::SEVERITY_AT_RISK : v1::SEVERITY_NOTICE, office, steps);
    finding.set_person(office.holder->person());
    *finding.mutable_date() = end;
    const int64_t days = Last(end) - Last(day_);
    finding.set_message(fmt::format(
        "the term of {} as {} ends {}, in {}{}", IdOf(finding.person()), InWords(office.cover),
        ToString(end), Days(days),
        before_target ? fmt::format(", before the target of {}", ToString(subject_.target)) : ""));
    finding.set_mend(before_target
                         ? "Finish before, move the target, or prepare the successor."
                         : "Hand over what is open: kasundo continuity --handover OFFICE.");
  }

  absl::CivilDay InTime(const IsoDuration& ahead) const { return Add(Last(day_), ahead); }

  // Whether the holder began after the first act on this instance.
  bool IsNew(const KnownOffice& office) const {
    if (office.holder == nullptr || subject_.acts.empty()) return false;
    const CivilDate& since = office.holder->since();
    return IsSet(since) && First(since) > subject_.acts.front().on;
  }

  // Requirement 126: a new holder confirms, changes or drops what is open; any act of the person on
  // the instance does one of these.
  void CheckNewHolder(const KnownOffice& office, const std::vector<int>& steps) {
    if (!IsNew(office)) return;
    const dv1::Term& term = *office.holder;
    const bool acted = std::any_of(subject_.acts.begin(), subject_.acts.end(), [&](const Act& act) {
      return act.person == term.person() && act.on >= First(term.since());
    });
    if (acted) return;
    const absl::CivilDay by = Add(First(term.since()), rules_.confirm_within);
    const bool silent = Last(day_) > by;
    v1::Finding& finding =
        About(silent ? v1::FINDING_KIND_NEW_HOLDER_SILENT : v1::FINDING_KIND_NEW_HOLDER_TO_CONFIRM,
              silent ? v1::SEVERITY_AT_RISK : v1::SEVERITY_NOTICE, office, steps);
    finding.set_person(term.person());
    *finding.mutable_date() = FromDay(by);
    finding.set_message(fmt::format("{} is {} since {} and {} confirm, change or drop this by {}",
                                    IdOf(term.person()), InWords(office.cover),
                                    ToString(term.since()), silent ? "did not" : "has to",
                                    ToString(FromDay(by))));
    finding.set_mend("Ask the new holder to act on it; tell the owning body if nothing happens.");
  }

  // Requirement 127.
  void CheckBothSides() {
    if (subject_.acts.empty()) return;
    IsoDuration back = rules_.both_sides_within;
    back.negative = true;
    const absl::CivilDay since = std::max(Add(Last(day_), back), subject_.acts.front().on);
    std::map<std::string, CivilDate> changed;  // by organisation: the last change
    for (const auto& [name, steps] : needed_) {
      const KnownOffice* office = offices_.Find(name);
      if (office == nullptr || office->cover.organisation().empty()) continue;
      CivilDate change;
      if (office->holder != nullptr && IsSet(office->holder->since()) &&
          office->state.terms_size() > 1) {
        change = office->holder->since();
      } else if (office->holder == nullptr && office->cover.has_vacant_since()) {
        change = office->cover.vacant_since();
      }
      if (!IsSet(change) || First(change) <= since) continue;
      CivilDate& last = changed[office->cover.organisation()];
      if (!IsSet(last) || Compare(last, change) < 0) last = change;
    }
    if (changed.size() < 2) return;
    std::vector<std::string> words;
    CivilDate last;
    for (const auto& [organisation, date] : changed) {
      words.push_back(fmt::format("{} on {}", IdOf(organisation), ToString(date)));
      if (!IsSet(last) || Compare(last, date) < 0) last = date;
    }
    v1::Finding& finding =
        NewFinding(v1::FINDING_KIND_BOTH_SIDES_CHANGED, v1::SEVERITY_AT_RISK, {});
    *finding.mutable_date() = last;
    finding.set_message(
        fmt::format("{} sides changed holders: {}", changed.size(), fmt::join(words, ", ")));
    finding.set_mend("Call an extraordinary meeting of the owning bodies.");
  }

  // Requirement 123.
  void CheckSides() {
    for (const v1::SideActivity& side : item_.sides()) {
      if (!side.at_risk()) continue;
      v1::Finding& finding =
          NewFinding(v1::FINDING_KIND_FEW_ACTIVE_CARRIERS, v1::SEVERITY_AT_RISK, {});
      finding.set_organisation(side.organisation());
      if (side.active_people_size() == 1) finding.set_person(side.active_people(0));
      if (side.has_last_act()) *finding.mutable_date() = side.last_act();
      finding.set_message(fmt::format(
          "{} of {} acted within {}; {} are needed",
          side.active_people().empty()     ? std::string("nobody")
          : side.active_people_size() == 1 ? fmt::format("only {}", IdOf(side.active_people(0)))
                                           : fmt::format("{} people", side.active_people_size()),
          IdOf(side.organisation()), Describe(rules_.carriers_within), rules_.carriers_per_side));
      finding.set_mend("Bring in a second person of that side.");
    }
  }

  void CheckTarget() {
    if (!IsSet(subject_.target) || item_.reached() || item_.ended()) return;
    if (Last(subject_.target) >= Last(day_)) return;
    v1::Finding& finding = NewFinding(v1::FINDING_KIND_TARGET_PASSED, v1::SEVERITY_AT_RISK, {});
    *finding.mutable_date() = subject_.target;
    finding.set_message(fmt::format("it was to be {} by {}, {} days ago", item_.goal_title(),
                                    ToString(subject_.target), -item_.days_to_target()));
    finding.set_mend("Set a new date with its reason, or give it up.");
  }

  // Requirement 33.
  void CheckLastSafeDay() {
    if (item_.reached()) return;
    const KnownOffice* first = nullptr;
    for (const auto& [name, steps] : needed_) {
      const KnownOffice* office = offices_.Find(name);
      if (office == nullptr || !IsSet(TermEndOf(*office))) continue;
      if (first == nullptr || First(TermEndOf(*office)) < First(TermEndOf(*first))) first = office;
    }
    if (first == nullptr) return;
    IsoDuration lead = rules_.lead_time;
    lead.negative = true;
    const absl::CivilDay last_safe = Add(First(TermEndOf(*first)), lead);
    *item_.mutable_last_safe_date() = FromDay(last_safe);
    const absl::CivilDay today = Last(day_);
    const bool passed = last_safe < today;
    const IsoDuration* nearest = nullptr;
    for (const IsoDuration& ahead : rules_.warn_ahead) {
      const bool reached = Add(today, ahead) >= last_safe;
      if (reached && (nearest == nullptr || Add(today, ahead) < Add(today, *nearest))) {
        nearest = &ahead;
      }
    }
    if (nearest == nullptr && !passed) return;
    v1::Finding& finding =
        About(v1::FINDING_KIND_LAST_SAFE_DAY, passed ? v1::SEVERITY_AT_RISK : v1::SEVERITY_NOTICE,
              *first, needed_[first->name]);
    finding.set_person(first->holder->person());
    *finding.mutable_date() = item_.last_safe_date();
    if (!passed) finding.set_ahead(ToString(*nearest));
    const std::string why = fmt::format("the term of {} as {} ends {}", IdOf(finding.person()),
                                        InWords(first->cover), ToString(TermEndOf(*first)));
    finding.set_message(passed ? fmt::format("the last safe day to finish was {}: {}",
                                             ToString(item_.last_safe_date()), why)
                               : fmt::format("the last safe day to finish is {}, in {} days: {}",
                                             ToString(item_.last_safe_date()), last_safe - today,
                                             why));
    finding.set_mend("Finish before it, or prepare the successor.");
  }

  // Requirement 129: what a meeting changed counts only once it is recorded.
  void CheckMeetingRecorded() {
    if (item_.reached() || !subject_.last_meeting.has_value()) return;
    const BodyMeeting& meeting = *subject_.last_meeting;
    if (subject_.last_recorded.has_value() && *subject_.last_recorded >= meeting.on) return;
    if (Last(day_) <= Add(meeting.on, rules_.record_within)) return;
    v1::Finding& finding =
        NewFinding(v1::FINDING_KIND_MEETING_NOT_RECORDED, v1::SEVERITY_NOTICE, {});
    *finding.mutable_date() = FromDay(meeting.on);
    finding.set_message(fmt::format(
        "{} met on {} and nothing has been recorded since{}", IdOf(ParentOf(meeting.name)),
        ToString(finding.date()),
        subject_.last_recorded.has_value()
            ? fmt::format("; the last record is of {}", ToString(FromDay(*subject_.last_recorded)))
            : ""));
    finding.set_mend("Record what the meeting changed, or that it changed nothing.");
  }

  // Requirement 130.
  void CheckProjectEnd() {
    const auto& project = subject_.definition->continuity().project_end();
    if (item_.reached() || project.field().empty()) return;
    const CivilDate end = DateAt(project.field());
    if (!IsSet(end) || Last(end) > InTime(rules_.project_end_ahead)) return;
    std::vector<std::string> missing;
    for (const std::string& path : project.bridged_by()) {
      if (IsEmptyAt(path)) missing.push_back(InWordsOf(path));
    }
    if (missing.empty()) return;
    v1::Finding& finding = NewFinding(v1::FINDING_KIND_ENDS_WITH_PROJECT, v1::SEVERITY_AT_RISK, {});
    *finding.mutable_date() = end;
    const int64_t days = Last(end) - Last(day_);
    finding.set_message(fmt::format(
        "it ends with the project that pays for it, on {} ({}): no {}", ToString(end),
        days >= 0 ? "in " + Days(days) : Days(-days) + " ago", fmt::join(missing, ", no ")));
    finding.set_mend("Name the office that carries it afterwards and the line of its budget.");
  }

  // REQUIRES: the checker accepted the path.
  CivilDate DateAt(const std::string& text) const {
    const auto path = FieldPath::Resolve(subject_.state->GetDescriptor(), text);
    if (!path.ok() || path->IsEmpty(*subject_.state)) return {};
    const google::protobuf::Message& holder = *path->Holder(*subject_.state);
    const auto* date =
        dynamic_cast<const CivilDate*>(&holder.GetReflection()->GetMessage(holder, path->field()));
    return date == nullptr ? CivilDate() : *date;
  }

  bool IsEmptyAt(const std::string& text) const {
    const auto path = FieldPath::Resolve(subject_.state->GetDescriptor(), text);
    return !path.ok() || path->IsEmpty(*subject_.state);
  }

  // "funding.carrying_office" as "carrying office".
  static std::string InWordsOf(const std::string& path) {
    std::string words = path.substr(path.rfind('.') + 1);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
  }

  v1::Finding& About(v1::FindingKind kind, v1::Severity severity, const KnownOffice& office,
                     const std::vector<int>& steps) {
    v1::Finding& finding = NewFinding(kind, severity, steps);
    finding.set_office(office.name);
    finding.set_organisation(office.cover.organisation());
    return finding;
  }

  void Finish() {
    // That an office is vacant and nobody stands in is said once.
    std::erase_if(found_, [&](const v1::Finding& finding) {
      return finding.kind() == v1::FINDING_KIND_NOBODY_CAN_ACT && !finding.office().empty() &&
             std::any_of(found_.begin(), found_.end(), [&](const v1::Finding& other) {
               return other.kind() == v1::FINDING_KIND_OFFICE_VACANT &&
                      other.office() == finding.office();
             });
    });
    std::stable_sort(found_.begin(), found_.end(), [](const v1::Finding& a, const v1::Finding& b) {
      return std::pair(-a.severity(), a.kind()) < std::pair(-b.severity(), b.kind());
    });
    for (v1::Finding& finding : found_) *item_.add_findings() = std::move(finding);
    if (!item_.findings().empty()) item_.set_severity(item_.findings(0).severity());
  }

  const Subject& subject_;
  const Rules& rules_;
  const OfficeRegister& offices_;
  v1::InstanceContinuity& item_;
  const CivilDate& day_;
  std::vector<v1::Finding> found_;
  std::map<std::string, std::vector<int>> needed_;
};

}  // namespace

void AddFindings(const Subject& subject, const Rules& rules, const OfficeRegister& offices,
                 v1::InstanceContinuity& item) {
  Finder(subject, rules, offices, item).Run();
}

}  // namespace kasundo::continuity
