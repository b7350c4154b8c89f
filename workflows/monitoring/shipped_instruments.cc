#include "workflows/monitoring/shipped_instruments.h"

#include <string>

#include "fmt/format.h"
#include "workflows/engine/check.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::embedded {
extern const std::string_view k_instruments_yaml;
extern const std::string_view k_report_forms_yaml;
}  // namespace kasundo::embedded

namespace kasundo::monitoring {
namespace {

template <typename Message>
Message Read(std::string_view text) {
  Message message;
  KASUNDO_CHECK(ReadYaml(std::string(text), message).ok());
  return message;
}

}  // namespace

const v1::ShippedInstruments& Instruments() {
  static const auto instruments = Read<v1::ShippedInstruments>(embedded::k_instruments_yaml);
  return instruments;
}

const v1::ReportForms& Forms() {
  static const auto forms = Read<v1::ReportForms>(embedded::k_report_forms_yaml);
  return forms;
}

const v1::ReportForm* FindForm(std::string_view number) {
  for (const v1::ReportForm& form : Forms().forms()) {
    if (form.number() == number) return &form;
  }
  return nullptr;
}

std::string InstrumentOf(const v1::ReportForm& form) {
  return fmt::format("rpmes-form-{}", form.number());
}

std::optional<v1::ShippedInstrument> FindInstrument(std::string_view id) {
  for (const v1::ShippedInstrument& instrument : Instruments().instruments()) {
    if (instrument.id() == id) return instrument;
  }
  for (const v1::ReportForm& form : Forms().forms()) {
    if (InstrumentOf(form) != id) continue;
    v1::ShippedInstrument instrument;
    instrument.set_id(InstrumentOf(form));
    instrument.set_title(form.title());
    instrument.set_instrument(v1::INSTRUMENT_CHECKLIST);
    instrument.set_source(fmt::format("RPMES Form {}", form.number()));
    for (const v1::FormColumn& column : form.columns()) {
      v1::TemplateItem& item = *instrument.add_items();
      item.set_id(column.field());
      item.set_text(column.group().empty()
                        ? column.header()
                        : fmt::format("{}: {}", column.group(), column.header()));
      item.set_type(column.number() ? v1::ANSWER_TYPE_NUMBER : v1::ANSWER_TYPE_TEXT);
      item.set_optional(true);
    }
    return instrument;
  }
  return std::nullopt;
}

}  // namespace kasundo::monitoring
