// Manifests: YAML files of steps for `kasundo apply`.
//
//   manifest: calabarzon-2016        # names the request ids: applied again it changes nothing
//   realm: realms/calabarzon         # short names belong to it; default: the session's realm
//   defaults: {reason: Entered from the minutes of 2016.}
//   steps:
//     - EstablishCommittee: {committee_id: cmd, title: Committee on Migration and Development}
//       key: cmd                     # names the step; default: a hash of its content
//       occurred_on: 2011-06
//     - NoteDiscussion: {name: committees/cmd/meetings/2016-q1, item: "3"}
//       files: {text: minutes.md}    # a field from a file beside the manifest
//
// A step is an RPC by its short name with the fields of its request. Fields of the command header
// (reason, occurred_on, acting_office, etag) may stand beside it or among its fields; where none
// stands, the manifest's defaults hold. A file may have several documents, each with its own
// manifest id, realm and defaults.
//
// The request id of a step is "<manifest>/<key>". The same step applied again is therefore answered
// as the first time; a step added to the file is a new one wherever it stands. Equal steps without
// keys are told apart by their order.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/cli/catalog.h"
#include "workflows/engine/yaml_document.h"

namespace kasundo::cli {

struct Step {
  int number = 0;     // from 1, over all files
  std::string file;   // as given on the command line
  SourcePosition at;  // of the step in the file
  const MethodDescriptor* method = nullptr;
  std::shared_ptr<google::protobuf::Message> request;  // with its header complete
  std::string command;                                 // its short name

  // "realm.yaml:12:5: step 3 FillSeat"
  std::string where() const;
};

// A fault of a manifest: "realm.yaml:12:5: step 3 FillSeat: no field 'titel'".
struct ManifestError {
  std::string where;
  std::string message;
  std::string mend;
};

class ManifestReader {
 public:
  ManifestReader(const Catalog& catalog, std::string default_realm)
      : catalog_(catalog), default_realm_(std::move(default_realm)) {}

  // Adds the steps of a file; `file` stands in messages and is where `files` are looked for.
  void Read(const std::string& file, std::string_view text);

  const std::vector<Step>& steps() const { return steps_; }
  // All faults of all files; nothing may be sent unless this is empty.
  const std::vector<ManifestError>& errors() const { return errors_; }

 private:
  struct Document;

  void ReadDocument(const std::string& file, const YamlNode& root);
  void ReadStep(const Document& document, const YamlNode& node);
  void Fault(const std::string& where, std::string message, std::string mend);

  const Catalog& catalog_;
  const std::string default_realm_;
  std::vector<Step> steps_;
  std::vector<ManifestError> errors_;
  std::map<std::string, int> seen_;          // how often a manifest has had a step of this content
  std::map<std::string, std::string> keys_;  // "<manifest>/<key>" -> where
};

}  // namespace kasundo::cli
