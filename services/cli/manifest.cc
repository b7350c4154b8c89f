#include "services/cli/manifest.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "services/cli/any_message.h"
#include "services/cli/local_file.h"
#include "services/cli/names.h"
#include "services/cli/problem.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/nearest_name.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::cli {
namespace {

using api::v1::CommandHeader;
using google::protobuf::Message;

constexpr size_t kMostIdBytes =
    60;  // of a manifest and of a key: together they fit a request id (128 bytes)

std::string Place(const std::string& file, SourcePosition at) {
  return at.line == 0 ? file : fmt::format("{}:{}:{}", file, at.line, at.column);
}

bool IsId(std::string_view text) {
  return !text.empty() && text.size() <= kMostIdBytes &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_';
         });
}

// A field of the command header that a step or the defaults may set; nullptr if there is none of
// this name. Request ids are made of keys, and whether to rehearse is for the command line to say.
const FieldDescriptor* HeaderField(const std::string& name) {
  if (name == "request_id" || name == "validate_only") return nullptr;
  return CommandHeader::descriptor()->FindFieldByName(name);
}

// The bytes of a message, the same for the same content.
std::string Bytes(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

std::string ContentHash(const Step& step) {
  const std::string hash =
      Sha256(step.method->input_type()->full_name() + "\n" + Bytes(*step.request));
  return fmt::format("{:02x}",
                     fmt::join(std::vector<uint8_t>(hash.begin(), hash.begin() + 10), ""));
}

CommandHeader* HeaderOf(Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("header");
  if (field == nullptr || field->message_type() != CommandHeader::descriptor()) return nullptr;
  return static_cast<CommandHeader*>(request.GetReflection()->MutableMessage(&request, field));
}

}  // namespace

// One document of a file.
struct ManifestReader::Document {
  std::string file;
  std::string id;
  std::string realm;
  CommandHeader defaults;
};

std::string Step::where() const {
  return fmt::format("{}: step {} {}", Place(file, at), number, command);
}

void ManifestReader::Fault(const std::string& where, std::string message, std::string mend) {
  errors_.push_back({where, std::move(message), std::move(mend)});
}

void ManifestReader::Read(const std::string& file, std::string_view text) {
  std::vector<YamlError> errors;
  const auto documents = ParseYamlDocuments(text, &errors);
  if (!documents.ok()) {
    for (const YamlError& error : errors) Fault(Place(file, error.at), error.message, error.mend);
    if (errors.empty()) {
      Fault(file, std::string(documents.status().message()), MendOf(documents.status()));
    }
    return;
  }
  size_t read = 0;
  for (const YamlNode& document : *documents) {
    if (document.kind() == YamlNode::Kind::kNull) continue;
    ReadDocument(file, document);
    ++read;
  }
  if (read == 0) Fault(file, "the file has no manifest", "See: kasundo help apply");
}

void ManifestReader::ReadDocument(const std::string& file, const YamlNode& root) {
  if (root.kind() != YamlNode::Kind::kMapping) {
    Fault(Place(file, root.at()),
          fmt::format("a manifest is expected here, not {}", root.KindInWords()),
          "Begin with: manifest: some-id");
    return;
  }
  static const std::vector<std::string> known = {"manifest", "realm", "defaults", "steps"};
  Document document{file, "", default_realm_, {}};
  const YamlNode* steps = nullptr;
  for (const YamlNode::Entry& entry : root.entries()) {
    const std::string where = Place(file, entry.value.at());
    if (entry.key == "manifest") {
      document.id = entry.value.scalar();
      if (!IsId(document.id)) {
        Fault(where, fmt::format("'{}' is no id of a manifest", document.id),
              "Write up to 60 letters, digits, points and hyphens.");
      }
    } else if (entry.key == "realm") {
      document.realm = entry.value.scalar();
      if (document.realm.find('/') == std::string::npos)
        document.realm = "realms/" + document.realm;
      if (RealmOf(document.realm) != document.realm) {
        Fault(where, fmt::format("'{}' is no name of a realm", entry.value.scalar()),
              "Write: realms/<id>");
      }
    } else if (entry.key == "defaults") {
      for (const YamlError& error :
           ReadYamlNode(entry.value, document.defaults, nullptr, "defaults")) {
        Fault(Place(file, error.at), error.message, error.mend);
      }
      document.defaults.clear_request_id();
      document.defaults.clear_validate_only();
    } else if (entry.key == "steps") {
      steps = &entry.value;
    } else {
      Fault(Place(file, entry.at), fmt::format("a manifest has no '{}'", entry.key),
            SuggestName(entry.key, known, "keys"));
    }
  }
  if (root.Find("manifest") == nullptr) {
    Fault(Place(file, root.at()), "the manifest has no id", "Write: manifest: some-id");
  }
  if (steps == nullptr || steps->kind() != YamlNode::Kind::kSequence) {
    Fault(Place(file, steps == nullptr ? root.at() : steps->at()),
          "the manifest has no list of steps",
          "Write: steps: and beneath it a list; see kasundo help apply.");
    return;
  }
  for (const YamlNode& step : steps->items()) ReadStep(document, step);
}

void ManifestReader::ReadStep(const Document& document, const YamlNode& node) {
  Step step;
  step.number = static_cast<int>(steps_.size()) + 1;
  step.file = document.file;
  step.at = node.at();
  const std::string place = fmt::format("{}: step {}", Place(step.file, step.at), step.number);
  const size_t errors_before = errors_.size();
  steps_.push_back(step);  // keeps the numbers of those after it, whatever is wrong with it

  // Which of the keys is the command, and what stands beside it.
  const YamlNode::Entry* command = nullptr;
  std::string key;
  std::vector<const YamlNode::Entry*> header_entries;
  const YamlNode* files = nullptr;
  for (const YamlNode::Entry& entry : node.entries()) {
    if (entry.key == "key") {
      key = entry.value.scalar();
      if (!IsId(key)) {
        Fault(place, fmt::format("'{}' is no key of a step", key),
              "Write up to 60 letters, digits, points and hyphens.");
      }
    } else if (entry.key == "files") {
      files = &entry.value;
    } else if (HeaderField(entry.key) != nullptr) {
      header_entries.push_back(&entry);
    } else if (command == nullptr) {
      command = &entry;
    } else {
      Fault(Place(step.file, entry.at),
            fmt::format("step {} has '{}' beside '{}'", step.number, entry.key, command->key),
            "A step is one command; begin the next one with a hyphen, and indent fields beneath "
            "their command.");
    }
  }
  if (command == nullptr) {
    Fault(place, "no command", "Write: - CommandName: {field: value, ...}; see kasundo commands.");
    return;
  }
  const auto method = catalog_.Find(command->key);
  if (!method.ok()) {
    Fault(Place(step.file, command->at) + fmt::format(": step {}", step.number),
          std::string(method.status().message()), MendOf(method.status()));
    return;
  }
  step.method = *method;
  step.command = catalog_.NameOf(**method);
  step.request = NewMessage(*step.method->input_type());
  const std::string where = step.where();
  if (HeaderOf(*step.request) == nullptr) {
    Fault(where, "this command changes nothing, so it is no step", "See: kasundo commands");
    return;
  }

  // Among the fields there may be some of the header, which the reader of the request cannot know.
  std::vector<SourcePosition> of_header;
  for (const YamlNode::Entry& entry : command->value.entries()) {
    const bool own = step.method->input_type()->FindFieldByName(entry.key) != nullptr;
    if (!own && HeaderField(entry.key) != nullptr) {
      header_entries.push_back(&entry);
      of_header.push_back(entry.at);
    }
  }
  for (const YamlError& error : ReadYamlNode(command->value, *step.request)) {
    if (std::find(of_header.begin(), of_header.end(), error.at) != of_header.end()) continue;
    Fault(fmt::format("{}: step {} {}", Place(step.file, error.at), step.number, step.command),
          error.message, error.mend);
  }

  CommandHeader header = document.defaults;
  for (const YamlNode::Entry* entry : header_entries) {
    const FieldDescriptor* field = HeaderField(entry->key);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      for (const YamlError& error :
           ReadYamlNode(entry->value, *header.GetReflection()->MutableMessage(&header, field),
                        nullptr, entry->key)) {
        Fault(fmt::format("{}: step {} {}", Place(step.file, error.at), step.number, step.command),
              error.message, error.mend);
      }
    } else {
      header.GetReflection()->SetString(&header, field, entry->value.scalar());
    }
  }
  CommandHeader* own_header = HeaderOf(*step.request);
  header.MergeFrom(*own_header);
  *own_header = header;
  own_header->clear_validate_only();

  if (files != nullptr) {
    for (const YamlNode::Entry& entry : files->entries()) {
      const FieldDescriptor* field = step.method->input_type()->FindFieldByName(entry.key);
      if (field == nullptr || field->is_repeated() ||
          field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
        Fault(where, fmt::format("there is no text field '{}' to take a file's content", entry.key),
              fmt::format("Name a field of {} that holds one text; see kasundo help {}.",
                          step.command, step.command));
        continue;
      }
      const auto content = ReadLocalFile(
          (std::filesystem::path(step.file).parent_path() / entry.value.scalar()).string());
      if (!content.ok()) {
        Fault(where, std::string(content.status().message()), MendOf(content.status()));
        continue;
      }
      step.request->GetReflection()->SetString(step.request.get(), field, *content);
    }
  }
  if (const absl::Status names = CompleteNames(*step.request, document.realm); !names.ok()) {
    Fault(where, std::string(names.message()), MendOf(names));
  }

  if (own_header->request_id().empty()) {
    if (key.empty()) {
      key = ContentHash(step);
      const int before = seen_[document.id + "/" + key]++;
      if (before > 0) key += fmt::format("-{}", before + 1);
    } else {
      const auto [known, fresh] = keys_.emplace(document.id + "/" + key, where);
      if (!fresh) {
        Fault(where, fmt::format("the key '{}' is taken by {}", key, known->second),
              "Give each step its own key.");
      }
    }
    own_header->set_request_id(document.id + "/" + key);
  }
  if (errors_.size() == errors_before) steps_.back() = std::move(step);
}

}  // namespace kasundo::cli
