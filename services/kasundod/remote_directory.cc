#include "services/kasundod/remote_directory.h"

#include <utility>

#include "absl/time/clock.h"
#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

// Tokens that are remembered; beyond it all are asked for anew.
constexpr size_t kRemembered = 10'000;

// A refusal of the directory goes back to the caller as it is; anything else means that it could
// not be asked.
absl::Status FromPeer(const absl::Status& status) {
  if (RefusalOf(status).has_value() && !absl::IsUnavailable(status)) return status;
  return Refuse(absl::StatusCode::kUnavailable, api::v1::REASON_PEER_UNAVAILABLE,
                fmt::format("the directory did not answer: {}", std::string(status.message())))
      .Mend("Send the same request again in a while, with the same request id.");
}

// In some time zone it is that day now.
bool IsAboutToday(const api::v1::CivilDate& day) {
  const absl::CivilDay now = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  return day.day() != 0 && First(day) >= now - 1 && First(day) <= now + 1;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const directory::v1::WhoAmIResponse>> RemoteDirectory::Ask(
    const std::string& token) {
  const absl::Time now = absl::Now();
  {
    std::lock_guard lock(mutex_);
    const auto found = known_.find(token);
    if (found != known_.end() && found->second.until > now) return found->second.answer;
  }
  auto answer = std::make_shared<directory::v1::WhoAmIResponse>();
  const directory::v1::WhoAmIRequest request;
  const absl::Status asked = client_->Call("kasundo.directory.v1.Identity.WhoAmI", request,
                                           answer.get(), {.token = token});
  if (!asked.ok()) return FromPeer(asked);
  std::lock_guard lock(mutex_);
  if (known_.size() >= kRemembered) known_.clear();
  known_[token] = {now + kBelieved, answer};
  return answer;
}

class RemoteDirectory::RemoteIdentity final : public Identity {
 public:
  explicit RemoteIdentity(RemoteDirectory* directory) : directory_(directory) {}

  bool MayBlock() const override { return true; }

  absl::StatusOr<Caller> Authenticate(std::string_view token) const override {
    ASSIGN_OR_RETURN(const auto known, directory_->Ask(std::string(token)));
    Caller caller;
    caller.account = known->account();
    caller.person = known->person();
    caller.administrator = known->administrator();
    for (const auto& one : known->offices()) caller.offices.push_back(one.office());
    caller.token = token;
    return caller;
  }

  absl::StatusOr<workflows::v1::Actor> ActIn(const Caller& caller, std::string_view office,
                                             const api::v1::CivilDate& day) const override {
    ASSIGN_OR_RETURN(const auto known, directory_->Ask(caller.token));
    workflows::v1::Actor actor;
    actor.set_account(caller.account);
    actor.set_person(caller.person);
    actor.set_administrator(caller.administrator);
    const bool today = IsAboutToday(day);
    for (const auto& one : known->offices()) {
      if (!today) break;
      if (!office.empty() && one.office() != office) continue;
      actor.set_office(one.office());
      actor.set_organisation(one.organisation());
      actor.set_acting(one.acting());
      return actor;
    }
    if (office.empty()) return actor;
    return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_NOT_HOLDER_OF_OFFICE,
                  fmt::format("{} neither holds {} nor deputises for it on {}", caller.account,
                              office, ToString(day)))
        .Field("header.acting_office")
        .Mend("Act in an office of your own, or have the term recorded first.");
  }

 private:
  RemoteDirectory* const directory_;
};

class RemoteDirectory::RemoteResolver final : public ReferenceResolver {
 public:
  explicit RemoteResolver(RemoteDirectory* directory) : directory_(directory) {}

  absl::StatusOr<workflows::v1::ReferenceRead> Read(
      const Caller& caller, const Command::Reference& reference) const override {
    workflows::v1::GetInstanceRequest request;
    request.set_name(reference.name);
    workflows::v1::AnyInstance instance;
    const absl::Status read = directory_->client_->Call(
        "kasundo.workflows.v1.Workflows.GetInstance", request, &instance, {.token = caller.token});
    if (!read.ok() && !absl::IsNotFound(read)) return FromPeer(read);
    if (!read.ok() || (reference.kind != "*" && instance.kind() != reference.kind)) {
      return Refuse(
                 absl::StatusCode::kNotFound, api::v1::REASON_REFERENCE_NOT_FOUND,
                 fmt::format("there is no {} \"{}\"",
                             reference.kind == "*" ? "instance" : reference.kind, reference.name))
          .Field(reference.field)
          .Mend("Check the name; list its collection.")
          .With("name", reference.name);
    }
    workflows::v1::ReferenceRead found;
    found.set_name(instance.name());
    found.set_revision(instance.revision());
    found.set_position(instance.position());
    return found;
  }

 private:
  RemoteDirectory* const directory_;
};

std::unique_ptr<Identity> RemoteDirectory::MakeIdentity() {
  return std::make_unique<RemoteIdentity>(this);
}
std::unique_ptr<ReferenceResolver> RemoteDirectory::MakeResolver() {
  return std::make_unique<RemoteResolver>(this);
}

}  // namespace kasundo
