#include "workflows/responsibilities/responsibility_findings.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace kasundo::responsibilities {
namespace {

using Parties = google::protobuf::RepeatedPtrField<v1::ResponsibleParty>;

// Who leads a row: the accountable ones, or the responsible ones where nobody is accountable.
std::set<std::string> LeadsOf(const v1::Responsibility& row) {
  std::set<std::string> leads;
  for (const auto& party : row.accountable().empty() ? row.responsible() : row.accountable()) {
    leads.insert(party.name());
  }
  return leads;
}

// Calls visit(party) for everybody who answers for a row or does it.
template <typename Visit>
void ForWorking(const v1::Responsibility& row, const Visit& visit) {
  for (const Parties* parties : {&row.accountable(), &row.responsible()}) {
    for (const v1::ResponsibleParty& party : *parties) visit(party);
  }
}

v1::ResponsibilityFinding& Add(v1::ResponsibilityFindingKind kind, std::string text,
                               v1::ResponsibilityMatrix* matrix) {
  v1::ResponsibilityFinding& finding = *matrix->add_findings();
  finding.set_kind(kind);
  finding.set_text(std::move(text));
  return finding;
}

bool IsWithin(std::string_view inner, std::string_view outer) {
  return inner == outer ||
         (inner.size() > outer.size() && inner.starts_with(outer) && inner[outer.size()] == '/');
}

}  // namespace

void AddOverlaps(v1::ResponsibilityMatrix* matrix) {
  std::map<std::pair<std::string, std::string>, std::vector<int>> sharing;
  for (int i = 0; i < matrix->rows_size(); ++i) {
    const v1::Responsibility& row = matrix->rows(i);
    if (row.oversees()) continue;  // who watches does not do it too
    for (const std::string& topic : row.topics()) {
      if (row.territories().empty()) sharing[{topic, ""}].push_back(i);
      for (const std::string& territory : row.territories()) {
        sharing[{topic, territory}].push_back(i);
      }
    }
  }
  for (const auto& [about, rows] : sharing) {
    std::set<std::string> instances;
    std::set<std::set<std::string>> leads;
    std::set<std::string> names;
    for (const int i : rows) {
      const auto of_row = LeadsOf(matrix->rows(i));
      if (of_row.empty()) continue;  // a gap, not another lead
      instances.insert(matrix->rows(i).instance());
      leads.insert(of_row);
      names.insert(of_row.begin(), of_row.end());
    }
    if (instances.size() < 2 || leads.size() < 2) continue;
    const std::string where = about.second.empty() ? "" : fmt::format(" in {}", about.second);
    v1::ResponsibilityFinding& finding =
        Add(v1::RESPONSIBILITY_FINDING_KIND_OVERLAP,
            fmt::format("{} lead {}{}", fmt::join(names, " and "), about.first, where), matrix);
    for (const int i : rows) finding.add_rows(i);
    finding.set_topic(about.first);
    finding.set_territory(about.second);
  }
}

void AddVacancies(v1::ResponsibilityMatrix* matrix) {
  std::map<std::string, std::vector<int>> vacant;
  for (int i = 0; i < matrix->rows_size(); ++i) {
    ForWorking(matrix->rows(i), [&, row = i](const v1::ResponsibleParty& party) {
      if (!party.vacant()) return;
      std::vector<int>& rows = vacant[party.name()];
      if (rows.empty() || rows.back() != row) rows.push_back(row);
    });
  }
  for (const auto& [office, rows] : vacant) {
    v1::ResponsibilityFinding& finding =
        Add(v1::RESPONSIBILITY_FINDING_KIND_VACANCY,
            fmt::format("nobody can act for {}, which {} {} on", office, rows.size(),
                        rows.size() == 1 ? "row rests" : "rows rest"),
            matrix);
    for (const int i : rows) finding.add_rows(i);
    finding.set_office(office);
  }
}

void AddConflicts(v1::ResponsibilityMatrix* matrix) {
  for (int watching = 0; watching < matrix->rows_size(); ++watching) {
    const v1::Responsibility& overseeing = matrix->rows(watching);
    if (!overseeing.oversees() || overseeing.subject().empty()) continue;
    std::map<std::string, std::string> watchers;  // office or person, and the office
    ForWorking(overseeing, [&](const v1::ResponsibleParty& party) {
      watchers.emplace(party.name(), party.name());
      if (!party.person().empty()) watchers.emplace(party.person(), party.name());
    });
    for (int doing = 0; doing < matrix->rows_size(); ++doing) {
      const v1::Responsibility& row = matrix->rows(doing);
      const bool watched =
          !row.oversees() &&
          (IsWithin(row.instance(), overseeing.subject()) ||
           (!row.subject().empty() && IsWithin(row.subject(), overseeing.subject())));
      if (!watched) continue;
      std::set<std::string> both;
      ForWorking(row, [&](const v1::ResponsibleParty& party) {
        if (watchers.contains(party.name())) {
          both.insert(party.name());
        } else if (watchers.contains(party.person())) {
          both.insert(party.person());
        }
      });
      for (const std::string& who : both) {
        if (who.empty()) continue;
        v1::ResponsibilityFinding& finding =
            Add(v1::RESPONSIBILITY_FINDING_KIND_CONFLICT,
                fmt::format("{} watches under {} what it does itself under {}", who,
                            overseeing.instance(), row.instance()),
                matrix);
        finding.add_rows(watching);
        finding.add_rows(doing);
        finding.set_office(watchers.at(who));
        if (watchers.at(who) != who) finding.set_person(who);
      }
    }
  }
}

void AddOverloads(int most, v1::ResponsibilityMatrix* matrix) {
  std::map<std::string, std::vector<int>> rows_of;
  for (int i = 0; i < matrix->rows_size(); ++i) {
    ForWorking(matrix->rows(i), [&, row = i](const v1::ResponsibleParty& party) {
      if (party.person().empty()) return;
      std::vector<int>& rows = rows_of[party.person()];
      if (rows.empty() || rows.back() != row) rows.push_back(row);
    });
  }
  for (const auto& [person, rows] : rows_of) {
    if (rows.size() <= static_cast<size_t>(most)) continue;
    v1::ResponsibilityFinding& finding =
        Add(v1::RESPONSIBILITY_FINDING_KIND_OVERLOAD,
            fmt::format("{} acts in {} rows, more than {}", person, rows.size(), most), matrix);
    for (const int i : rows) finding.add_rows(i);
    finding.set_person(person);
  }
}

}  // namespace kasundo::responsibilities
