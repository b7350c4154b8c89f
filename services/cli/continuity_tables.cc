#include "services/cli/continuity_tables.h"

#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/cli/names.h"
#include "services/cli/table.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::cli {
namespace {

namespace cv1 = continuity::v1;

std::string InWords(cv1::Severity severity) {
  switch (severity) {
    case cv1::SEVERITY_NOTICE:
      return "notice";
    case cv1::SEVERITY_AT_RISK:
      return "AT RISK";
    case cv1::SEVERITY_STOPPED:
      return "STOPPED";
    default:  // unspecified, or of a later server
      return "";
  }
}

std::string InWords(const cv1::Carrier& carrier) {
  std::string words = IdOf(carrier.person());
  switch (carrier.capacity()) {
    case cv1::CAPACITY_OFFICER_IN_CHARGE:
      words += " (in charge)";
      break;
    case cv1::CAPACITY_DEPUTY:
      words += fmt::format(" (deputy{})",
                           carrier.rank() > 0 ? fmt::format(" {}", carrier.rank()) : std::string());
      break;
    case cv1::CAPACITY_DELEGATE:
      words += " (delegate)";
      break;
    default:  // the holder, who needs no word, or a capacity of a later server
      break;
  }
  if (carrier.has_until()) words += fmt::format(" until {}", ToString(carrier.until()));
  return words;
}

template <typename Carriers>
std::string InWords(const Carriers& carriers) {
  std::vector<std::string> words;
  for (const cv1::Carrier& carrier : carriers) words.push_back(InWords(carrier));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string WhoCanAct(const cv1::OfficeCover& office) {
  if (office.unit()) return "a unit of several posts";
  if (office.carriers().empty()) return "nobody";
  return (office.vacant() ? "vacant; " : "") + InWords(office.carriers());
}

std::string Numbers(const google::protobuf::RepeatedField<int32_t>& numbers) {
  return fmt::format("{}", fmt::join(numbers, ", "));
}

template <typename Findings>
std::string FindingsTable(const Findings& findings, const ViewOptions& options) {
  Table table({{"", 7}, {"STEP", 4}, {"WHAT COULD GO WRONG", 20}, {"WHAT TO DO", 16}});
  for (const cv1::Finding& finding : findings) {
    table.Add(
        {InWords(finding.severity()), Numbers(finding.steps()), finding.message(), finding.mend()});
  }
  return table.Print(options.width);
}

std::string Needs(const cv1::RemainingStep& step) {
  if (step.anyone()) return "anyone";
  if (step.automatic()) return "nobody: it follows";
  if (step.administrators()) return "an administrator";
  return step.each() ? "each" : "any one";
}

template <typename Steps>
std::string StepsTable(const Steps& steps, const ViewOptions& options) {
  Table table(
      {{"STEP", 4}, {"WHAT REMAINS", 12}, {"NEEDS", 5}, {"OFFICE", 8}, {"WHO CAN ACT", 12}});
  for (const cv1::RemainingStep& step : steps) {
    std::string number = step.standing() ? "-" : std::to_string(step.number());
    std::string title = step.title();
    std::string needs = Needs(step);
    const auto add = [&](const std::string& office, const std::string& who) {
      table.Add({number, title, needs, office, who});
      number.clear();
      title.clear();
      needs.clear();
    };
    for (const cv1::OfficeCover& office : step.offices()) {
      add(ShortName(office.office(), options.realm), WhoCanAct(office));
    }
    if (!step.people().empty()) add("", InWords(step.people()));
    const bool judged = !step.anyone() && !step.automatic() && !step.administrators();
    if (!number.empty()) add("", judged ? "nobody" : "");
  }
  return table.Print(options.width);
}

std::string SidesTable(const cv1::InstanceContinuity& item, const ViewOptions& options) {
  Table table({{"SIDE", 8}, {"ACTIVE LATELY", 12}, {"LAST ACT", 10}});
  for (const cv1::SideActivity& side : item.sides()) {
    std::vector<std::string> people;
    for (const std::string& person : side.active_people()) people.push_back(IdOf(person));
    table.Add({IdOf(side.organisation()),
               people.empty() ? "nobody" : fmt::format("{}", fmt::join(people, ", ")),
               ToString(side.last_act())});
  }
  return table.Print(options.width);
}

std::string Heading(const cv1::InstanceContinuity& item, const ViewOptions& options) {
  std::string text = fmt::format("{}  [{}]  on {}\n", ShortName(item.name(), options.realm),
                                 item.state(), ToString(item.on()));
  if (item.ended()) return text + "It has ended: nothing remains.\n";
  if (item.reached()) {
    text += fmt::format("It is where it was meant to go: {}.\n", item.goal_title());
  } else {
    text += fmt::format("{} {} to {}", item.steps_size(), item.steps_size() == 1 ? "step" : "steps",
                        item.goal_title().empty() ? item.goal() : item.goal_title());
    if (item.has_target_date()) {
      text += fmt::format(", wanted by {} ({})", ToString(item.target_date()),
                          item.days_to_target() < 0
                              ? fmt::format("{} days ago", -item.days_to_target())
                              : fmt::format("{} days left", item.days_to_target()));
    }
    if (item.has_last_safe_date()) {
      text += fmt::format("; last safe day {}", ToString(item.last_safe_date()));
    }
    text += ".\n";
  }
  return text;
}

std::string OfficeRow(const cv1::OfficeCover& office, const ViewOptions& options) {
  return ShortName(office.office(), options.realm);
}

std::string LostTable(const google::protobuf::RepeatedPtrField<cv1::LostStep>& lost,
                      const ViewOptions& options) {
  Table table({{"WHAT", 12}, {"STATE", 8}, {"STEP", 12}, {"OFFICE", 8}});
  for (const cv1::LostStep& step : lost) {
    table.Add({ShortName(step.name(), options.realm), step.state(), step.title(),
               ShortName(step.office(), options.realm)});
  }
  return table.Print(options.width);
}

}  // namespace

std::string ContinuityText(const cv1::InstanceContinuity& item, const ViewOptions& options) {
  std::string text = Heading(item, options);
  if (item.findings().empty() && !item.steps().empty()) {
    text += "Nothing hangs on one person, and no term ends too soon.\n";
  }
  if (!item.findings().empty()) text += "\n" + FindingsTable(item.findings(), options);
  if (!item.steps().empty()) text += "\n" + StepsTable(item.steps(), options);
  if (!item.sides().empty()) text += "\n" + SidesTable(item, options);
  return text;
}

std::string ContinuityText(const cv1::ListContinuityResponse& list, const ViewOptions& options) {
  std::string text = fmt::format("On {}: {} open, {} at risk, {} stopped\n", ToString(list.on()),
                                 list.open(), list.at_risk(), list.stopped());
  if (!list.items().empty()) {
    Table table(
        {{"", 7}, {"NAME", 12}, {"STATE", 8}, {"WANTED BY", 10}, {"WORST", 20}, {"MORE", 4}});
    for (const cv1::InstanceContinuity& item : list.items()) {
      const int more = item.findings_size() - 1;
      table.Add({InWords(item.severity()), ShortName(item.name(), options.realm), item.state(),
                 ToString(item.target_date()),
                 item.findings().empty() ? "" : item.findings(0).message(),
                 more > 0 ? fmt::format("+{}", more) : ""});
    }
    text += "\n" + table.Print(options.width);
  }
  if (!list.vacancies().empty()) {
    Table table({{"VACANT OFFICE", 12}, {"SINCE", 10}, {"WHO CAN ACT", 12}});
    for (const cv1::OfficeCover& office : list.vacancies()) {
      table.Add({OfficeRow(office, options), ToString(office.vacant_since()),
                 office.carriers().empty() ? "nobody" : InWords(office.carriers())});
    }
    text += "\n" + table.Print(options.width);
  }
  return text;
}

std::string ContinuityText(const cv1::ListLossesResponse& losses, const ViewOptions& options) {
  std::string text = fmt::format("On {}: {} open, {} {} could stop something by leaving\n",
                                 ToString(losses.on()), losses.open(), losses.indispensable(),
                                 losses.indispensable() == 1 ? "person" : "people");
  for (const cv1::PersonContinuity& person : losses.people()) {
    text += fmt::format("\nIf {} left: {} {} would stop", ShortName(person.person(), options.realm),
                        person.stops_size(), person.stops_size() == 1 ? "step" : "steps");
    if (!person.offices_left_empty().empty()) {
      std::vector<std::string> offices;
      for (const std::string& office : person.offices_left_empty()) {
        offices.push_back(ShortName(office, options.realm));
      }
      text += fmt::format("; nobody could act for {}", fmt::join(offices, ", "));
    }
    text += "\n";
    if (!person.stops().empty()) text += LostTable(person.stops(), options);
  }
  return text;
}

std::string ContinuityText(const cv1::HandoverPack& pack, const ViewOptions& options) {
  const cv1::OfficeCover& office = pack.office();
  std::string text =
      fmt::format("Handover of {}{} on {}\n", ShortName(office.office(), options.realm),
                  pack.due() ? " (due)" : "", ToString(pack.on()));
  text += fmt::format("Who can act: {}\n", WhoCanAct(office));
  if (pack.has_term_end()) text += fmt::format("Term ends: {}\n", ToString(pack.term_end()));
  if (!pack.duties().empty()) {
    std::vector<std::string> duties;
    for (const auto& duty : pack.duties()) duties.push_back(duty.duty_id());
    text += fmt::format("Standing duties: {}\n", fmt::join(duties, ", "));
  }
  if (pack.items().empty()) return text + "Nothing is open.\n";
  for (const cv1::HandoverItem& item : pack.items()) {
    const cv1::InstanceContinuity& continuity = item.continuity();
    text += fmt::format("\n{}  [{}]{}\n", ShortName(continuity.name(), options.realm),
                        continuity.state(), item.indispensable() ? "  needs this office" : "");
    for (const cv1::OpenDeadline& deadline : continuity.deadlines()) {
      text +=
          fmt::format("  due {}  {}\n",
                      InstantText(absl::FromUnixSeconds(deadline.due_time().seconds()), options),
                      deadline.title().empty() ? deadline.deadline() : deadline.title());
    }
    if (!continuity.steps().empty()) text += StepsTable(continuity.steps(), options);
    for (const cv1::Finding& finding : continuity.findings()) {
      text += fmt::format("  {}: {}\n", InWords(finding.severity()), finding.message());
    }
    for (const cv1::RecentAct& act : item.recent_acts()) {
      text += fmt::format("  {}  {} by {}{}\n", ToString(act.on()), act.event(),
                          act.person().empty() ? "?" : IdOf(act.person()),
                          act.reason().empty() ? "" : ": " + OneLine(act.reason()));
    }
    for (const cv1::OfficeCover& other : item.counterparts()) {
      text += fmt::format("  talk to {} ({}): {}\n", ShortName(other.office(), options.realm),
                          IdOf(other.organisation()), WhoCanAct(other));
    }
  }
  return text;
}

std::string ContinuityText(const cv1::ListElectionsResponse& elections,
                           const ViewOptions& options) {
  std::string text;
  for (const cv1::ElectedTermEnd& term : elections.terms()) {
    text += fmt::format("{}{}: the term ends {}, in {} days; {}\n", text.empty() ? "" : "\n",
                        ShortName(term.office().office(), options.realm), ToString(term.term_end()),
                        term.days_left(), WhoCanAct(term.office()));
    text += term.before().empty() ? "Nothing that is open needs this office.\n"
                                  : LostTable(term.before(), options);
  }
  for (const cv1::OfficeCover& office : elections.end_unknown()) {
    text += fmt::format("{}: nobody has recorded when the term ends\n",
                        ShortName(office.office(), options.realm));
  }
  return text.empty() ? "No elected term ends in that time.\n" : text;
}

}  // namespace kasundo::cli
