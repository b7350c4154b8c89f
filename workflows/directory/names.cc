#include "workflows/directory/names.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/engine/refusal.h"

namespace kasundo::directory {
namespace {

auto FindAlias(const Aliases& aliases, std::string_view text) {
  return std::find_if(aliases.begin(), aliases.end(),
                      [&](const v1::Alias& alias) { return alias.text() == text; });
}

}  // namespace

std::string NameOn(const Names& names, const CivilDate& day) {
  const v1::DatedName* name = DatedOnOrFirst(names, day);
  return name == nullptr ? "" : name->text();
}

v1::DatedName MakeName(std::string_view text, const CivilDate& since, std::string_view document) {
  v1::DatedName name;
  name.set_text(std::string(text));
  if (IsSet(since)) *name.mutable_since() = since;
  name.set_document(std::string(document));
  return name;
}

absl::StatusOr<v1::NameGiven> GiveName(const Names& names, v1::DatedName name,
                                       std::string_view field) {
  if (const v1::DatedName* other = BeginningOn(names, name.since())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SAME_DATE,
                  fmt::format("the name \"{}\" begins on {} too", other->text(),
                              ToString(name.since())))
        .Field("since")
        .Mend("Give the day on which the new name began.");
  }
  const v1::DatedName* present = DatedOn(names, name.since());
  if (present != nullptr && present->text() == name.text()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  fmt::format("it is called \"{}\" already", name.text()))
        .Field(field)
        .Mend("Nothing needs to be done. If another name was meant, give that one.");
  }
  v1::NameGiven event;
  *event.mutable_name() = std::move(name);
  return event;
}

absl::StatusOr<v1::AliasAdded> AddAlias(const Names& names, const Aliases& aliases,
                                        const v1::Alias& alias) {
  const bool is_name = std::any_of(names.begin(), names.end(), [&](const v1::DatedName& name) {
    return name.text() == alias.text();
  });
  if (is_name || FindAlias(aliases, alias.text()) != aliases.end()) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ALREADY_RECORDED,
                  fmt::format("\"{}\" resolves to it already", alias.text()))
        .Field("alias.text")
        .Mend("Nothing needs to be done. If another alias was meant, give that one.");
  }
  v1::AliasAdded event;
  *event.mutable_alias() = alias;
  return event;
}

absl::StatusOr<v1::AliasRemoved> RemoveAlias(const Aliases& aliases, std::string_view text) {
  if (FindAlias(aliases, text) == aliases.end()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_NOT_RECORDED,
                  fmt::format("\"{}\" is none of its {} aliases", text, aliases.size()))
        .Field("text")
        .Mend("Write the alias exactly as it is listed in `aliases`.");
  }
  v1::AliasRemoved event;
  event.set_text(std::string(text));
  return event;
}

void Apply(const v1::NameGiven& event, Names* names) { InsertDated(names, event.name()); }

void Apply(const v1::AliasAdded& event, Aliases* aliases) { *aliases->Add() = event.alias(); }

void Apply(const v1::AliasRemoved& event, Aliases* aliases) {
  const auto found = FindAlias(*aliases, event.text());
  if (found != aliases->end()) aliases->erase(found);
}

}  // namespace kasundo::directory
