#include "services/agreements/overlap_attention.h"

#include <memory>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/agreements/agreements_on_record.h"
#include "workflows/agreement/agreement_checks.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

std::string Ids(const google::protobuf::RepeatedPtrField<std::string>& names) {
  std::vector<std::string_view> ids;
  for (const std::string& name : names) ids.push_back(IdOf(name));
  return fmt::format("{}", fmt::join(ids, ", "));
}

// Signatory offices of all parties: they answer for what their side promised.
void TellSignatories(const Instance& agreement, workflows::v1::AttentionCalled& attention) {
  for (const v1::Party* party : PartiesOf(StateOf(agreement))) {
    if (!party->signatory_office().empty()) {
      attention.add_tell_offices(party->signatory_office());
    }
  }
}

Command MakeCommand(const Instance& agreement, const v1::FunctionOverlap& overlap,
                    const std::string& request_id) {
  auto attention = std::make_shared<workflows::v1::AttentionCalled>();
  attention->set_cause(kOverlapCause);
  attention->set_message(fmt::format(
      "\"{}\" in {} is given to {} here (area {}) and to {} in {} (area {})", overlap.function(),
      IdOf(overlap.territory()), Ids(overlap.organisations()), overlap.area(),
      Ids(overlap.other_organisations()), IdOf(overlap.other()), overlap.other_area()));
  attention->set_mend(
      "Agree who does it, link the agreements if one gives effect to the other, or name different "
      "functions.");
  TellSignatories(agreement, *attention);
  Command command;
  command.instance = agreement.name;
  command.header.set_request_id(request_id);
  command.content_hash = request_id;
  command.actor.set_account("system");
  command.actor.set_system(true);
  command.request = std::move(attention);
  return command;
}

}  // namespace

absl::StatusOr<size_t> OverlapAttention::Look() {
  size_t recorded = 0;
  for (const std::string& realm : engine_.Realms()) {
    ASSIGN_OR_RETURN(const int64_t end, engine_.NextPosition(realm));
    if (seen_.contains(realm) && seen_[realm] == end) continue;
    ASSIGN_OR_RETURN(const size_t found, LookAt(realm));
    recorded += found;
    seen_[realm] = end;
  }
  return recorded;
}

absl::StatusOr<size_t> OverlapAttention::LookAt(const std::string& realm) {
  ASSIGN_OR_RETURN(const auto overlaps, index_.All(engine_, realm));
  size_t recorded = 0;
  for (const v1::AgreementOverlap& told : overlaps) {
    const v1::FunctionOverlap& overlap = told.overlap();
    std::string request_id = fmt::format("{}overlap/{}/{}/{}/{}", kSystemRequests, told.agreement(),
                                         overlap.area(), overlap.other(), overlap.other_area());
    if (known_.contains(request_id)) continue;
    ASSIGN_OR_RETURN(const Instance agreement, engine_.Get(told.agreement()));
    const Outcome outcome = engine_.Execute(MakeCommand(agreement, overlap, request_id));
    RETURN_IF_ERROR(outcome.status);
    known_.insert(std::move(request_id));
    if (!outcome.repeated) ++recorded;
  }
  return recorded;
}

}  // namespace kasundo::agreements
