// What ships as data: instruments to take templates from, and the forms of RPMES.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kasundo/monitoring/v1/instruments.pb.h"

namespace kasundo::monitoring {

// Of instruments.yaml and report_forms.yaml, read once.
const v1::ShippedInstruments& Instruments();
const v1::ReportForms& Forms();

// nullptr if no form has that number.
const v1::ReportForm* FindForm(std::string_view number);

// An instrument by its id, or a form as one ("rpmes-form-2"): one item for each of its columns,
// with the column's field as id. nullopt if there is none.
std::optional<v1::ShippedInstrument> FindInstrument(std::string_view id);

// "rpmes-form-2": the id under which a form is an instrument.
std::string InstrumentOf(const v1::ReportForm& form);

}  // namespace kasundo::monitoring
