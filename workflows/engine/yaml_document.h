// YAML text as a tree that remembers where everything stands. The only place that knows which
// library parses YAML.
//
// Beyond that library it refuses, with line and column: text that is not UTF-8 or has control
// characters, keys that are not scalars, a key twice in one mapping, tags, nesting deeper than 64,
// text of more than 16 MiB or two million values, and aliases that would unfold to more than that
// ("billion laughs"). Aliases within these bounds are followed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kasundo {

inline constexpr size_t kYamlMaxBytes = 16u << 20;
inline constexpr size_t kYamlMaxDepth = 64;

// A place in a text; both from 1, 0 if unknown.
struct SourcePosition {
  int line = 0;
  int column = 0;

  bool operator==(const SourcePosition&) const = default;
};

// One fault of a text.
struct YamlError {
  SourcePosition at;
  std::string
      field;  // path in the message that was to be filled; empty if the text could not be parsed
  std::string message;  // what is wrong
  std::string mend;     // what to do about it
};

// "12:9: no field "stat" ... (Did you mean "state"?)"
std::string ToString(const YamlError& error);

// One refusal that lists all faults: INVALID_ARGUMENT, reason FIELD_INVALID (MALFORMED_REQUEST if
// the text could not be parsed), metadata `line` and `column` of the first. REQUIRES:
// !errors.empty().
absl::Status ToStatus(const std::vector<YamlError>& errors);

// A value of a document; cheap to copy, immutable, outlives the document.
class YamlNode {
 public:
  enum class Kind { kNull, kScalar, kSequence, kMapping };
  struct Entry;

  Kind kind() const;
  SourcePosition at() const;
  // The text of a scalar; "" for any other kind.
  const std::string& scalar() const;
  // The scalar stands there without quotes and is no block: `true` rather than "true".
  bool plain() const;
  // Of a sequence; empty for any other kind.
  const std::vector<YamlNode>& items() const;
  // Of a mapping, in the order of the text; empty for any other kind.
  const std::vector<Entry>& entries() const;
  // The value of a key of a mapping; nullptr if it has none of this name.
  const YamlNode* Find(std::string_view key) const;
  // "a text", "a list"...: for messages.
  std::string_view KindInWords() const;

 private:
  friend class YamlTreeBuilder;
  struct Data;
  std::shared_ptr<const Data> data_;
};

struct YamlNode::Entry {
  std::string key;
  SourcePosition at;  // of the key
  YamlNode value;
};

// The documents of a text, separated by "---"; an empty text has none. An error carries all faults
// that were found, as ToStatus() makes it; `errors` gets them too if it is given.
absl::StatusOr<std::vector<YamlNode>> ParseYamlDocuments(std::string_view text,
                                                         std::vector<YamlError>* errors = nullptr);

// The one document of a text; an empty text is a null node. More than one is an error.
absl::StatusOr<YamlNode> ParseYaml(std::string_view text, std::vector<YamlError>* errors = nullptr);

}  // namespace kasundo
