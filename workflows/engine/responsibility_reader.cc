#include "workflows/engine/responsibility_reader.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/context.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using workflows::v1::OfficeSource;
using workflows::v1::ResponsibilityRule;

constexpr char kOwnName[] = "name";

absl::Status NotThat(std::string_view path, std::string_view what, std::string_view mend) {
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                fmt::format("\"{}\" {}", path, what))
      .Mend(mend);
}

// "" wants nothing, "*" anything, all else just that.
bool HasValue(const std::vector<std::string>& values, const std::string& wanted) {
  if (wanted.empty()) return values.empty();
  if (wanted == "*") return !values.empty();
  return std::find(values.begin(), values.end(), wanted) != values.end();
}

void AddOnce(std::string text, std::vector<std::string>* texts) {
  if (std::find(texts->begin(), texts->end(), text) == texts->end()) {
    texts->push_back(std::move(text));
  }
}

CivilDate DateOf(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  const auto date = ParseCivilDate(texts.front());
  return date.ok() ? *date : CivilDate();
}

std::string TextOf(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    return "";
  }
  return message.GetReflection()->GetString(message, field);
}

// Elements of the lists at the end of a path, in order.
std::vector<const Message*> ElementsAt(const DatedPath& path, const Message& state,
                                       const CivilDate& day) {
  std::vector<const Message*> elements;
  path.VisitHolders(state, day, [&](const Message& holder) {
    const auto* reflection = holder.GetReflection();
    for (int i = 0; i < reflection->FieldSize(holder, path.field()); ++i) {
      elements.push_back(&reflection->GetRepeatedMessage(holder, path.field(), i));
    }
  });
  return elements;
}

}  // namespace

// Resolves the paths of one rule and collects what is wrong with them.
struct ResponsibilityReader::Compiler {
  const Descriptor* state_type;
  const Descriptor* element_type;  // the same without `each`
  std::vector<Problem>* problems;

  void Complain(std::string where, absl::Status status) {
    if (problems != nullptr) problems->push_back({std::move(where), std::move(status)});
  }

  std::optional<DatedPath> List(const std::string& path, const std::string& where) {
    auto found = DatedPath::Resolve(state_type, path);
    if (!found.ok()) {
      Complain(where, found.status());
      return std::nullopt;
    }
    if (!found->field()->is_repeated() || found->field()->message_type() == nullptr) {
      Complain(where, NotThat(path, "is no list of messages", "Name a list whose elements count."));
      return std::nullopt;
    }
    return *std::move(found);
  }

  std::optional<Path> Text(const std::string& path, const std::string& where) {
    auto found = DatedPath::Resolve(element_type, path);
    bool in_state = element_type == state_type;
    if (!found.ok() && !in_state) {
      if (auto other = DatedPath::Resolve(state_type, path); other.ok()) {
        found = std::move(other);
        in_state = true;
      }
    }
    if (!found.ok()) {
      Complain(where, found.status());
      return std::nullopt;
    }
    if (!found->IsText()) {
      Complain(where, NotThat(path, "is neither text nor an enum, a date or a yes-or-no",
                              "End the path at a field that can be shown."));
      return std::nullopt;
    }
    return Path{*std::move(found), in_state};
  }

  std::optional<Path> Date(const std::string& path, const std::string& where) {
    auto found = Text(path, where);
    if (!found.has_value() || IsCivilDate(found->path.field()->message_type())) return found;
    Complain(where, NotThat(path, "is no date", "Name a field that holds a date."));
    return std::nullopt;
  }

  template <typename Names>
  std::vector<Path> Texts(const Names& paths, const std::string& where) {
    std::vector<Path> found;
    for (int i = 0; i < paths.size(); ++i) {
      auto path = Text(paths[i], fmt::format("{}[{}]", where, i));
      if (path.has_value()) found.push_back(*std::move(path));
    }
    return found;
  }

  // In order of the paths: maps have none of their own.
  template <typename Map>
  static std::map<std::string, std::string> Ordered(const Map& values) {
    return {values.begin(), values.end()};
  }

  template <typename Map>
  std::vector<std::pair<Path, std::string>> Values(const Map& values, const std::string& where) {
    std::vector<std::pair<Path, std::string>> found;
    for (const auto& [path, value] : Ordered(values)) {
      if (auto resolved = Text(path, where)) found.emplace_back(*std::move(resolved), value);
    }
    return found;
  }

  std::optional<Source> One(const OfficeSource& from, const std::string& where) {
    auto path = Text(from.path(), where + ".path");
    if (!path.has_value()) return std::nullopt;
    if (path->path.field()->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
      Complain(where + ".path", NotThat(from.path(), "holds no names", "Name a field of names."));
      return std::nullopt;
    }
    const Descriptor* holder = path->path.field()->containing_type();
    Source source{*std::move(path), {}, std::nullopt, {}};
    for (const auto& [key, value] : Ordered(from.where())) {
      auto field = DatedPath::Resolve(holder, key);
      if (!field.ok()) {
        Complain(where + ".where", field.status());
      } else if (field->IsText()) {
        source.where.emplace_back(*std::move(field), value);
      } else {
        Complain(where + ".where", NotThat(key, "cannot be compared", "Name a field of text."));
      }
    }
    if (from.among().empty()) return source;
    source.among = List(from.among(), where + ".among");
    if (!source.among.has_value()) return std::nullopt;
    for (int i = 0; i < from.take_size(); ++i) {
      auto field = DatedPath::Resolve(source.among->field()->message_type(), from.take(i));
      const std::string at = fmt::format("{}.take[{}]", where, i);
      if (!field.ok()) {
        Complain(at, field.status());
      } else if (field->IsText()) {
        source.take.push_back(*std::move(field));
      } else {
        Complain(at, NotThat(from.take(i), "holds no name", "Name a field of text."));
      }
    }
    return source;
  }

  template <typename Sources>
  std::vector<Source> All(const Sources& sources, const std::string& where) {
    std::vector<Source> found;
    for (int i = 0; i < sources.size(); ++i) {
      auto source = One(sources[i], fmt::format("{}[{}]", where, i));
      if (source.has_value()) found.push_back(*std::move(source));
    }
    return found;
  }
};

ResponsibilityReader::ResponsibilityReader(const ResponsibilityRule& rule,
                                           const Descriptor* state_type,
                                           std::vector<Problem>* problems)
    : rule_(&rule) {
  Compiler compiler{state_type, state_type, problems};
  if (!rule.each().empty()) {
    each_ = compiler.List(rule.each(), "each");
    if (each_.has_value()) compiler.element_type = each_->field()->message_type();
  }
  accountable_ = compiler.All(rule.accountable(), "accountable");
  responsible_ = compiler.All(rule.responsible(), "responsible");
  consulted_ = compiler.All(rule.consulted(), "consulted");
  informed_ = compiler.All(rule.informed(), "informed");
  title_ = compiler.Texts(rule.title(), "title");
  for (int i = 0; i < rule.topics_size(); ++i) {
    if (rule.topics(i) == kOwnName && state_type->FindFieldByName(kOwnName) == nullptr) {
      named_topic_ = true;
    } else if (auto path = compiler.Text(rule.topics(i), fmt::format("topics[{}]", i))) {
      topics_.push_back(*std::move(path));
    }
  }
  territories_ = compiler.Texts(rule.territories(), "territories");
  if (!rule.subject().empty()) subject_ = compiler.Text(rule.subject(), "subject");
  if (!rule.since().empty()) since_ = compiler.Date(rule.since(), "since");
  if (!rule.until().empty()) until_ = compiler.Date(rule.until(), "until");
  where_ = compiler.Values(rule.where(), "where");
  unless_ = compiler.Values(rule.unless(), "unless");
}

std::vector<std::string> ResponsibilityReader::Texts(const Path& path, const Message& element,
                                                     const Message& state,
                                                     const CivilDate& day) const {
  return path.path.Texts(path.in_state ? state : element, day);
}

std::vector<std::string> ResponsibilityReader::TextsOfAll(const std::vector<Path>& paths,
                                                          const Message& element,
                                                          const Message& state,
                                                          const CivilDate& day) const {
  std::vector<std::string> all;
  for (const Path& path : paths) {
    for (std::string& text : Texts(path, element, state, day)) AddOnce(std::move(text), &all);
  }
  return all;
}

std::vector<std::string> ResponsibilityReader::Names(const std::vector<Source>& sources,
                                                     const Message& element, const Message& state,
                                                     const CivilDate& day) const {
  std::vector<std::string> names;
  for (const Source& source : sources) {
    std::vector<std::string> given;
    const Message& from = source.path.in_state ? state : element;
    source.path.path.VisitHolders(from, day, [&](const Message& holder) {
      const bool counts =
          std::all_of(source.where.begin(), source.where.end(), [&](const auto& condition) {
            return HasValue(condition.first.Texts(holder, day), condition.second);
          });
      if (!counts) return;
      for (std::string& text : source.path.path.TextsIn(holder)) given.push_back(std::move(text));
    });
    if (!source.among.has_value()) {
      for (std::string& name : given) AddOnce(std::move(name), &names);
      continue;
    }
    for (const Message* entry : ElementsAt(*source.among, state, day)) {
      if (std::find(given.begin(), given.end(), TextOf(*entry, "id")) == given.end()) continue;
      for (const DatedPath& field : source.take) {
        const auto found = field.Texts(*entry, day);
        if (found.empty()) continue;
        AddOnce(found.front(), &names);
        break;
      }
    }
  }
  return names;
}

std::optional<ResponsibilityReader::Row> ResponsibilityReader::ReadElement(
    const Message& element, const Message& state, const CivilDate& day,
    std::string_view instance) const {
  const auto has = [&](const auto& condition) {
    return HasValue(Texts(condition.first, element, state, day), condition.second);
  };
  if (!std::all_of(where_.begin(), where_.end(), has) ||
      std::any_of(unless_.begin(), unless_.end(), has)) {
    return std::nullopt;
  }
  Row row;
  if (since_.has_value()) row.since = DateOf(Texts(*since_, element, state, day));
  if (until_.has_value()) row.until = DateOf(Texts(*until_, element, state, day));
  if (!Covers(row.since, row.until, day)) return std::nullopt;
  for (const Path& path : title_) {
    const auto texts = Texts(path, element, state, day);
    if (texts.empty()) continue;
    row.title = texts.back();  // of names that followed each other, the last one
    break;
  }
  if (row.title.empty()) row.title = std::string(IdOf(instance));
  row.accountable = Names(accountable_, element, state, day);
  row.responsible = Names(responsible_, element, state, day);
  row.consulted = Names(consulted_, element, state, day);
  row.informed = Names(informed_, element, state, day);
  row.topics = TextsOfAll(topics_, element, state, day);
  if (named_topic_) row.topics.emplace_back(instance);
  row.territories = TextsOfAll(territories_, element, state, day);
  if (subject_.has_value()) {
    const auto subjects = Texts(*subject_, element, state, day);
    if (!subjects.empty()) row.subject = subjects.front();
  }
  return row;
}

std::vector<ResponsibilityReader::Row> ResponsibilityReader::Read(const Message& state,
                                                                  const CivilDate& day,
                                                                  std::string_view instance) const {
  std::vector<Row> rows;
  if (!each_.has_value()) {
    if (!rule_->each().empty()) return rows;
    if (auto row = ReadElement(state, state, day, instance)) rows.push_back(*std::move(row));
    return rows;
  }
  int number = 0;
  for (const Message* element : ElementsAt(*each_, state, day)) {
    ++number;
    if (!HoldsOn(*element, day)) continue;
    auto row = ReadElement(*element, state, day, instance);
    if (!row.has_value()) continue;
    row->item = TextOf(*element, "id");
    if (row->item.empty()) row->item = std::to_string(number);
    rows.push_back(*std::move(row));
  }
  return rows;
}

}  // namespace kasundo
