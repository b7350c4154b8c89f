// The rules of fields (kasundo.api.v1.FieldRules), enforced by reflection over any request:
// required fields, lengths, enum ranges, dates, instants, names and ids; and the references that a
// request makes, collected on the way.
//
// What it needs to know of a message type is worked out once per type. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "workflows/engine/engine.h"

namespace kasundo {

class FieldRulesChecker {
 public:
  static constexpr int kDefaultMaxBytes = 4096;

  // `kinds` gives the form of names; must outlive the checker.
  explicit FieldRulesChecker(const KindRegistry& kinds);
  ~FieldRulesChecker();

  // Clears output-only fields, then checks everything set in `request` and everything that must be;
  // the first mistake is the answer, with its path. INVALID_ARGUMENT with FIELD_REQUIRED,
  // FIELD_INVALID, FIELD_TOO_LONG, NAME_INVALID or DATE_INVALID. References found are added to
  // `references` (may be null); those of the header are not: acting_office is the caller's.
  absl::Status Check(google::protobuf::Message& request,
                     std::vector<Command::Reference>* references) const;

  // The path of a message that the wire format could not fill is not known: MALFORMED_REQUEST.
  static absl::Status Malformed(const google::protobuf::Descriptor* type);

  // `name` is the name of an instance of `kind` by its form alone ("*" = any). INVALID_ARGUMENT,
  // reason NAME_INVALID.
  absl::Status CheckName(std::string_view field, std::string_view name,
                         std::string_view kind) const;

 private:
  struct Plan;
  struct FieldPlan;

  const Plan& PlanOf(const google::protobuf::Descriptor* type) const;
  absl::Status CheckMessage(google::protobuf::Message& message, const Plan& plan,
                            const std::string& path,
                            std::vector<Command::Reference>* references) const;
  absl::Status CheckString(const FieldPlan& field, const std::string& value,
                           const std::string& path,
                           std::vector<Command::Reference>* references) const;

  const KindRegistry& kinds_;
  mutable std::shared_mutex mutex_;
  mutable std::map<const google::protobuf::Descriptor*, std::unique_ptr<Plan>> plans_;
};

// Form of a name: "realms/<id>" or collections and ids beneath it, ids lower case.
bool IsWellFormedName(std::string_view name);

}  // namespace kasundo
