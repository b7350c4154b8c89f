#include "workflows/responsibilities/responsibility_table.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/continuity/way.h"
#include "workflows/engine/context.h"
#include "workflows/responsibilities/responsibility_findings.h"

namespace kasundo::responsibilities {
namespace {

using Parties = google::protobuf::RepeatedPtrField<v1::ResponsibleParty>;
using workflows::v1::WorkflowDefinition;

bool HoldsIn(const workflows::v1::ResponsibilityRule& rule, const WorkflowDefinition& definition,
             const std::string& lifecycle_state) {
  if (!rule.states().empty()) {
    return std::find(rule.states().begin(), rule.states().end(), lifecycle_state) !=
           rule.states().end();
  }
  const auto* state = continuity::FindState(definition, lifecycle_state);
  return state != nullptr && !state->final() && lifecycle_state != definition.initial();
}

void AddParties(const std::vector<std::string>& names, Parties* parties) {
  for (const std::string& name : names) parties->Add()->set_name(name);
}

template <typename Texts>
void AddTexts(const Texts& texts, google::protobuf::RepeatedPtrField<std::string>* all) {
  for (const std::string& text : texts) *all->Add() = text;
}

v1::Responsibility ToRow(const DeclaringInstance& instance,
                         const workflows::v1::ResponsibilityRule& rule,
                         const ResponsibilityReader::Row& read) {
  v1::Responsibility row;
  row.set_instance(instance.name);
  row.set_item(read.item);
  row.set_kind(instance.kind);
  row.set_definition(instance.definition->definition());
  row.set_state(instance.lifecycle_state);
  row.set_title(read.title);
  row.set_role(rule.role());
  AddParties(read.accountable, row.mutable_accountable());
  AddParties(read.responsible, row.mutable_responsible());
  AddParties(read.consulted, row.mutable_consulted());
  AddParties(read.informed, row.mutable_informed());
  AddTexts(read.topics, row.mutable_topics());
  AddTexts(read.territories, row.mutable_territories());
  row.set_subject(read.subject);
  if (IsSet(read.since)) *row.mutable_since() = read.since;
  if (IsSet(read.until)) *row.mutable_until() = read.until;
  row.set_oversees(rule.oversees());
  return row;
}

// Who acts for an office on the day; what is no office stays as it is.
void FillHolder(const continuity::OfficeRegister& offices, v1::ResponsibleParty* party) {
  if (CollectionOf(party->name()) != "offices") {
    party->set_title(std::string(IdOf(party->name())));
    return;
  }
  const continuity::KnownOffice* office = offices.Find(party->name());
  if (office == nullptr) {
    party->set_title(std::string(IdOf(party->name())));
    party->set_vacant(true);
    return;
  }
  party->set_title(office->cover.title());
  if (!office->cover.carriers().empty()) {
    party->set_person(office->cover.carriers(0).person());
    party->set_acting(office->cover.carriers(0).capacity() != continuity::v1::CAPACITY_HOLDER);
  } else {
    party->set_vacant(!office->cover.unit());
  }
}

void AddGap(const v1::Responsibility& row, int index, std::string_view who,
            v1::ResponsibilityMatrix* matrix) {
  v1::ResponsibilityFinding& finding = *matrix->add_findings();
  finding.set_kind(v1::RESPONSIBILITY_FINDING_KIND_GAP);
  finding.set_text(fmt::format("nobody is {} for {}", who, row.title()));
  finding.add_rows(index);
}

bool StandsIn(const v1::Responsibility& row, const std::string& party) {
  for (const Parties* parties :
       {&row.accountable(), &row.responsible(), &row.consulted(), &row.informed()}) {
    for (const v1::ResponsibleParty& each : *parties) {
      if (each.name() == party || each.person() == party) return true;
    }
  }
  return false;
}

// The rows at these places, and the findings that `wanted` takes once their rows are these.
template <typename Wanted>
v1::ResponsibilityMatrix Keep(const v1::ResponsibilityMatrix& matrix, const std::set<int>& rows,
                              const Wanted& wanted) {
  v1::ResponsibilityMatrix only;
  *only.mutable_on() = matrix.on();
  std::map<int, int> places;
  for (const int row : rows) {
    places[row] = only.rows_size();
    *only.add_rows() = matrix.rows(row);
  }
  for (const v1::ResponsibilityFinding& finding : matrix.findings()) {
    v1::ResponsibilityFinding kept = finding;
    kept.clear_rows();
    for (const int row : finding.rows()) {
      const auto place = places.find(row);
      if (place != places.end()) kept.add_rows(place->second);
    }
    if (wanted(kept)) *only.add_findings() = std::move(kept);
  }
  return only;
}

}  // namespace

const std::vector<ResponsibilityReader>& ResponsibilityTable::ReadersOf(
    const DeclaringInstance& instance) {
  const auto known = readers_.find(instance.definition);
  if (known != readers_.end()) return known->second;
  std::vector<ResponsibilityReader> readers;
  for (const auto& rule : instance.definition->responsibilities()) {
    readers.emplace_back(rule, instance.state->GetDescriptor(), nullptr);
  }
  return readers_.emplace(instance.definition, std::move(readers)).first->second;
}

void ResponsibilityTable::Add(const DeclaringInstance& instance) {
  for (const ResponsibilityReader& reader : ReadersOf(instance)) {
    const auto& rule = reader.rule();
    if (!HoldsIn(rule, *instance.definition, instance.lifecycle_state)) continue;
    for (const auto& read : reader.Read(*instance.state, day_, instance.name)) {
      if (instance.undated && !IsSet(read.since)) continue;
      if (rule.wanted()) {
        wishes_.push_back(ToRow(instance, rule, read));
        continue;
      }
      rows_.push_back(ToRow(instance, rule, read));
      wants_.push_back({!rule.accountable().empty(), !rule.responsible().empty()});
    }
  }
}

v1::ResponsibilityMatrix ResponsibilityTable::Finish(const continuity::OfficeRegister& offices,
                                                     int most_per_person) {
  v1::ResponsibilityMatrix matrix;
  *matrix.mutable_on() = day_;
  std::vector<size_t> order(rows_.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return rows_[a].instance() < rows_[b].instance(); });
  std::set<std::string> topics;
  for (const size_t at : order) {
    v1::Responsibility& row = *matrix.add_rows();
    row = rows_[at];
    topics.insert(row.topics().begin(), row.topics().end());
    for (Parties* parties : {row.mutable_accountable(), row.mutable_responsible(),
                             row.mutable_consulted(), row.mutable_informed()}) {
      for (v1::ResponsibleParty& party : *parties) FillHolder(offices, &party);
    }
  }
  AddOverlaps(&matrix);
  for (int i = 0; i < matrix.rows_size(); ++i) {
    const v1::Responsibility& row = matrix.rows(i);
    const Wants& wants = wants_[order[static_cast<size_t>(i)]];
    if (wants.accountable && row.accountable().empty()) AddGap(row, i, "accountable", &matrix);
    if (wants.responsible && row.responsible().empty()) AddGap(row, i, "responsible", &matrix);
  }
  for (const v1::Responsibility& wish : wishes_) {
    for (const std::string& topic : wish.topics()) {
      if (topics.contains(topic)) continue;
      v1::ResponsibilityFinding& finding = *matrix.add_findings();
      finding.set_kind(v1::RESPONSIBILITY_FINDING_KIND_GAP);
      finding.set_text(fmt::format("nobody has {}: {}", wish.title(), wish.role()));
      finding.set_topic(topic);
    }
  }
  AddVacancies(&matrix);
  AddConflicts(&matrix);
  AddOverloads(most_per_person, &matrix);
  return matrix;
}

v1::ResponsibilityMatrix OnlyOf(const v1::ResponsibilityMatrix& matrix, const std::string& party) {
  std::set<int> rows;
  for (int i = 0; i < matrix.rows_size(); ++i) {
    if (StandsIn(matrix.rows(i), party)) rows.insert(i);
  }
  return Keep(matrix, rows,
              [](const v1::ResponsibilityFinding& kept) { return !kept.rows().empty(); });
}

v1::ResponsibilityMatrix OnlyFindings(const v1::ResponsibilityMatrix& matrix,
                                      const std::vector<v1::ResponsibilityFindingKind>& kinds) {
  const auto wanted = [&](const v1::ResponsibilityFinding& finding) {
    return std::find(kinds.begin(), kinds.end(), finding.kind()) != kinds.end();
  };
  std::set<int> rows;
  for (const v1::ResponsibilityFinding& finding : matrix.findings()) {
    if (wanted(finding)) rows.insert(finding.rows().begin(), finding.rows().end());
  }
  return Keep(matrix, rows, wanted);
}

}  // namespace kasundo::responsibilities
