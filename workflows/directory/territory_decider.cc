#include "workflows/directory/territory_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/directory/names.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

using Event = v1::TerritoryEvent;
using Events = absl::StatusOr<std::vector<Event>>;
using State = v1::TerritoryState;

// A smaller number is a higher level; cities and municipalities rank alike.
int Rank(v1::TerritoryLevel level) {
  return level == v1::TERRITORY_LEVEL_MUNICIPALITY ? v1::TERRITORY_LEVEL_CITY : level;
}

std::string InWords(v1::TerritoryLevel level) {
  std::string text = v1::TerritoryLevel_Name(level).substr(sizeof("TERRITORY_LEVEL_") - 1);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c == '_' ? ' ' : static_cast<char>(c | 0x20); });
  return text;
}

absl::Status RefuseLevel(std::string_view field, v1::TerritoryLevel below, v1::TerritoryLevel above,
                         std::string_view other) {
  return Refuse(
             absl::StatusCode::kFailedPrecondition, v1::REASON_LEVEL_NOT_BELOW_PARENT,
             fmt::format("a {} cannot lie within a {} ({})", InWords(below), InWords(above), other))
      .Field(field)
      .Mend("Place it within a territory of a higher level.");
}

absl::Status RefuseCycle(std::string_view field, std::string_view other) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TERRITORY_CYCLE,
                fmt::format("it would lie within itself, by {}", other))
      .Field(field)
      .Mend("Name another territory: neither this one nor one that lies within it.");
}

// Whether, at some time within [since, until], `name` is `target` or lies within it. The placements
// of each are followed only for the time that is left, so that a territory may change places with
// another one after the other.
bool EverWithin(const Context& context, const std::string& name, const std::string& target,
                CivilDate since, CivilDate until) {
  if (name == target) return true;
  const auto* state = context.Related<State>(name);
  if (state == nullptr) return false;
  for (const v1::Placement& placement : state->placements()) {
    if (placement.within().empty() ||
        !Overlap(placement.since(), placement.until(), since, until)) {
      continue;
    }
    const CivilDate& from = Compare(placement.since(), since) > 0 ? placement.since() : since;
    const bool ends_first =
        IsSet(placement.until()) && (!IsSet(until) || Compare(placement.until(), until) < 0);
    if (EverWithin(context, placement.within(), target, from,
                   ends_first ? placement.until() : until)) {
      return true;
    }
  }
  return false;
}

// Rules of a place: the one around it exists, ranks higher on that day, and does not lie within
// this one.
absl::Status CheckPlace(const Context& context, v1::TerritoryLevel level, const std::string& within,
                        const CivilDate& since, const CivilDate& until) {
  if (within.empty()) return absl::OkStatus();
  if (EverWithin(context, within, context.instance, since, until)) {
    return RefuseCycle("within", within);
  }
  RETURN_IF_ERROR(CheckThere(context, "within", within, {"existing", "dissolved"}));
  const auto* around = context.Related<State>(within);
  if (around == nullptr) return absl::OkStatus();
  if (IsSet(around->dissolved_on()) &&
      (!IsSet(since) || First(since) > Last(around->dissolved_on()))) {
    return CheckThere(context, "within", within, {"existing"});
  }
  const v1::TerritoryLevel above = LevelOn(*around, since);
  return MayLieWithin(level, above) ? absl::OkStatus()
                                    : RefuseLevel("within", level, above, within);
}

// Territories that exist and lie within this one on a day.
std::vector<std::string> UnitsOn(const State& state, const Context& context, const CivilDate& day) {
  std::vector<std::string> units;
  for (const std::string& name : state.units()) {
    const RelatedInstance* unit = context.Find(name);
    const auto* unit_state = context.Related<State>(name);
    if (unit_state != nullptr && unit->lifecycle_state == "existing" &&
        WithinOn(*unit_state, day) == context.instance) {
      units.push_back(name);
    }
  }
  return units;
}

absl::Status CheckHasNoUnits(const State& state, const Context& context, const CivilDate& day) {
  const std::vector<std::string> units = UnitsOn(state, context, day);
  if (units.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_HAS_UNITS,
                fmt::format("{} territories still lie within it on {}: {}", units.size(),
                            ToString(day), fmt::join(units, ", ")))
      .Mend("Place them within another territory first.")
      .With("units", static_cast<int64_t>(units.size()));
}

v1::DatedLevel MakeLevel(v1::TerritoryLevel level, const CivilDate& since,
                         const std::string& document) {
  v1::DatedLevel dated;
  dated.set_level(level);
  if (IsSet(since)) *dated.mutable_since() = since;
  dated.set_document(document);
  return dated;
}

v1::Placement MakePlacement(const std::string& within, const CivilDate& since,
                            const std::string& document) {
  v1::Placement placement;
  placement.set_within(within);
  if (IsSet(since)) *placement.mutable_since() = since;
  placement.set_document(document);
  return placement;
}

Events Create(const v1::CreateTerritoryRequest& request, const State&, const Context& context) {
  RETURN_IF_ERROR(
      CheckPlace(context, request.level(), request.within(), request.since(), CivilDate()));
  v1::TerritoryCreated fact;
  *fact.mutable_name() = MakeName(request.title(), request.since(), request.document());
  *fact.mutable_level() = MakeLevel(request.level(), request.since(), request.document());
  if (!request.within().empty()) {
    *fact.mutable_placement() =
        MakePlacement(request.within(), request.since(), request.document());
  }
  *fact.mutable_aliases() = request.aliases();
  *fact.mutable_codes() = request.codes();
  *fact.mutable_formed_from() = request.formed_from();
  return Answer<Event, v1::TerritoryCreated>(&Event::mutable_territory_created, std::move(fact));
}

Events Rename(const v1::RenameTerritoryRequest& request, const State& state,
              const Context& context) {
  return Answer(
      &Event::mutable_name_given,
      GiveName(state.names(), MakeName(request.title(), DateOr(request.since(), context.today),
                                       request.document())));
}

Events AddAnAlias(const v1::AddTerritoryAliasRequest& request, const State& state, const Context&) {
  return Answer(&Event::mutable_alias_added,
                AddAlias(state.names(), state.aliases(), request.alias()));
}

Events RemoveAnAlias(const v1::RemoveTerritoryAliasRequest& request, const State& state,
                     const Context&) {
  return Answer(&Event::mutable_alias_removed, RemoveAlias(state.aliases(), request.text()));
}

Events Code(const v1::CodeTerritoryRequest& request, const State& state, const Context&) {
  const bool known =
      std::any_of(state.codes().begin(), state.codes().end(), [&](const v1::TerritoryCode& code) {
        return code.value() == request.code().value() && code.scheme() == request.code().scheme();
      });
  if (known) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ALREADY_RECORDED,
                  fmt::format("the code {} is recorded already", request.code().value()))
        .Field("code")
        .Mend("Nothing needs to be done. If another code was meant, give that one.");
  }
  v1::TerritoryCoded fact;
  *fact.mutable_code() = request.code();
  return Answer<Event, v1::TerritoryCoded>(&Event::mutable_territory_coded, std::move(fact));
}

// A new level is checked against both neighbours in the tree: what lies around it and what lies
// within it on that day.
absl::Status CheckLevel(v1::TerritoryLevel level, const CivilDate& since, const State& state,
                        const Context& context) {
  const std::string within = WithinOn(state, since);
  const auto* around = context.Related<State>(within);
  if (around != nullptr && !MayLieWithin(level, LevelOn(*around, since))) {
    return RefuseLevel("level", level, LevelOn(*around, since), within);
  }
  for (const std::string& unit : UnitsOn(state, context, since)) {
    const v1::TerritoryLevel below = LevelOn(*context.Related<State>(unit), since);
    if (!MayLieWithin(below, level)) return RefuseLevel("level", below, level, unit);
  }
  return absl::OkStatus();
}

Events Reclassify(const v1::ReclassifyTerritoryRequest& request, const State& state,
                  const Context& context) {
  const CivilDate& since = DateOr(request.since(), context.today);
  if (BeginningOn(state.levels(), since) != nullptr) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SAME_DATE,
                  fmt::format("another level begins on {}", ToString(since)))
        .Field("since")
        .Mend("Give the day on which the new level begins.");
  }
  if (LevelOn(state, since) == request.level()) {
    return NothingToChange(fmt::format("it is a {} already", InWords(request.level())))
        .Field("level");
  }
  RETURN_IF_ERROR(CheckLevel(request.level(), since, state, context));
  v1::TerritoryReclassified fact;
  *fact.mutable_level() = MakeLevel(request.level(), since, request.document());
  return Answer<Event, v1::TerritoryReclassified>(&Event::mutable_territory_reclassified,
                                                  std::move(fact));
}

Events Place(const v1::PlaceTerritoryRequest& request, const State& state, const Context& context) {
  const CivilDate& since = DateOr(request.since(), context.today);
  if (BeginningOn(state.placements(), since) != nullptr) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SAME_DATE,
                  fmt::format("another placement begins on {}", ToString(since)))
        .Field("since")
        .Mend("Give the day from which it lies in the new place.");
  }
  if (WithinOn(state, since) == request.within()) {
    return NothingToChange("it lies there already").Field("within");
  }
  // The new place holds until the next one that is known.
  CivilDate until;
  for (const v1::Placement& placement : state.placements()) {
    if (Compare(placement.since(), since) > 0) {
      until = EndBefore(placement.since());
      break;
    }
  }
  RETURN_IF_ERROR(CheckPlace(context, LevelOn(state, since), request.within(), since, until));
  v1::TerritoryPlaced fact;
  *fact.mutable_placement() = MakePlacement(request.within(), since, request.document());
  return Answer<Event, v1::TerritoryPlaced>(&Event::mutable_territory_placed, std::move(fact));
}

Events Split(const v1::SplitTerritoryRequest& request, const State& state, const Context& context) {
  if (std::find(request.into().begin(), request.into().end(), context.instance) !=
      request.into().end()) {
    return RefuseCycle("into", context.instance);
  }
  const CivilDate& on = DateOr(request.on(), context.today);
  v1::TerritorySplit fact;
  *fact.mutable_into() = request.into();
  *fact.mutable_on() = on;
  fact.set_document(request.document());
  std::vector<Event> events;
  Append(events, &Event::mutable_territory_split, std::move(fact));
  if (request.ceases()) {
    RETURN_IF_ERROR(CheckHasNoUnits(state, context, on));
    v1::TerritoryDissolved end;
    *end.mutable_on() = EndBefore(on);
    end.set_document(request.document());
    Append(events, &Event::mutable_territory_dissolved, std::move(end));
  }
  return events;
}

Events Merge(const v1::MergeTerritoryRequest& request, const State& state, const Context& context) {
  if (request.into() == context.instance) return RefuseCycle("into", request.into());
  RETURN_IF_ERROR(CheckThere(context, "into", request.into(), {"existing"}));
  const CivilDate& on = DateOr(request.on(), context.today);
  RETURN_IF_ERROR(CheckHasNoUnits(state, context, on));
  v1::TerritoryMerged fact;
  fact.set_into(request.into());
  *fact.mutable_on() = on;
  fact.set_document(request.document());
  return Answer<Event, v1::TerritoryMerged>(&Event::mutable_territory_merged, std::move(fact));
}

Events Dissolve(const v1::DissolveTerritoryRequest& request, const State& state,
                const Context& context) {
  const CivilDate& on = DateOr(request.on(), context.today);
  RETURN_IF_ERROR(CheckHasNoUnits(state, context, StartAfter(on)));
  v1::TerritoryDissolved fact;
  *fact.mutable_on() = on;
  fact.set_document(request.document());
  return Answer<Event, v1::TerritoryDissolved>(&Event::mutable_territory_dissolved,
                                               std::move(fact));
}

Events Restore(const v1::RestoreTerritoryRequest&, const State&, const Context&) {
  return Answer<Event, v1::TerritoryRestored>(&Event::mutable_territory_restored,
                                              v1::TerritoryRestored());
}

Events Withdraw(const v1::WithdrawTerritoryRequest&, const State& state, const Context& context) {
  const std::vector<std::string> units = UnitsOn(state, context, context.today);
  if (!units.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_IN_USE,
                  fmt::format("{} territories lie within it", units.size()))
        .Mend("Place them elsewhere first, or dissolve it instead.");
  }
  return Answer<Event, v1::TerritoryWithdrawn>(&Event::mutable_territory_withdrawn,
                                               v1::TerritoryWithdrawn());
}

Events ListUnit(const v1::ListUnitRequest& request, const State& state, const Context&) {
  RETURN_IF_ERROR(CheckNotListed(state.units(), request.unit()));
  v1::UnitListed fact;
  fact.set_unit(request.unit());
  return Answer<Event, v1::UnitListed>(&Event::mutable_unit_listed, std::move(fact));
}

void ApplyCreated(const v1::TerritoryCreated& fact, State* state) {
  InsertDated(state->mutable_names(), fact.name());
  InsertDated(state->mutable_levels(), fact.level());
  if (fact.has_placement()) InsertDated(state->mutable_placements(), fact.placement());
  *state->mutable_aliases() = fact.aliases();
  *state->mutable_codes() = fact.codes();
  *state->mutable_formed_from() = fact.formed_from();
}

// Its organisation governs the territory or works in it.
bool IsOfItsOffices(const State&, const Context& context) {
  const auto* own = context.Related<v1::OrganisationState>(context.actor.organisation());
  return own != nullptr && own->territory() == context.instance;
}

}  // namespace

bool MayLieWithin(v1::TerritoryLevel below, v1::TerritoryLevel above) {
  return Rank(above) < Rank(below) ||
         (above == v1::TERRITORY_LEVEL_OTHER && below == v1::TERRITORY_LEVEL_OTHER);
}

v1::TerritoryLevel LevelOn(const v1::TerritoryState& territory, const CivilDate& day) {
  const v1::DatedLevel* level = DatedOnOrFirst(territory.levels(), day);
  return level == nullptr ? v1::TERRITORY_LEVEL_UNSPECIFIED : level->level();
}

std::string WithinOn(const v1::TerritoryState& territory, const CivilDate& day) {
  const v1::Placement* placement = DatedOn(territory.placements(), day);
  return placement == nullptr ? "" : placement->within();
}

State TerritoryDecider::Initial() { return State(); }

State TerritoryDecider::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kTerritoryCreated:
      ApplyCreated(event.territory_created(), &state);
      break;
    case Event::kNameGiven:
      Apply(event.name_given(), state.mutable_names());
      break;
    case Event::kAliasAdded:
      Apply(event.alias_added(), state.mutable_aliases());
      break;
    case Event::kAliasRemoved:
      Apply(event.alias_removed(), state.mutable_aliases());
      break;
    case Event::kTerritoryCoded:
      *state.add_codes() = event.territory_coded().code();
      break;
    case Event::kTerritoryReclassified:
      InsertDated(state.mutable_levels(), event.territory_reclassified().level());
      break;
    case Event::kTerritoryPlaced:
      InsertDated(state.mutable_placements(), event.territory_placed().placement());
      break;
    case Event::kTerritorySplit:
      state.mutable_split_into()->MergeFrom(event.territory_split().into());
      break;
    case Event::kTerritoryMerged:
      state.set_merged_into(event.territory_merged().into());
      *state.mutable_dissolved_on() = EndBefore(event.territory_merged().on());
      break;
    case Event::kTerritoryDissolved:
      *state.mutable_dissolved_on() = event.territory_dissolved().on();
      break;
    case Event::kTerritoryRestored:
      state.clear_dissolved_on();
      state.clear_merged_into();
      break;
    case Event::kUnitListed:
      state.add_units(event.unit_listed().unit());
      break;
    case Event::kTerritoryWithdrawn:
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& TerritoryDecider::Traits() {
  static const KindTraits traits{"territory", "territories", ""};
  return traits;
}

const std::vector<CommandCase<TerritoryDecider>>& TerritoryDecider::Commands() {
  static const std::vector<CommandCase<TerritoryDecider>> cases = {
      On(&Create, {"TerritoryCreated"}),   On(&Rename, {"NameGiven"}),
      On(&AddAnAlias, {"AliasAdded"}),     On(&RemoveAnAlias, {"AliasRemoved"}),
      On(&Code, {"TerritoryCoded"}),       On(&Reclassify, {"TerritoryReclassified"}),
      On(&Place, {"TerritoryPlaced"}),     On(&Split, {"TerritorySplit", "TerritoryDissolved"}),
      On(&Merge, {"TerritoryMerged"}),     On(&Dissolve, {"TerritoryDissolved"}),
      On(&Restore, {"TerritoryRestored"}), On(&Withdraw, {"TerritoryWithdrawn"}),
      On(&ListUnit, {"UnitListed"}),
  };
  return cases;
}

const std::vector<RoleCase<TerritoryDecider>>& TerritoryDecider::Roles() {
  static const std::vector<RoleCase<TerritoryDecider>> roles = {
      {"territory-office", "an office of an organisation of this territory", &IsOfItsOffices},
  };
  return roles;
}

const std::vector<GuardCase<TerritoryDecider>>& TerritoryDecider::Guards() {
  static const std::vector<GuardCase<TerritoryDecider>> guards = {};
  return guards;
}

}  // namespace kasundo::directory
