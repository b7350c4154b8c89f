#include "workflows/agreement/anchoring.h"

#include <algorithm>

namespace kasundo::agreements {

v1::AnchoringLevel LevelOf(v1::InstrumentType instrument, bool budgeted) {
  switch (instrument) {
    case v1::INSTRUMENT_TYPE_LETTER_OF_SUPPORT:
      return v1::ANCHORING_LEVEL_LETTER;
    case v1::INSTRUMENT_TYPE_MEMORANDUM_OF_UNDERSTANDING:
    case v1::INSTRUMENT_TYPE_MEMORANDUM_OF_AGREEMENT:
    case v1::INSTRUMENT_TYPE_FRAMEWORK:
    case v1::INSTRUMENT_TYPE_PARTNERSHIP:
    case v1::INSTRUMENT_TYPE_TWINNING:
    case v1::INSTRUMENT_TYPE_DECENTRALISED_COOPERATION:
    case v1::INSTRUMENT_TYPE_INTRA_INSTITUTIONAL:
    case v1::INSTRUMENT_TYPE_PROTOCOL:
      return v1::ANCHORING_LEVEL_AGREEMENT;
    case v1::INSTRUMENT_TYPE_EXECUTIVE_ORDER:
    case v1::INSTRUMENT_TYPE_GUIDELINE:
      return v1::ANCHORING_LEVEL_EXECUTIVE_ORDER;
    case v1::INSTRUMENT_TYPE_RESOLUTION:
      return v1::ANCHORING_LEVEL_RESOLUTION;
    case v1::INSTRUMENT_TYPE_ORDINANCE:
    case v1::INSTRUMENT_TYPE_REGULATION:
      return budgeted ? v1::ANCHORING_LEVEL_ORDINANCE_WITH_BUDGET : v1::ANCHORING_LEVEL_ORDINANCE;
    case v1::INSTRUMENT_TYPE_UNSPECIFIED:
    case v1::InstrumentType_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::InstrumentType_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return v1::ANCHORING_LEVEL_UNSPECIFIED;
}

std::vector<HeldInstrument> DocumentsOf(const v1::AgreementState& agreement) {
  std::vector<HeldInstrument> held;
  for (const v1::InstrumentLink& link : agreement.links()) {
    const std::string& name = link.instrument().empty() ? link.document() : link.instrument();
    if (link.kind() == v1::LINK_KIND_TAKEN_UP_IN) {
      held.push_back({name, v1::ANCHORING_LEVEL_DEVELOPMENT_PLAN});
    } else if (!link.document().empty()) {
      held.push_back({name, LevelOf(link.document_type(), !link.budget_line().empty())});
    }
  }
  return held;
}

v1::Anchoring Deepest(const std::vector<HeldInstrument>& instruments) {
  v1::Anchoring anchoring;
  anchoring.set_level(v1::ANCHORING_LEVEL_PROJECT_ONLY);
  for (const HeldInstrument& instrument : instruments) {
    anchoring.set_level(std::max(anchoring.level(), instrument.level));
  }
  for (const HeldInstrument& instrument : instruments) {
    if (instrument.level == anchoring.level()) anchoring.add_instruments(instrument.name);
  }
  return anchoring;
}

}  // namespace kasundo::agreements
