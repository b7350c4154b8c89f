// Stored states of monitoring as their resources.
#pragma once

#include "kasundo/monitoring/v1/checklist_templates.pb.h"
#include "kasundo/monitoring/v1/checklists.pb.h"
#include "kasundo/monitoring/v1/findings.pb.h"
#include "kasundo/monitoring/v1/issuances.pb.h"
#include "services/runtime/call_context.h"

namespace kasundo::monitoring {

v1::ChecklistTemplate ToChecklistTemplate(const Instance& instance, const MappingContext& context);
v1::Issuance ToIssuance(const Instance& instance, const MappingContext& context);
v1::Finding ToFinding(const Instance& instance, const MappingContext& context);
v1::CorrectiveAction ToCorrectiveAction(const Instance& instance, const MappingContext& context);
v1::Checklist ToChecklist(const Instance& instance, const MappingContext& context);

}  // namespace kasundo::monitoring
