#include "services/assignments/role_warnings.h"

#include <algorithm>

#include "fmt/format.h"
#include "workflows/assignment/function_decider.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/term.h"

namespace kasundo::assignments {
namespace {

constexpr int kMonthsOfConfirmation = 3;
constexpr int kDaysToConfirm = 30;

using Warnings = std::vector<v1::AssignmentWarning>;

void Warn(v1::RoleWarning warning, const std::string& office, std::string text, Warnings* all) {
  v1::AssignmentWarning& entry = all->emplace_back();
  entry.set_warning(warning);
  entry.set_office(office);
  entry.set_text(std::move(text));
}

// The last date of a list on or before a day; unset if there is none. `on_of` gives the date.
template <typename List, typename F>
CivilDate LastBy(const List& list, const CivilDate& day, const F& on_of) {
  CivilDate last;
  for (const auto& entry : list) {
    const CivilDate date = on_of(entry);
    if (!IsSet(date) || First(date) > Last(day)) continue;
    if (!IsSet(last) || Before(last, date)) last = date;
  }
  return last;
}

bool IsOver(const CivilDate& since, int months, const CivilDate& on) {
  return Before(MonthsAfter(since, months), on);
}

class RoleOnDay {
 public:
  RoleOnDay(const v1::AssignmentState& state, const v1::Tenure& tenure, const OfficeLookup& lookup,
            const CivilDate& on)
      : state_(state), tenure_(tenure), on_(on) {
    for (const std::string& office : AnswerableOffices(tenure.offices())) {
      if (auto found = lookup(office)) offices_.emplace_back(office, std::move(found));
    }
  }

  void Holders(Warnings* all) const {
    bool somebody_does_it = tenure_.offices().responsible().empty();
    for (const auto& [name, office] : offices_) {
      const bool vacant = IsVacant(*office);
      if (name == tenure_.offices().accountable() && vacant) {
        Warn(v1::ROLE_WARNING_VACANT, name, "nobody holds the accountable office", all);
      }
      const auto& responsible = tenure_.offices().responsible();
      somebody_does_it =
          somebody_does_it ||
          (!vacant && std::find(responsible.begin(), responsible.end(), name) != responsible.end());
    }
    if (!somebody_does_it) {
      Warn(v1::ROLE_WARNING_VACANT, "", "nobody holds any of the responsible offices", all);
    }
  }

  void Deputies(Warnings* all) const {
    for (const auto& [name, office] : offices_) {
      if (IsUnit(*office) || !directory::DeputiesOn(*office, on_).empty()) continue;
      Warn(v1::ROLE_WARNING_NO_DEPUTY, name, "the office has no deputy", all);
    }
  }

  void Confirmation(Warnings* all) const {
    const CivilDate last =
        LastBy(state_.confirmations(), on_, [](const auto& each) { return each.on(); });
    const CivilDate since = IsSet(last) ? LaterOf(last, tenure_.since()) : tenure_.since();
    if (!IsOver(since, kMonthsOfConfirmation, on_)) return;
    Warn(v1::ROLE_WARNING_NOT_CONFIRMED, "", fmt::format("not confirmed since {}", ToString(since)),
         all);
  }

  void Posts(const v1::FunctionVersion* version, Warnings* all) const {
    if (version == nullptr || !version->critical()) return;
    for (const auto& [name, office] : offices_) {
      const auto* profile = directory::DatedOnOrFirst(office->profiles(), on_);
      if (profile == nullptr || profile->post() != directory::v1::POST_KIND_TEMPORARY) continue;
      Warn(v1::ROLE_WARNING_CRITICAL_ON_TEMPORARY_POST, name,
           "a critical function rests on a temporary post", all);
    }
  }

  void Report(Warnings* all) const {
    if (!state_.has_embassy()) return;
    const CivilDate last =
        LastBy(state_.reports(), on_, [](const auto& each) { return each.on(); });
    const CivilDate since = IsSet(last) ? last : state_.tenures(0).since();
    if (!IsOver(since, state_.embassy().report_every_months(), on_)) return;
    Warn(v1::ROLE_WARNING_REPORT_OVERDUE, "",
         fmt::format("the last report is of {}", IsSet(last) ? ToString(last) : "no day at all"),
         all);
  }

  void Training(const v1::FunctionVersion* version, Warnings* all) const {
    if (version == nullptr) return;
    for (const std::string& training : version->trainings()) {
      const bool known = std::any_of(state_.trainings().begin(), state_.trainings().end(),
                                     [&](const v1::TrainingRecord& record) {
                                       return record.training() == training &&
                                              IsAnswerable(tenure_.offices(), record.office()) &&
                                              First(record.on()) <= Last(on_);
                                     });
      if (known) continue;
      Warn(v1::ROLE_WARNING_TRAINING_MISSING, "", fmt::format("nobody has {}", training), all);
    }
  }

  // Requirement 126: confirm, change or drop within 30 days; silence is told.
  void NewHolders(Warnings* all) const {
    for (const auto& [name, office] : offices_) {
      const auto* term = directory::HolderOn(*office, on_);
      if (term == nullptr || !IsSet(term->since()) || !Before(tenure_.since(), term->since())) {
        continue;
      }
      if (Last(term->since()) + kDaysToConfirm >= First(on_)) continue;
      const bool confirmed =
          std::any_of(state_.confirmations().begin(), state_.confirmations().end(),
                      [&, office_name = name](const v1::RoleConfirmation& each) {
                        return each.office() == office_name && !Before(each.on(), term->since()) &&
                               First(each.on()) <= Last(on_);
                      });
      if (confirmed) continue;
      Warn(v1::ROLE_WARNING_NEW_HOLDER_SILENT, name,
           fmt::format("{}, who holds the office since {}, has not confirmed the role",
                       term->person(), ToString(term->since())),
           all);
    }
  }

 private:
  bool IsUnit(const directory::v1::OfficeState& office) const {
    const auto* profile = directory::DatedOnOrFirst(office.profiles(), on_);
    return profile != nullptr && profile->post() == directory::v1::POST_KIND_UNIT;
  }
  bool IsVacant(const directory::v1::OfficeState& office) const {
    return !IsUnit(office) && directory::HoldingOn(office, on_).person.empty();
  }

  const v1::AssignmentState& state_;
  const v1::Tenure& tenure_;
  const CivilDate& on_;
  std::vector<std::pair<std::string, std::shared_ptr<const directory::v1::OfficeState>>> offices_;
};

}  // namespace

std::vector<v1::AssignmentWarning> WarningsOf(const v1::AssignmentState& state,
                                              const v1::FunctionState* function,
                                              const OfficeLookup& offices, const CivilDate& on) {
  Warnings all;
  const v1::Tenure* tenure = TenureOn(state.tenures(), on);
  if (tenure == nullptr) return all;
  const v1::FunctionVersion* version = function == nullptr ? nullptr : VersionOn(*function, on);
  const RoleOnDay role(state, *tenure, offices, on);
  role.Holders(&all);
  role.Deputies(&all);
  role.Confirmation(&all);
  role.Posts(version, &all);
  if (function != nullptr &&
      (version == nullptr || version->number() != state.function_version())) {
    Warn(v1::ROLE_WARNING_FUNCTION_CHANGED, "",
         version == nullptr ? "the function is not in force"
                            : fmt::format("assigned at version {} of the function, now it is {}",
                                          state.function_version(), version->number()),
         &all);
  }
  role.Report(&all);
  role.Training(version, &all);
  role.NewHolders(&all);
  return all;
}

bool IsReady(const v1::AssignmentState& state, const std::vector<v1::AssignmentWarning>& warnings,
             const CivilDate& on) {
  if (TenureOn(state.tenures(), on) == nullptr) return false;
  return std::none_of(warnings.begin(), warnings.end(), [](const v1::AssignmentWarning& each) {
    return each.warning() == v1::ROLE_WARNING_VACANT ||
           each.warning() == v1::ROLE_WARNING_NO_DEPUTY ||
           each.warning() == v1::ROLE_WARNING_NOT_CONFIRMED;
  });
}

}  // namespace kasundo::assignments
