#include "workflows/engine/yaml_document.h"

#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/mark.h"
#include "yaml-cpp/parser.h"

namespace kasundo {

struct YamlNode::Data {
  Kind kind = Kind::kNull;
  SourcePosition at;
  std::string scalar;
  bool plain = false;
  std::vector<YamlNode> items;
  std::vector<Entry> entries;
  // What a walk through the node costs, with every alias unfolded: bytes of its scalars, and 16 per
  // node.
  size_t unfolded = 0;
  // How deep it goes, with every alias unfolded.
  size_t depth = 1;
};

namespace {

constexpr size_t kNodeCost = 16;
// The whole text, and two million values: a walk through a document, or its tree in memory, is
// never dearer than that.
constexpr size_t kMostUnfolded = kYamlMaxBytes + 2'000'000 * kNodeCost;
// More faults than this help nobody.
constexpr size_t kMostErrors = 100;

SourcePosition At(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {mark.line + 1, mark.column + 1};
}

// Ends the parse: the faults that led to it have been noted.
struct GiveUp {};

// The length of the UTF-8 character at the front of `text`, or 0 if there is none or YAML does not
// allow it.
size_t CharacterLength(std::string_view text) {
  const auto byte = [&text](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x20) return first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
  if (first < 0x80) return 1;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  // Overlong forms, surrogates and what lies above U+10FFFF.
  const unsigned char second = byte(1);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
      (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

// The first place that is no character of a YAML text.
bool FindBadCharacter(std::string_view text, SourcePosition& at) {
  at = {1, 1};
  while (!text.empty()) {
    const size_t length = CharacterLength(text);
    if (length == 0) return true;
    if (text.front() == '\n') {
      ++at.line;
      at.column = 1;
    } else {
      ++at.column;
    }
    text.remove_prefix(length);
  }
  return false;
}

}  // namespace

class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  explicit YamlTreeBuilder(std::vector<YamlError>& errors) : errors_(errors) {}

  const std::vector<YamlNode>& documents() const { return documents_; }

  void OnDocumentStart(const YAML::Mark&) override {
    open_.clear();
    anchors_.clear();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Add(New(YamlNode::Kind::kNull, mark), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      Fail(At(mark), "an alias stands inside of what it stands for",
           "Write the value out instead of the alias.");
      Add(New(YamlNode::Kind::kNull, mark), YAML::NullAnchor);
      return;
    }
    Add(found->second, YAML::NullAnchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    RefuseTag(mark, tag);
    auto data = New(YamlNode::Kind::kScalar, mark);
    data->scalar = value;
    data->plain = tag == "?";
    data->unfolded += value.size();
    Add(std::move(data), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    RefuseTag(mark, tag);
    Open(New(YamlNode::Kind::kSequence, mark), anchor);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    RefuseTag(mark, tag);
    Open(New(YamlNode::Kind::kMapping, mark), anchor);
  }
  void OnMapEnd() override { Close(); }

  void Fail(SourcePosition at, std::string message, std::string mend) {
    if (errors_.size() == kMostErrors) throw GiveUp();
    errors_.push_back({at, "", std::move(message), std::move(mend)});
  }

 private:
  using Data = YamlNode::Data;

  // A list or mapping whose end has not come yet.
  struct Unfinished {
    std::shared_ptr<Data> data;
    YAML::anchor_t anchor;
    std::set<std::string> keys;
    // A mapping's key that waits for its value.
    std::shared_ptr<const Data> key;
  };

  std::shared_ptr<Data> New(YamlNode::Kind kind, const YAML::Mark& mark) {
    auto data = std::make_shared<Data>();
    data->kind = kind;
    data->at = At(mark);
    data->unfolded = kNodeCost;
    return data;
  }

  void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    Fail(At(mark), fmt::format("tags are not understood: {}", tag), "Leave the tag out.");
  }

  void Open(std::shared_ptr<Data> data, YAML::anchor_t anchor) {
    if (open_.size() >= kYamlMaxDepth) {
      Fail(data->at, fmt::format("nested deeper than {} levels", kYamlMaxDepth),
           "Nest less deeply.");
      throw GiveUp();
    }
    open_.push_back({std::move(data), anchor, {}, nullptr});
  }

  void Close() {
    Unfinished finished = std::move(open_.back());
    open_.pop_back();
    Add(std::move(finished.data), finished.anchor);
  }

  void Add(std::shared_ptr<const Data> data, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = data;
    YamlNode node;
    node.data_ = data;
    if (open_.empty()) {
      documents_.push_back(std::move(node));
      return;
    }
    Unfinished& parent = open_.back();
    parent.data->unfolded += data->unfolded;
    parent.data->depth = std::max(parent.data->depth, data->depth + 1);
    if (parent.data->unfolded > kMostUnfolded || open_.size() + data->depth > kYamlMaxDepth) {
      Fail(data->at, "the document holds more than is read, with its aliases unfolded",
           "Write out what the aliases stand for, or split the file.");
      throw GiveUp();
    }
    if (parent.data->kind == YamlNode::Kind::kSequence) {
      parent.data->items.push_back(std::move(node));
    } else if (parent.key == nullptr) {
      parent.key = std::move(data);
      const Data& key = *parent.key;
      if (key.kind != YamlNode::Kind::kScalar) {
        Fail(key.at, "a key must be a text", "Put the key into quotes.");
      } else if (!parent.keys.insert(key.scalar).second) {
        Fail(key.at, fmt::format("the key \"{}\" stands here twice", key.scalar),
             "Keep one of the two.");
      }
    } else {
      parent.data->entries.push_back({parent.key->scalar, parent.key->at, std::move(node)});
      parent.key = nullptr;
    }
  }

  std::vector<YamlError>& errors_;
  std::vector<YamlNode> documents_;
  std::vector<Unfinished> open_;
  std::unordered_map<YAML::anchor_t, std::shared_ptr<const Data>> anchors_;
};

YamlNode::Kind YamlNode::kind() const { return data_ == nullptr ? Kind::kNull : data_->kind; }

SourcePosition YamlNode::at() const { return data_ == nullptr ? SourcePosition() : data_->at; }

const std::string& YamlNode::scalar() const {
  static const std::string none;
  return data_ == nullptr ? none : data_->scalar;
}

bool YamlNode::plain() const { return data_ != nullptr && data_->plain; }

const std::vector<YamlNode>& YamlNode::items() const {
  static const std::vector<YamlNode> none;
  return data_ == nullptr ? none : data_->items;
}

const std::vector<YamlNode::Entry>& YamlNode::entries() const {
  static const std::vector<Entry> none;
  return data_ == nullptr ? none : data_->entries;
}

const YamlNode* YamlNode::Find(std::string_view key) const {
  for (const Entry& entry : entries()) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::string_view YamlNode::KindInWords() const {
  switch (kind()) {
    case Kind::kNull:
      return "nothing";
    case Kind::kScalar:
      return "a single value";
    case Kind::kSequence:
      return "a list";
    case Kind::kMapping:
      return "a mapping";
  }
  return "";
}

std::string ToString(const YamlError& error) {
  return fmt::format("{}:{}: {}{}{}", error.at.line, error.at.column, error.message,
                     error.mend.empty() ? "" : " ", error.mend);
}

absl::Status ToStatus(const std::vector<YamlError>& errors) {
  std::vector<std::string> lines;
  lines.reserve(errors.size());
  for (const YamlError& error : errors) lines.push_back(ToString(error));
  const YamlError& first = errors.front();
  return Refuse(absl::StatusCode::kInvalidArgument,
                first.field.empty() ? api::v1::REASON_MALFORMED_REQUEST
                                    : api::v1::REASON_FIELD_INVALID,
                fmt::format("{}", fmt::join(lines, "\n")))
      .Field(first.field)
      .Mend(first.mend)
      .With("line", first.at.line)
      .With("column", first.at.column);
}

absl::StatusOr<std::vector<YamlNode>> ParseYamlDocuments(std::string_view text,
                                                         std::vector<YamlError>* errors) {
  std::vector<YamlError> found;
  YamlTreeBuilder builder(found);
  SourcePosition bad;
  if (text.size() > kYamlMaxBytes) {
    found.push_back(
        {{},
         "",
         fmt::format("the text has {} bytes; {} are allowed", text.size(), kYamlMaxBytes),
         "Split the file."});
  } else if (FindBadCharacter(text, bad)) {
    found.push_back({bad, "", "this is no character of a UTF-8 text",
                     "Save the file as UTF-8, without control characters."});
  } else {
    try {
      std::istringstream stream{std::string(text)};
      YAML::Parser parser(stream);
      while (parser.HandleNextDocument(builder)) {
      }
    } catch (const YAML::Exception& exception) {
      found.push_back({At(exception.mark), "", exception.msg, "Correct the YAML."});
    } catch (const GiveUp&) {
      // What led to it is among the faults.
    }
  }
  if (found.empty()) return builder.documents();
  if (errors != nullptr) errors->insert(errors->end(), found.begin(), found.end());
  return ToStatus(found);
}

absl::StatusOr<YamlNode> ParseYaml(std::string_view text, std::vector<YamlError>* errors) {
  auto documents = ParseYamlDocuments(text, errors);
  if (!documents.ok()) return std::move(documents).status();
  if (documents->empty()) return YamlNode();
  if (documents->size() == 1) return documents->front();
  const YamlError error{(*documents)[1].at(), "", "a second document begins here",
                        "Put it into a file of its own."};
  if (errors != nullptr) errors->push_back(error);
  return ToStatus({error});
}

}  // namespace kasundo
