#include "workflows/monitoring/rollup_projection.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_events.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "workflows/directory/territory_decider.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/checklist_decider.h"
#include "workflows/monitoring/rollup_figures.h"

namespace kasundo::monitoring {
namespace {

using workflows::v1::EventRecord;

constexpr char kIndexKey[] = "index";
// What is entered in error may go in circles.
constexpr int kDeepest = 32;

std::string RollUpKey(std::string_view issuance, std::string_view territory) {
  return fmt::format("r/{}/{}", IdOf(issuance), IdOf(territory));
}
std::string ContributionKey(std::string_view checklist) {
  return fmt::format("c/{}/{}", IdOf(ParentOf(checklist)), IdOf(checklist));
}
std::string IssuanceKey(std::string_view issuance) { return fmt::format("i/{}", IdOf(issuance)); }
std::string PlacementsKey(std::string_view territory) {
  return fmt::format("t/{}", IdOf(territory));
}
std::string InclusiveKey(std::string_view checklist_template, int32_t version) {
  return fmt::format("v/{}/{}", IdOf(checklist_template), version);
}

template <typename Row>
absl::StatusOr<std::optional<Row>> ReadRow(const ProjectionRows& rows, const std::string& key) {
  ASSIGN_OR_RETURN(const auto bytes, rows.Get(key));
  if (!bytes.has_value()) return std::optional<Row>();
  Row row;
  if (!row.ParseFromString(*bytes)) {
    return absl::DataLossError(fmt::format("row {} of the roll-ups cannot be read", key));
  }
  return std::optional<Row>(std::move(row));
}

template <typename Row>
absl::StatusOr<Row> ReadOrEmpty(const ProjectionRows& rows, const std::string& key) {
  ASSIGN_OR_RETURN(auto row, ReadRow<Row>(rows, key));
  return row.has_value() ? *std::move(row) : Row();
}

// One change of one territory's figures on its way up the tree.
struct Change {
  std::vector<FigureChange> figures;
  std::map<std::string, int64_t> counts;

  bool IsNothing() const {
    return figures.empty() && std::all_of(counts.begin(), counts.end(),
                                          [](const auto& count) { return count.second == 0; });
  }
};

class Tree {
 public:
  Tree(ProjectionRows& rows, std::string issuance, CivilDate day)
      : rows_(rows), issuance_(std::move(issuance)), day_(std::move(day)) {}

  // Changes a territory's own figures and everything above it. `came`: a checklist of it that is
  // new, or "".
  absl::Status ChangeOwn(const std::string& territory, Change change, std::string_view came) {
    if (came.empty() && change.IsNothing()) return absl::OkStatus();
    return Climb(territory, std::move(change), /*own=*/true, came);
  }

  // Adds all that a territory has to what lies around it, or takes it away.
  absl::Status ChangeAround(const std::string& territory, const std::string& parent, int sign) {
    if (parent.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const auto row,
                     ReadRow<v1::RollUpRow>(rows_, RollUpKey(issuance_, territory)));
    if (!row.has_value()) return absl::OkStatus();
    Change change;
    for (const v1::StateCount& count : row->counts()) {
      change.counts[count.state()] = sign * count.count();
    }
    for (const v1::ItemFigures& item : row->items()) {
      for (const v1::StageFigures& stage : item.stages()) {
        FigureChange& figure = change.figures.emplace_back();
        figure.item = item.item();
        figure.stage = stage.stage();
        figure.includes_lower_units = item.includes_lower_units();
        AddSums(EffectiveSums(item, stage), sign, figure.sums);
        figure.units_answered = sign * stage.units_answered();
        figure.units_not_applicable = sign * stage.units_not_applicable();
      }
    }
    child_ = territory;
    child_is_there_ = sign > 0;
    return Climb(parent, std::move(change), /*own=*/false, "");
  }

  // Where a territory lies on the last day of the period.
  absl::StatusOr<std::string> ParentOn(const std::string& territory) const {
    ASSIGN_OR_RETURN(const auto row,
                     ReadOrEmpty<v1::PlacementsRow>(rows_, PlacementsKey(territory)));
    return Within(row, day_);
  }

  static std::string Within(const v1::PlacementsRow& row, const CivilDate& day) {
    directory::v1::TerritoryState state;
    *state.mutable_placements() = row.placements();
    return directory::WithinOn(state, day);
  }

 private:
  absl::Status Climb(std::string territory, Change change, bool own, std::string_view came) {
    for (int depth = 0; !territory.empty() && depth < kDeepest; ++depth) {
      const std::string key = RollUpKey(issuance_, territory);
      ASSIGN_OR_RETURN(auto row, ReadOrEmpty<v1::RollUpRow>(rows_, key));
      if (!came.empty()) AddName(std::string(came), *row.mutable_checklists());
      came = "";
      if (!child_.empty()) {
        if (child_is_there_) {
          AddName(child_, *row.mutable_children());
        } else {
          RemoveName(child_, *row.mutable_children());
        }
      }
      for (FigureChange& figure : change.figures) ChangeFigure(figure, own, row);
      for (const auto& [state, by] : change.counts) ChangeCount(state, by, row);
      DropZeros(row);
      child_ = territory;
      child_is_there_ = row.ByteSizeLong() > 0;
      if (child_is_there_) {
        rows_.Put(key, row.SerializeAsString());
      } else {
        rows_.Delete(key);
      }
      own = false;
      ASSIGN_OR_RETURN(territory, ParentOn(territory));
    }
    child_.clear();
    return absl::OkStatus();
  }

  ProjectionRows& rows_;
  const std::string issuance_;
  const CivilDate day_;
  std::string child_;  // the territory from which the change comes
  bool child_is_there_ = false;
};

// --- events of templates, issuances, territories ---

absl::Status ApplyTemplate(const EventRecord& record, const v1::ChecklistTemplateEvent& event,
                           ProjectionRows& rows) {
  const v1::TemplateVersion* version = nullptr;
  if (event.has_template_prepared()) version = &event.template_prepared().version();
  if (event.has_template_revised()) version = &event.template_revised().version();
  if (version == nullptr) return absl::OkStatus();
  v1::InclusiveItemsRow row;
  for (const v1::TemplateItem& item : version->items()) {
    if (item.includes_lower_units()) row.add_items(item.id());
  }
  rows.Put(InclusiveKey(record.instance(), version->number()), row.SerializeAsString());
  return absl::OkStatus();
}

absl::Status ApplyIssuance(const EventRecord& record, const v1::IssuanceEvent& event,
                           ProjectionRows& rows) {
  if (!event.has_issuance_begun()) return absl::OkStatus();
  const v1::IssuanceBegun& begun = event.issuance_begun();
  v1::IssuanceRow row;
  row.set_checklist_template(begun.checklist_template());
  row.set_template_version(begun.template_version());
  row.set_period(begun.period().id());
  *row.mutable_until() = begun.period().until();
  rows.Put(IssuanceKey(record.instance()), row.SerializeAsString());
  ASSIGN_OR_RETURN(auto index, ReadOrEmpty<v1::IssuanceIndexRow>(rows, kIndexKey));
  AddName(std::string(IdOf(record.instance())), *index.mutable_issuances());
  rows.Put(kIndexKey, index.SerializeAsString());
  return absl::OkStatus();
}

// A territory lies elsewhere than was known: in every issuance whose last day that touches, all
// that it has goes over.
absl::Status ApplyTerritory(const EventRecord& record, const directory::v1::TerritoryEvent& event,
                            ProjectionRows& rows) {
  const std::string& territory = record.instance();
  const std::string key = PlacementsKey(territory);
  ASSIGN_OR_RETURN(const auto before, ReadOrEmpty<v1::PlacementsRow>(rows, key));
  directory::v1::TerritoryState state;
  *state.mutable_placements() = before.placements();
  state = directory::TerritoryDecider::Evolve(std::move(state), event);
  v1::PlacementsRow after;
  *after.mutable_placements() = state.placements();
  if (after.SerializeAsString() == before.SerializeAsString()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto index, ReadOrEmpty<v1::IssuanceIndexRow>(rows, kIndexKey));
  std::vector<std::pair<Tree, std::string>> moves;
  for (const std::string& id : index.issuances()) {
    ASSIGN_OR_RETURN(const auto issuance, ReadOrEmpty<v1::IssuanceRow>(rows, IssuanceKey(id)));
    const std::string from = Tree::Within(before, issuance.until());
    const std::string to = Tree::Within(after, issuance.until());
    if (from == to) continue;
    Tree tree(rows, id, issuance.until());
    RETURN_IF_ERROR(tree.ChangeAround(territory, from, -1));
    moves.emplace_back(std::move(tree), to);
  }
  rows.Put(key, after.SerializeAsString());
  for (auto& [tree, to] : moves) RETURN_IF_ERROR(tree.ChangeAround(territory, to, 1));
  return absl::OkStatus();
}

// --- events of checklists ---

// What figures need of a checklist; the rest would only make the rows large.
void Strip(v1::ChecklistState& state) {
  state.clear_reviews();
  state.clear_reporters();
  state.clear_corrections();
  state.clear_targets();
  state.clear_reason();
  state.clear_remind_on();
  state.clear_due_on();
  state.clear_close_on();
  state.clear_submitted_on();
  state.clear_rework_due_on();
  for (v1::Answer& answer : *state.mutable_answers()) {
    answer.clear_evidence();
    answer.clear_remark();
    if (answer.has_text()) answer.set_text("");
  }
}

bool Counts(const v1::ContributionRow& row) {
  // Drafts are nobody's business; what was withdrawn or never came has no figures.
  return row.state().stage() != v1::DATA_STAGE_UNSPECIFIED &&
         row.lifecycle_state() != "withdrawn" && row.lifecycle_state() != "closed";
}

absl::Status AddFigures(const v1::ContributionRow& row, int sign, const ProjectionRows& rows,
                        std::vector<FigureChange>& figures) {
  if (!Counts(row)) return absl::OkStatus();
  std::set<std::string> inclusive;
  const auto add_inclusive = [&](const std::string& name, int32_t version) -> absl::Status {
    ASSIGN_OR_RETURN(const auto items,
                     ReadOrEmpty<v1::InclusiveItemsRow>(rows, InclusiveKey(name, version)));
    inclusive.insert(items.items().begin(), items.items().end());
    return absl::OkStatus();
  };
  const v1::ChecklistState& state = row.state();
  RETURN_IF_ERROR(add_inclusive(state.checklist_template(), state.template_version()));
  for (const v1::AttachedRider& rider : state.riders()) {
    RETURN_IF_ERROR(add_inclusive(rider.rider(), rider.version()));
  }
  for (const v1::Answer& answer : state.answers()) {
    FigureChange change;
    change.item = answer.item();
    change.stage = state.stage();
    change.includes_lower_units = inclusive.contains(answer.item());
    AddSums(SumsOf(answer), sign, change.sums);
    change.units_answered = change.sums.answered();
    change.units_not_applicable = change.sums.not_applicable();
    figures.push_back(std::move(change));
  }
  return absl::OkStatus();
}

absl::Status ApplyChecklist(const EventRecord& record, const google::protobuf::Message& payload,
                            ProjectionRows& rows) {
  const std::string key = ContributionKey(record.instance());
  ASSIGN_OR_RETURN(const auto before, ReadRow<v1::ContributionRow>(rows, key));
  v1::ContributionRow after = before.value_or(v1::ContributionRow());
  if (const auto* event = dynamic_cast<const v1::ChecklistEvent*>(&payload)) {
    *after.mutable_state() = Checklist::Evolve(std::move(*after.mutable_state()), *event);
    Strip(*after.mutable_state());
  }
  // An event that leaves the state where it was says nothing of it to a reading by business date:
  // it may be dated before the events that led there.
  if (record.from_state() != record.to_state()) after.set_lifecycle_state(record.to_state());
  const std::string bytes = after.SerializeAsString();
  if (before.has_value() && before->SerializeAsString() == bytes) return absl::OkStatus();
  rows.Put(key, bytes);

  const std::string issuance(ParentOf(record.instance()));
  ASSIGN_OR_RETURN(const auto issued, ReadOrEmpty<v1::IssuanceRow>(rows, IssuanceKey(issuance)));
  Change change;
  if (before.has_value()) {
    RETURN_IF_ERROR(AddFigures(*before, -1, rows, change.figures));
    --change.counts[before->lifecycle_state()];
  }
  RETURN_IF_ERROR(AddFigures(after, 1, rows, change.figures));
  ++change.counts[after.lifecycle_state()];
  Tree tree(rows, issuance, issued.until());
  return tree.ChangeOwn(after.state().territory(), std::move(change),
                        before.has_value() ? "" : IdOf(record.instance()));
}

}  // namespace

absl::Status RollUps::Apply(const EventRecord& record, const google::protobuf::Message& payload,
                            ProjectionRows& rows) const {
  if (record.kind() == "checklist") return ApplyChecklist(record, payload, rows);
  if (const auto* event = dynamic_cast<const directory::v1::TerritoryEvent*>(&payload)) {
    return ApplyTerritory(record, *event, rows);
  }
  if (const auto* event = dynamic_cast<const v1::IssuanceEvent*>(&payload)) {
    return ApplyIssuance(record, *event, rows);
  }
  if (const auto* event = dynamic_cast<const v1::ChecklistTemplateEvent*>(&payload)) {
    return ApplyTemplate(record, *event, rows);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<v1::RollUpRow>> RollUpRows::RowOf(std::string_view issuance,
                                                               std::string_view territory) const {
  return ReadRow<v1::RollUpRow>(rows_, RollUpKey(issuance, territory));
}

absl::StatusOr<std::optional<v1::IssuanceRow>> RollUpRows::IssuanceOf(
    std::string_view issuance) const {
  return ReadRow<v1::IssuanceRow>(rows_, IssuanceKey(issuance));
}

absl::StatusOr<v1::IssuanceIndexRow> RollUpRows::Index() const {
  return ReadOrEmpty<v1::IssuanceIndexRow>(rows_, kIndexKey);
}

}  // namespace kasundo::monitoring
