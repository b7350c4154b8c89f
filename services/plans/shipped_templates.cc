#include "services/plans/shipped_templates.h"

#include <string>
#include <string_view>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/plans/v1/reasons.pb.h"
#include "workflows/engine/check.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::embedded {
extern const std::string_view k_decentralised_cooperation_yaml;
extern const std::string_view k_eight_steps_yaml;
extern const std::string_view k_four_stage_enterprise_yaml;
extern const std::string_view k_resource_centre_yaml;
extern const std::string_view k_support_desk_yaml;
extern const std::string_view k_territorial_profile_yaml;
}  // namespace kasundo::embedded

namespace kasundo::plans {

const std::vector<v1::ShippedTemplate>& ShippedTemplates() {
  static const std::vector<v1::ShippedTemplate> templates = [] {
    std::vector<v1::ShippedTemplate> read;
    for (const std::string_view text :
         {embedded::k_decentralised_cooperation_yaml, embedded::k_eight_steps_yaml,
          embedded::k_four_stage_enterprise_yaml, embedded::k_resource_centre_yaml,
          embedded::k_support_desk_yaml, embedded::k_territorial_profile_yaml}) {
      const absl::Status status = ReadYaml(text, read.emplace_back());
      KASUNDO_CHECK(status.ok());
    }
    return read;
  }();
  return templates;
}

absl::Status FillFromShipped(v1::WritePlanTemplateRequest& request) {
  if (request.shipped().empty()) return absl::OkStatus();
  std::vector<std::string> ids;
  for (const v1::ShippedTemplate& shipped : ShippedTemplates()) {
    ids.push_back(shipped.template_id());
    if (shipped.template_id() != request.shipped()) continue;
    if (request.title().empty()) request.set_title(shipped.title());
    if (request.description().empty()) request.set_description(shipped.description());
    if (request.author().empty()) request.set_author(shipped.author());
    if (request.source().empty()) request.set_source(shipped.source());
    if (request.items().empty()) *request.mutable_items() = shipped.items();
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_TEMPLATE_NOT_SHIPPED,
                fmt::format("no template \"{}\" ships", request.shipped()))
      .Field("shipped")
      .Mend(fmt::format("Name one of: {}.", fmt::join(ids, ", ")));
}

}  // namespace kasundo::plans
