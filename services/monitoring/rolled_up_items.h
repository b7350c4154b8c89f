// Rows of the roll-ups as figures for people: each with its definition and the rule that gave it.
#pragma once

#include <string>
#include <vector>

#include "kasundo/monitoring/v1/rollups.pb.h"
#include "kasundo/monitoring/v1/rollups_rows.pb.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {

// The rule by which answers to an item become one figure, in a sentence.
std::string RuleOf(const v1::TemplateItem& item);

// The figure of an item: validated, and in every other stage.
v1::RolledUpItem RolledUp(const AskedItem& asked, const v1::RollUpRow& row);

// Counts, completion, score, items and gaps of a row.
void FillRollUp(const v1::RollUpRow& row, const std::vector<AskedItem>& asked, v1::RollUp& to);

// One territory within another, in a line.
v1::RolledUpChild ChildOf(const v1::RollUpRow& row, const std::vector<AskedItem>& asked);

}  // namespace kasundo::monitoring
