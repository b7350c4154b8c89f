// What each command about an office decides; joined to its request in office_decider.cc. One file
// per group: office_record_commands.cc (what the office is), office_term_commands.cc (who holds
// it), office_duty_commands.cc (who stands in and what it stands for).
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::directory {

using OfficeEvents = absl::StatusOr<std::vector<v1::OfficeEvent>>;

OfficeEvents CreateOffice(const v1::CreateOfficeRequest&, const v1::OfficeState&, const Context&);
OfficeEvents RenameOffice(const v1::RenameOfficeRequest&, const v1::OfficeState&, const Context&);
OfficeEvents AddOfficeAlias(const v1::AddOfficeAliasRequest&, const v1::OfficeState&,
                            const Context&);
OfficeEvents RemoveOfficeAlias(const v1::RemoveOfficeAliasRequest&, const v1::OfficeState&,
                               const Context&);
OfficeEvents ReclassifyOffice(const v1::ReclassifyOfficeRequest&, const v1::OfficeState&,
                              const Context&);
OfficeEvents TransferOffice(const v1::TransferOfficeRequest&, const v1::OfficeState&,
                            const Context&);
OfficeEvents MoveOffice(const v1::MoveOfficeRequest&, const v1::OfficeState&, const Context&);
OfficeEvents CloseOffice(const v1::CloseOfficeRequest&, const v1::OfficeState&, const Context&);
OfficeEvents ReopenOffice(const v1::ReopenOfficeRequest&, const v1::OfficeState&, const Context&);
OfficeEvents WithdrawOffice(const v1::WithdrawOfficeRequest&, const v1::OfficeState&,
                            const Context&);

OfficeEvents BeginTerm(const v1::BeginTermRequest&, const v1::OfficeState&, const Context&);
OfficeEvents EndTerm(const v1::EndTermRequest&, const v1::OfficeState&, const Context&);
OfficeEvents ExtendTerm(const v1::ExtendTermRequest&, const v1::OfficeState&, const Context&);
OfficeEvents CorrectTerm(const v1::CorrectTermRequest&, const v1::OfficeState&, const Context&);
OfficeEvents RecordVacancy(const v1::RecordVacancyRequest&, const v1::OfficeState&, const Context&);

OfficeEvents NameDeputy(const v1::NameDeputyRequest&, const v1::OfficeState&, const Context&);
OfficeEvents ReleaseDeputy(const v1::ReleaseDeputyRequest&, const v1::OfficeState&, const Context&);
OfficeEvents GiveDelegation(const v1::GiveDelegationRequest&, const v1::OfficeState&,
                            const Context&);
OfficeEvents RevokeDelegation(const v1::RevokeDelegationRequest&, const v1::OfficeState&,
                              const Context&);
OfficeEvents ConfirmReachable(const v1::ConfirmReachableRequest&, const v1::OfficeState&,
                              const Context&);
OfficeEvents AssignDuty(const v1::AssignDutyRequest&, const v1::OfficeState&, const Context&);
OfficeEvents ReleaseDuty(const v1::ReleaseDutyRequest&, const v1::OfficeState&, const Context&);

}  // namespace kasundo::directory
