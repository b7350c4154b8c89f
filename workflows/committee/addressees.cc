#include "workflows/committee/addressees.h"

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/engine/context.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {

absl::Status CheckAddressees(const google::protobuf::RepeatedPtrField<v1::Addressee>& addressees,
                             std::set<std::string> known) {
  static const std::set<std::string_view> kCollections = {"committees", "organisations", "offices",
                                                          "territories"};
  for (int i = 0; i < addressees.size(); ++i) {
    const std::string& name = addressees[i].addressee();
    const bool addressable = kCollections.contains(CollectionOf(name));
    if (addressable && known.insert(name).second) continue;
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ADDRESSEE_INVALID,
                  addressable ? fmt::format("\"{}\" is addressed twice", name)
                              : fmt::format("\"{}\" cannot be addressed", name))
        .Field(fmt::format("addressees[{}].addressee", i))
        .Mend("Name committees, organisations, offices or territories, each once.");
  }
  return absl::OkStatus();
}

}  // namespace kasundo::committees
