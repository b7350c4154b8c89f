// Who stands in for the holder of an office, whether it can be reached, and what it stands for.
#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/directory/office_commands.h"
#include "workflows/directory/term.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

using Event = v1::OfficeEvent;
using State = v1::OfficeState;

absl::Status RefuseUnknown(std::string_view field, std::string message, std::string_view mend) {
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_NOT_RECORDED, std::move(message))
      .Field(field)
      .Mend(mend);
}

absl::Status RefuseKnown(std::string_view field, std::string message, std::string_view mend) {
  return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_ALREADY_RECORDED, std::move(message))
      .Field(field)
      .Mend(mend);
}

// The holder does not stand in for himself.
absl::Status CheckIsNotHolder(const State& state, const std::string& person,
                              const CivilDate& since) {
  const v1::Term* holder = HolderOn(state, since);
  if (holder == nullptr || holder->person() != person) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_HOLDER_IS_DEPUTY,
                fmt::format("{} holds the office on {}", person, ToString(since)))
      .Field("person")
      .Mend("Name somebody else.");
}

absl::Status CheckStandIn(const State& state, const std::string& person, const CivilDate& since,
                          const CivilDate& until, const Context& context) {
  RETURN_IF_ERROR(CheckPeriod(since, until));
  RETURN_IF_ERROR(CheckPresent(context, "person", person, until));
  return CheckIsNotHolder(state, person, since);
}

int LastRank(const State& state, const CivilDate& since, const CivilDate& until) {
  int last = 0;
  for (const v1::Deputy& deputy : state.deputies()) {
    if (Overlap(deputy.since(), deputy.until(), since, until)) last = std::max(last, deputy.rank());
  }
  return last;
}

// "focal-point-migration" of a focal point for migration.
std::string DefaultDutyId(const v1::AssignDutyRequest& request) {
  std::string id = v1::DutyKind_Name(request.kind()).substr(sizeof("DUTY_KIND_") - 1);
  if (!request.topic().empty()) id += "-" + request.topic();
  std::transform(id.begin(), id.end(), id.begin(), [](char c) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    const bool plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    return plain ? lower : '-';
  });
  return id.substr(0, 63);
}

// Three calendar months later: a quarter.
CivilDate QuarterAfter(const CivilDate& day) {
  const absl::CivilDay first = First(day);
  const absl::CivilMonth month = absl::CivilMonth(first) + 3;
  return FromDay(
      std::min(absl::CivilDay(month) + (first.day() - 1), absl::CivilDay(month + 1) - 1));
}

template <typename T>
const T* FindById(const google::protobuf::RepeatedPtrField<T>& all, std::string_view id,
                  const std::string& (T::*id_of)() const) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const T& each) { return (each.*id_of)() == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

OfficeEvents NameDeputy(const v1::NameDeputyRequest& request, const State& state,
                        const Context& context) {
  const CivilDate& since = DateOr(request.since(), context.today);
  RETURN_IF_ERROR(CheckStandIn(state, request.person(), since, request.until(), context));
  for (const v1::Deputy& deputy : state.deputies()) {
    if (deputy.person() == request.person() &&
        Overlap(deputy.since(), deputy.until(), since, request.until())) {
      return RefuseKnown("person",
                         fmt::format("{} is deputy {} already", deputy.person(), deputy.rank()),
                         "Release the deputy first (ReleaseDeputy), or name another person.");
    }
  }
  v1::DeputyNamed fact;
  v1::Deputy& deputy = *fact.mutable_deputy();
  deputy.set_person(request.person());
  const int last = LastRank(state, since, request.until());
  deputy.set_rank(request.rank() <= 0 ? last + 1 : std::min(request.rank(), last + 1));
  *deputy.mutable_since() = since;
  if (request.has_until()) *deputy.mutable_until() = request.until();
  deputy.set_document(request.document());
  return Answer<Event, v1::DeputyNamed>(&Event::mutable_deputy_named, std::move(fact));
}

OfficeEvents ReleaseDeputy(const v1::ReleaseDeputyRequest& request, const State& state,
                           const Context& context) {
  const CivilDate& until = DateOr(request.until(), context.today);
  const bool known =
      std::any_of(state.deputies().begin(), state.deputies().end(), [&](const v1::Deputy& deputy) {
        return deputy.person() == request.person() &&
               (request.strike() ? BeginsAfter(deputy.since(), until)
                                 : Covers(deputy.since(), deputy.until(), until));
      });
  if (!known) {
    return RefuseUnknown(
        "person",
        request.strike()
            ? fmt::format("{} is not to become a deputy after {}", request.person(),
                          ToString(until))
            : fmt::format("{} is not a deputy on {}", request.person(), ToString(until)),
        "Name one of the office's `deputies`, and a day on which that person is deputy; `strike` "
        "is for one who was to come after that day.");
  }
  v1::DeputyReleased fact;
  fact.set_person(request.person());
  fact.set_struck(request.strike());
  *fact.mutable_until() = until;
  return Answer<Event, v1::DeputyReleased>(&Event::mutable_deputy_released, std::move(fact));
}

OfficeEvents GiveDelegation(const v1::GiveDelegationRequest& request, const State& state,
                            const Context& context) {
  const CivilDate& since = DateOr(request.since(), context.today);
  RETURN_IF_ERROR(CheckId("delegation_id", request.delegation_id()));
  RETURN_IF_ERROR(CheckStandIn(state, request.person(), since, request.until(), context));
  v1::DelegationGiven fact;
  v1::Delegation& delegation = *fact.mutable_delegation();
  delegation.set_delegation_id(
      request.delegation_id().empty()
          ? fmt::format("{}-{}", IdOf(request.person()), ToString(since)).substr(0, 63)
          : request.delegation_id());
  if (FindById(state.delegations(), delegation.delegation_id(), &v1::Delegation::delegation_id)) {
    return RefuseKnown(
        "delegation_id",
        fmt::format("there is a delegation with the id \"{}\"", delegation.delegation_id()),
        "Give another delegation_id, or revoke that delegation (RevokeDelegation).");
  }
  delegation.set_person(request.person());
  delegation.set_scope(request.scope());
  *delegation.mutable_since() = since;
  if (request.has_until()) *delegation.mutable_until() = request.until();
  delegation.set_document(request.document());
  return Answer<Event, v1::DelegationGiven>(&Event::mutable_delegation_given, std::move(fact));
}

OfficeEvents RevokeDelegation(const v1::RevokeDelegationRequest& request, const State& state,
                              const Context& context) {
  const CivilDate& until = DateOr(request.until(), context.today);
  const v1::Delegation* delegation =
      FindById(state.delegations(), request.delegation_id(), &v1::Delegation::delegation_id);
  const bool known = delegation != nullptr &&
                     (request.strike() ? BeginsAfter(delegation->since(), until)
                                       : Covers(delegation->since(), delegation->until(), until));
  if (!known) {
    return RefuseUnknown(
        "delegation_id",
        fmt::format("no delegation \"{}\" {} {}", request.delegation_id(),
                    request.strike() ? "begins after" : "holds on", ToString(until)),
        "Name one of the office's `delegations`, and a day on which it holds; "
        "`strike` is for one that was to begin after that day.");
  }
  v1::DelegationRevoked fact;
  fact.set_delegation_id(request.delegation_id());
  fact.set_struck(request.strike());
  *fact.mutable_until() = until;
  return Answer<Event, v1::DelegationRevoked>(&Event::mutable_delegation_revoked, std::move(fact));
}

// Requirement 45: each quarter somebody confirms that the office can be reached.
OfficeEvents ConfirmReachable(const v1::ConfirmReachableRequest&, const State& state,
                              const Context& context) {
  if (state.has_confirmed() && Compare(state.confirmed().on(), context.today) >= 0) {
    return RefuseKnown("header.occurred_on",
                       fmt::format("it was confirmed on {}", ToString(state.confirmed().on())),
                       "Nothing needs to be done until the quarter ends.");
  }
  v1::ReachabilityConfirmed fact;
  *fact.mutable_confirmation()->mutable_on() = context.today;
  fact.mutable_confirmation()->set_person(context.actor.person());
  *fact.mutable_good_until() = QuarterAfter(context.today);
  return Answer<Event, v1::ReachabilityConfirmed>(&Event::mutable_reachability_confirmed,
                                                  std::move(fact));
}

OfficeEvents AssignDuty(const v1::AssignDutyRequest& request, const State& state,
                        const Context& context) {
  const CivilDate& since = DateOr(request.since(), context.today);
  RETURN_IF_ERROR(CheckId("duty_id", request.duty_id()));
  RETURN_IF_ERROR(CheckPeriod(since, request.until()));
  v1::DutyAssigned fact;
  v1::Duty& duty = *fact.mutable_duty();
  duty.set_duty_id(request.duty_id().empty() ? DefaultDutyId(request) : request.duty_id());
  for (const v1::Duty& other : state.duties()) {
    if (other.duty_id() == duty.duty_id() &&
        Overlap(other.since(), other.until(), since, request.until())) {
      return RefuseKnown("duty_id", fmt::format("it has the duty \"{}\" already", duty.duty_id()),
                         "Release that duty first (ReleaseDuty), or give another duty_id.");
    }
  }
  duty.set_kind(request.kind());
  duty.set_topic(request.topic());
  *duty.mutable_initiatives() = request.initiatives();
  *duty.mutable_since() = since;
  if (request.has_until()) *duty.mutable_until() = request.until();
  duty.set_document(request.document());
  return Answer<Event, v1::DutyAssigned>(&Event::mutable_duty_assigned, std::move(fact));
}

OfficeEvents ReleaseDuty(const v1::ReleaseDutyRequest& request, const State& state,
                         const Context& context) {
  const CivilDate& until = DateOr(request.until(), context.today);
  const auto duties = DutiesOn(state, until);
  const bool known = std::any_of(duties.begin(), duties.end(), [&](const v1::Duty* duty) {
    return duty->duty_id() == request.duty_id();
  });
  if (!known) {
    return RefuseUnknown(
        "duty_id", fmt::format("it has no duty \"{}\" on {}", request.duty_id(), ToString(until)),
        "Name one of the office's `duties`, and a day on which it has that duty.");
  }
  v1::DutyReleased fact;
  fact.set_duty_id(request.duty_id());
  *fact.mutable_until() = until;
  return Answer<Event, v1::DutyReleased>(&Event::mutable_duty_released, std::move(fact));
}

}  // namespace kasundo::directory
