#include "services/monitoring/rollup_queries.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "services/monitoring/instance_lookup.h"
#include "services/monitoring/rolled_up_items.h"
#include "services/monitoring/rollup_reading.h"
#include "workflows/directory/dated.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/oversight.h"

namespace kasundo::monitoring {
namespace {

constexpr int kDefaultPage = 100;
constexpr int kMostInPage = 1'000;

int PageOf(int asked) { return asked <= 0 ? kDefaultPage : std::min(asked, kMostInPage); }

absl::Status NothingIssued(std::string what) {
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_NOTHING_ISSUED, std::move(what))
      .Mend("List the issuances of the realm.");
}

template <typename Request>
std::optional<api::v1::AsOf> AsOfOf(const Request& request) {
  return request.has_as_of() ? std::optional(request.as_of()) : std::nullopt;
}

// The issuance that is meant, by name.
absl::StatusOr<std::string> FindIssuance(const v1::GetRollUpRequest& request,
                                         const RollUpRows& rows) {
  if (!request.issuance().empty()) return request.issuance();
  ASSIGN_OR_RETURN(const v1::IssuanceIndexRow index, rows.Index());
  std::string found;
  std::string latest;
  for (const std::string& id : index.issuances()) {
    const std::string name = fmt::format("{}/issuances/{}", RealmOf(request.parent()), id);
    ASSIGN_OR_RETURN(const auto row, rows.IssuanceOf(name));
    if (!row.has_value() || row->checklist_template() != request.checklist_template()) continue;
    if (!request.period().empty() && row->period() != request.period()) continue;
    if (row->period() >= latest) {
      latest = row->period();
      found = name;
    }
  }
  if (!found.empty()) return found;
  return NothingIssued(fmt::format("nothing of {} was issued for {}", request.checklist_template(),
                                   request.period().empty() ? "any period" : request.period()));
}

const v1::IssuanceBegun* SettingsOf(InstanceLookup& lookup, const std::string& issuance) {
  const RelatedInstance* found = lookup.Find(issuance);
  const auto* state =
      found == nullptr ? nullptr : dynamic_cast<const v1::IssuanceState*>(found->state);
  return state == nullptr ? nullptr : &state->settings();
}

// What an issuance asks: its template and its riders.
std::vector<AskedItem> AskedBy(InstanceLookup& lookup, const v1::IssuanceBegun& settings) {
  v1::ChecklistState state;
  state.set_checklist_template(settings.checklist_template());
  state.set_template_version(settings.template_version());
  for (const v1::IssuedRider& issued : settings.riders()) {
    v1::AttachedRider& rider = *state.add_riders();
    rider.set_rider(issued.rider());
    rider.set_version(issued.version());
  }
  return ItemsOf(lookup.function(), state);
}

std::string TitleOf(InstanceLookup& lookup, const std::string& territory, const CivilDate& day) {
  const RelatedInstance* found = lookup.Find(territory);
  const auto* state =
      found == nullptr ? nullptr : dynamic_cast<const directory::v1::TerritoryState*>(found->state);
  if (state == nullptr) return "";
  const directory::v1::DatedName* name = directory::DatedOnOrFirst(state->names(), day);
  return name == nullptr ? "" : name->text();
}

// Everything that a question about one issuance needs.
struct Question {
  std::unique_ptr<RollUpReading> reading;
  std::unique_ptr<InstanceLookup> lookup;
  std::string issuance;
  const v1::IssuanceBegun* settings = nullptr;
  std::vector<AskedItem> asked;
};

absl::StatusOr<Question> Ask(const std::string& issuance, const std::optional<api::v1::AsOf>& as_of,
                             std::unique_ptr<RollUpReading> reading, const CallContext& call) {
  Question question;
  question.reading = std::move(reading);
  question.lookup = std::make_unique<InstanceLookup>(call.engine(), as_of);
  question.issuance = issuance;
  question.settings = SettingsOf(*question.lookup, issuance);
  if (question.settings == nullptr) {
    return NothingIssued(fmt::format("{} was not issued", issuance));
  }
  question.asked = AskedBy(*question.lookup, *question.settings);
  return question;
}

// --- what is behind a figure ---

// Answers of a territory and of what lies within it, unit by unit.
class Sources {
 public:
  Sources(const Question& question, const Engine& engine, const std::string& item, bool inclusive,
          size_t most)
      : question_(question), engine_(engine), item_(item), inclusive_(inclusive), most_(most) {}

  absl::Status Collect(const std::string& territory, bool counts) {
    if (full()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const auto row,
                     question_.reading->rows().RowOf(question_.issuance, territory));
    if (!row.has_value()) return absl::OkStatus();
    bool answered = false;
    for (const std::string& id : row->checklists()) {
      ASSIGN_OR_RETURN(const bool one,
                       Add(fmt::format("{}/checklists/{}", question_.issuance, id), counts));
      answered |= one;
    }
    for (const std::string& child : row->children()) {
      RETURN_IF_ERROR(Collect(child, counts && !(inclusive_ && answered)));
    }
    return absl::OkStatus();
  }

  bool full() const { return sources_.size() > most_; }
  std::vector<v1::FigureSource> Take() {
    if (full()) sources_.resize(most_);
    return std::move(sources_);
  }

 private:
  // Answers whether the checklist has such an answer that is validated.
  absl::StatusOr<bool> Add(const std::string& checklist, bool counts) {
    const RelatedInstance* found = question_.lookup->Find(checklist);
    const auto* state =
        found == nullptr ? nullptr : dynamic_cast<const v1::ChecklistState*>(found->state);
    if (state == nullptr || state->stage() == v1::DATA_STAGE_UNSPECIFIED) return false;
    const v1::Answer* answer = FindAnswer(state->answers(), item_);
    if (answer == nullptr) return false;
    const bool validated = state->stage() == v1::DATA_STAGE_VALIDATED;
    v1::FigureSource source;
    source.set_checklist(checklist);
    source.set_unit(state->unit());
    *source.mutable_answer() = *answer;
    source.set_stage(state->stage());
    source.set_counts(counts && validated);
    RETURN_IF_ERROR(AddEvents(checklist, found->position, source));
    sources_.push_back(std::move(source));
    return validated && !answer->not_applicable();
  }

  // The last events up to `until` that gave the answer and that validated it.
  absl::Status AddEvents(const std::string& checklist, int64_t until, v1::FigureSource& source) {
    ASSIGN_OR_RETURN(const auto history, engine_.History(checklist, 1, kMostInPage));
    for (const workflows::v1::EventRecord& record : history) {
      v1::ChecklistEvent event;
      if (record.position() > until || record.payload_type() != event.GetTypeName() ||
          !event.ParseFromString(record.payload())) {
        continue;
      }
      if (event.has_answers_given() &&
          FindAnswer(event.answers_given().answers(), item_) != nullptr) {
        Gave(record, event.answers_given().reporter(), source);
      } else if (event.has_answer_corrected() &&
                 event.answer_corrected().correction().item() == item_) {
        Gave(record, event.answer_corrected().correction().corrected_by(), source);
      } else if (event.has_checklist_validated()) {
        const v1::ChecklistActor& reviewer = event.checklist_validated().review().reviewer();
        source.set_validated_position(record.position());
        source.set_validated_by_person(reviewer.person());
        source.set_validated_by_office(reviewer.office());
      }
    }
    return absl::OkStatus();
  }

  static void Gave(const workflows::v1::EventRecord& record, const v1::ChecklistActor& actor,
                   v1::FigureSource& source) {
    source.set_position(record.position());
    source.set_event(record.event());
    source.set_account(record.actor().account());
    source.set_person(actor.person());
    source.set_office(actor.office());
    source.set_recorded_time(
        absl::FormatTime(absl::RFC3339_full,
                         absl::FromUnixSeconds(record.recorded_time().seconds()) +
                             absl::Nanoseconds(record.recorded_time().nanos()),
                         absl::UTCTimeZone()));
  }

  const Question& question_;
  const Engine& engine_;
  const std::string item_;
  const bool inclusive_;
  const size_t most_;
  std::vector<v1::FigureSource> sources_;
};

// --- what a body oversees ---

absl::Status CollectChecklists(const Question& question, const std::string& territory, size_t most,
                               std::vector<std::string>& names) {
  if (names.size() > most) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto row, question.reading->rows().RowOf(question.issuance, territory));
  if (!row.has_value()) return absl::OkStatus();
  for (const std::string& id : row->checklists()) {
    names.push_back(fmt::format("{}/checklists/{}", question.issuance, id));
  }
  for (const std::string& child : row->children()) {
    RETURN_IF_ERROR(CollectChecklists(question, child, most, names));
  }
  return absl::OkStatus();
}

// Checklists in the wanted states, until the page is full.
class Listing {
 public:
  Listing(const v1::ListOverseenChecklistsRequest& request, const CallContext& call,
          v1::ListOverseenChecklistsResponse& response)
      : call_(call),
        response_(response),
        wanted_(request.states().begin(), request.states().end()),
        most_(static_cast<size_t>(PageOf(request.page_size()))),
        mapping_(call.Mapping()) {
    mapping_.in_list = true;
  }

  size_t most() const { return most_; }
  bool full() const { return response_.truncated(); }

  absl::Status Add(const Instance& checklist) {
    if (!wanted_.empty() && !wanted_.contains(checklist.record.lifecycle_state())) {
      return absl::OkStatus();
    }
    if (static_cast<size_t>(response_.checklists_size()) == most_) {
      response_.set_truncated(true);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const auto resource, call_.Resource(checklist, mapping_));
    response_.add_checklists()->CopyFrom(*resource);
    return absl::OkStatus();
  }

  // A centre oversees all of an issuance, wherever its units lie.
  absl::Status AddAll(const std::string& issuance) {
    constexpr size_t kReadAtOnce = 500;
    std::string after;
    for (bool more = true; more && !full();) {
      ASSIGN_OR_RETURN(const auto page,
                       call_.engine().List("checklist", issuance, after, kReadAtOnce));
      for (const Instance& checklist : page) {
        RETURN_IF_ERROR(Add(checklist));
        if (full()) break;
      }
      more = page.size() == kReadAtOnce;
      if (more) after = page.back().name;
    }
    return absl::OkStatus();
  }

 private:
  const CallContext& call_;
  v1::ListOverseenChecklistsResponse& response_;
  const std::set<std::string> wanted_;
  const size_t most_;
  MappingContext mapping_;
};

}  // namespace

absl::StatusOr<v1::RollUp> GetRollUp(const v1::GetRollUpRequest& request, const CallContext& call) {
  if (request.issuance().empty() && request.checklist_template().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED,
                  "it is not said which figures are meant")
        .Field("issuance")
        .Mend("Name an issuance, or a template and a period.");
  }
  const auto as_of = AsOfOf(request);
  ASSIGN_OR_RETURN(auto reading, RollUpReading::Open(
                                     call.engine(), std::string(RealmOf(request.parent())), as_of));
  ASSIGN_OR_RETURN(const std::string issuance, FindIssuance(request, reading->rows()));
  ASSIGN_OR_RETURN(const Question question, Ask(issuance, as_of, std::move(reading), call));
  const v1::IssuanceBegun& settings = *question.settings;
  v1::RollUp roll_up;
  roll_up.set_territory(request.territory());
  roll_up.set_title(TitleOf(*question.lookup, request.territory(), settings.period().until()));
  roll_up.set_issuance(issuance);
  roll_up.set_checklist_template(settings.checklist_template());
  roll_up.set_template_version(settings.template_version());
  *roll_up.mutable_period() = settings.period();
  roll_up.set_position(question.reading->position());
  const RollUpRows& rows = question.reading->rows();
  ASSIGN_OR_RETURN(const auto row, rows.RowOf(issuance, request.territory()));
  FillRollUp(row.value_or(v1::RollUpRow()), question.asked, roll_up);
  if (!row.has_value()) return roll_up;
  for (const std::string& territory : row->children()) {
    ASSIGN_OR_RETURN(const auto within, rows.RowOf(issuance, territory));
    v1::RolledUpChild& child = *roll_up.add_children();
    child = ChildOf(within.value_or(v1::RollUpRow()), question.asked);
    child.set_territory(territory);
    child.set_title(TitleOf(*question.lookup, territory, settings.period().until()));
  }
  return roll_up;
}

absl::StatusOr<v1::ExplainFigureResponse> ExplainFigure(const v1::ExplainFigureRequest& request,
                                                        const CallContext& call) {
  const auto as_of = AsOfOf(request);
  ASSIGN_OR_RETURN(auto reading, RollUpReading::Open(
                                     call.engine(), std::string(RealmOf(request.parent())), as_of));
  ASSIGN_OR_RETURN(const Question question,
                   Ask(request.issuance(), as_of, std::move(reading), call));
  const auto asked =
      std::find_if(question.asked.begin(), question.asked.end(),
                   [&](const AskedItem& one) { return one.item->id() == request.item(); });
  if (asked == question.asked.end()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_ITEM_NOT_FOUND,
                  fmt::format("{} does not ask for \"{}\"", request.issuance(), request.item()))
        .Field("item")
        .Mend("Name an item of the template or of a rider that was issued with it.");
  }
  v1::ExplainFigureResponse response;
  ASSIGN_OR_RETURN(const auto row,
                   question.reading->rows().RowOf(request.issuance(), request.territory()));
  *response.mutable_figure() = RolledUp(*asked, row.value_or(v1::RollUpRow()));
  Sources sources(question, call.engine(), request.item(), asked->item->includes_lower_units(),
                  static_cast<size_t>(PageOf(request.page_size())));
  RETURN_IF_ERROR(sources.Collect(request.territory(), /*counts=*/true));
  response.set_truncated(sources.full());
  for (v1::FigureSource& source : sources.Take()) *response.add_sources() = std::move(source);
  return response;
}

absl::StatusOr<v1::ListOverseenChecklistsResponse> ListOverseenChecklists(
    const v1::ListOverseenChecklistsRequest& request, const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance body, call.engine().Get(request.name()));
  const auto* state = dynamic_cast<const committees::v1::CommitteeState*>(body.state.get());
  if (state == nullptr) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                  fmt::format("\"{}\" is a {}", request.name(), body.record.kind()))
        .Field("name")
        .Mend("Give the name of a body.");
  }
  const std::string realm(RealmOf(request.name()));
  ASSIGN_OR_RETURN(auto reading, RollUpReading::Open(call.engine(), realm, std::nullopt));
  ASSIGN_OR_RETURN(const Question question,
                   Ask(request.issuance(), std::nullopt, std::move(reading), call));
  v1::ListOverseenChecklistsResponse response;
  Listing listing(request, call, response);
  const std::string root = TerritoryOverseenBy(question.lookup->function(), request.name());
  if (root.empty()) {
    RETURN_IF_ERROR(listing.AddAll(request.issuance()));
    return response;
  }
  std::vector<std::string> names;
  // Wanted states thin out what is found: then all of the subtree is looked at.
  RETURN_IF_ERROR(CollectChecklists(
      question, root, request.states().empty() ? listing.most() : SIZE_MAX - 1, names));
  for (const std::string& name : names) {
    if (listing.full()) break;
    ASSIGN_OR_RETURN(const Instance checklist, call.engine().Get(name));
    RETURN_IF_ERROR(listing.Add(checklist));
  }
  return response;
}

}  // namespace kasundo::monitoring
