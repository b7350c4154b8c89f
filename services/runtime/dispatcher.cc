#include "services/runtime/dispatcher.h"

#include <algorithm>
#include <latch>
#include <mutex>
#include <optional>

#include "absl/time/clock.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "services/runtime/page_token.h"
#include "services/runtime/resource.h"
#include "services/runtime/secrets.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

constexpr std::string_view kSystemRealm = "realms/system";
constexpr std::string_view kActingOffice = "header.acting_office";

const FieldDescriptor* StringField(const Descriptor* type, const std::string& name) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  return field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated()
             ? field
             : nullptr;
}

const FieldDescriptor* MessageField(const Descriptor* type, const std::string& name,
                                    const Descriptor* of) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  return field != nullptr && field->message_type() == of && !field->is_repeated() ? field : nullptr;
}

std::string StringOf(const Message& message, const FieldDescriptor* field) {
  return field == nullptr ? std::string() : message.GetReflection()->GetString(message, field);
}

template <typename M>
std::optional<M> MessageOf(const Message& message, const FieldDescriptor* field) {
  if (field == nullptr || !message.GetReflection()->HasField(message, field)) return std::nullopt;
  return static_cast<const M&>(message.GetReflection()->GetMessage(message, field));
}

absl::Status DeadlinePassed() {
  return Refuse(absl::StatusCode::kDeadlineExceeded, api::v1::REASON_DEADLINE_PASSED,
                "the deadline passed before the request was begun; nothing was done")
      .Mend("Send it again with the same request id and a later deadline.");
}

std::unique_ptr<Message> NewMessage(const Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

// Realms are closed against each other. A caller of the system realm acts in its own office.
absl::Status CheckSameRealm(const Command::Reference& reference, std::string_view instance) {
  if (RealmOf(reference.name) == RealmOf(instance) || reference.field == kActingOffice) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_OTHER_REALM,
                fmt::format("{} lies in another realm than {}", reference.name, instance))
      .Field(reference.field)
      .Mend(fmt::format("Name something of {}.", RealmOf(instance)));
}

// What makes a repeated request with a secret the same request: all but the secret. The prepared
// one holds a salted hash that is another each time, and a plain hash of the secret must not be
// stored, since it could be guessed from.
std::string HashWithoutSecrets(const Message& request) {
  std::unique_ptr<Message> bare(request.New());
  bare->CopyFrom(request);
  ClearSecrets(*bare);
  return Sha256(fmt::format("{}\n{}", request.GetTypeName(), bare->SerializeAsString()));
}

}  // namespace

// Where the fields are that mean the same in every request.
struct Dispatcher::Shape {
  const FieldDescriptor* name = nullptr;
  const FieldDescriptor* parent = nullptr;
  const FieldDescriptor* realm = nullptr;
  const FieldDescriptor* as_of = nullptr;
  const FieldDescriptor* on = nullptr;
  const FieldDescriptor* header = nullptr;
  const FieldDescriptor* definition = nullptr;
};

// One call: its request, its caller, and what a handler may ask for.
class Dispatcher::Call final : public CallContext {
 public:
  Call(const Dispatcher* dispatcher, const ServiceCatalog::Method* method, Caller caller,
       absl::Time deadline)
      : dispatcher_(dispatcher), method_(method), caller_(std::move(caller)), deadline_(deadline) {}

  Engine& engine() const override { return *dispatcher_->engine_; }
  const Caller& caller() const override { return caller_; }
  absl::Time deadline() const override { return deadline_; }
  api::v1::CivilDate Today(std::string_view realm) const override {
    return dispatcher_->Today(realm.empty() ? RealmOf(caller_.account) : realm);
  }

  const workflows::v1::Actor& actor() const override {
    std::call_once(actor_once_, [this] {
      if (caller_.account.empty()) return;
      auto actor = dispatcher_->identity_->ActIn(caller_, "", Today({}));
      actor_ = actor.ok() ? *std::move(actor) : Viewer();
    });
    return actor_;
  }

  // The caller without asking in which organisation it acts: enough for who may see what.
  workflows::v1::Actor Viewer() const {
    workflows::v1::Actor viewer;
    viewer.set_account(caller_.account);
    viewer.set_person(caller_.person);
    if (!caller_.offices.empty()) viewer.set_office(caller_.offices.front());
    viewer.set_administrator(caller_.administrator);
    return viewer;
  }

  MappingContext Mapping() const override {
    MappingContext mapping{engine(), {}, {}, Viewer(), false, caller_.offices};
    const Shape& shape = dispatcher_->ShapeOf(request->GetDescriptor());
    mapping.as_of = MessageOf<api::v1::AsOf>(*request, shape.as_of);
    const auto on = MessageOf<api::v1::CivilDate>(*request, shape.on);
    if (on.has_value()) {
      mapping.on = *on;
    } else {
      const std::string target = StringOf(*request, shape.name) + StringOf(*request, shape.parent);
      mapping.on = Today(RealmOf(target));
    }
    return mapping;
  }

  absl::StatusOr<workflows::v1::Actor> ActIn(std::string_view office) const override {
    return dispatcher_->identity_->ActIn(caller_, office, Today({}));
  }

  absl::StatusOr<std::unique_ptr<Message>> Resource(const Instance& instance,
                                                    const MappingContext& mapping) const override {
    return ToResource(*dispatcher_->catalog_, instance, mapping);
  }

  absl::StatusOr<Outcome> Send(std::shared_ptr<Message> request_to_send,
                               CommandTarget target) const override {
    ASSIGN_OR_RETURN(Command command, Complete(std::move(request_to_send), std::move(target)));
    std::vector<Command> commands;
    commands.push_back(std::move(command));
    Outcome outcome = std::move(SubmitAndWait(std::move(commands)).front());
    if (!outcome.status.ok()) return outcome.status;
    return outcome;
  }

  std::vector<absl::StatusOr<Outcome>> SendAll(std::vector<std::shared_ptr<Message>> requests,
                                               bool rehearse) const override {
    std::vector<absl::StatusOr<Outcome>> results(requests.size(),
                                                 absl::UnknownError("not decided"));
    std::vector<Command> commands;
    std::vector<size_t> places;
    for (size_t i = 0; i < requests.size(); ++i) {
      auto command = Complete(std::move(requests[i]), {});
      if (!command.ok()) {
        results[i] = std::move(command).status();
        continue;
      }
      commands.push_back(*std::move(command));
      places.push_back(i);
    }
    std::vector<Outcome> outcomes = rehearse ? dispatcher_->engine_->Rehearse(std::move(commands))
                                             : SubmitAndWait(std::move(commands));
    for (size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].status.ok()) {
        results[places[i]] = std::move(outcomes[i]);
      } else {
        results[places[i]] = outcomes[i].status;
      }
    }
    return results;
  }

  absl::Status CheckRealm(std::string_view name) const override {
    return dispatcher_->CheckRealm(caller_, name, "");
  }

  const ServiceCatalog::Method& method() const { return *method_; }

  std::shared_ptr<Message> request;
  std::vector<Command::Reference> references;

 private:
  // The checks that Begin() does for a request of its own RPC, for a request inside another one.
  absl::StatusOr<Command> Complete(std::shared_ptr<Message> inner, CommandTarget target) const {
    const ServiceCatalog::Method* rpc = dispatcher_->catalog_->FindCommand(inner->GetDescriptor());
    if (target.kind.empty()) {
      if (rpc == nullptr) {
        return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                      fmt::format("{} is not the request of a command",
                                  inner->GetDescriptor()->full_name()))
            .Mend("Send the request of a command; `kasundo commands` lists them.");
      }
      target.kind = rpc->rules.command().kind();
      target.creates = rpc->rules.command().creates();
      if (rpc->rules.administrator() && !caller_.administrator) return AdministratorRequired();
    }
    const Shape& shape = dispatcher_->ShapeOf(inner->GetDescriptor());
    for (const FieldDescriptor* field : {shape.name, shape.parent, shape.realm}) {
      if (field == nullptr) continue;
      RETURN_IF_ERROR(dispatcher_->CheckRealm(caller_, StringOf(*inner, field), field->name()));
    }
    std::vector<Command::Reference> found;
    RETURN_IF_ERROR(dispatcher_->rules_.Check(*inner, &found));
    std::string content_hash;
    if (rpc != nullptr && rpc->preparation) {
      content_hash = HashWithoutSecrets(*inner);
      RETURN_IF_ERROR(rpc->preparation(*inner, *this));
    }
    ASSIGN_OR_RETURN(Command command,
                     dispatcher_->ToCommand(caller_, std::move(inner), std::move(target), deadline_,
                                            std::move(found)));
    command.content_hash = std::move(content_hash);
    return command;
  }

  std::vector<Outcome> SubmitAndWait(std::vector<Command> commands) const {
    std::vector<Outcome> outcomes(commands.size());
    std::latch waiting(static_cast<std::ptrdiff_t>(commands.size()));
    for (size_t i = 0; i < commands.size(); ++i) {
      dispatcher_->engine_->Submit(std::move(commands[i]),
                                   [&outcomes, &waiting, i](Outcome outcome) {
                                     outcomes[i] = std::move(outcome);
                                     waiting.count_down();
                                   });
    }
    waiting.wait();
    return outcomes;
  }

 public:
  static absl::Status AdministratorRequired() {
    return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_ADMINISTRATOR_REQUIRED,
                  "only an administrator may do this")
        .Mend("Ask an administrator of the realm.");
  }

 private:
  const Dispatcher* const dispatcher_;
  const ServiceCatalog::Method* const method_;
  const Caller caller_;
  const absl::Time deadline_;
  mutable std::once_flag actor_once_;
  mutable workflows::v1::Actor actor_;
};

Dispatcher::Dispatcher(Engine* engine, const ServiceCatalog* catalog, const Identity* identity,
                       const ReferenceResolver* resolver)
    : engine_(engine),
      catalog_(catalog),
      identity_(identity),
      resolver_(resolver),
      rules_(engine->kinds()) {}

Dispatcher::~Dispatcher() = default;

Dispatcher::Place Dispatcher::PlaceOf(const ServiceCatalog::Method& method) const {
  const bool waits = !method.rules.anonymous() && identity_->MayBlock();
  if (method.stream) return Place::kReader;
  switch (method.rules.does_case()) {
    case api::v1::MethodRules::kCommand:
      return waits || method.preparation || resolver_ != nullptr ? Place::kWorker
                                                                 : Place::kTransport;
    case api::v1::MethodRules::kAction:
      return Place::kWorker;
    case api::v1::MethodRules::kQuery:
      if (method.rules.query().at_once()) return Place::kTransport;
      break;
    case api::v1::MethodRules::kGet:
    case api::v1::MethodRules::kList:
    case api::v1::MethodRules::DOES_NOT_SET:
      break;
  }
  return waits ? Place::kWorker : Place::kReader;
}

const Dispatcher::Shape& Dispatcher::ShapeOf(const Descriptor* type) const {
  {
    std::shared_lock lock(mutex_);
    const auto found = shapes_.find(type);
    if (found != shapes_.end()) return *found->second;
  }
  auto shape = std::make_unique<Shape>();
  shape->name = StringField(type, "name");
  shape->parent = StringField(type, "parent");
  shape->realm = StringField(type, "realm");
  shape->definition = StringField(type, "definition");
  shape->as_of = MessageField(type, "as_of", api::v1::AsOf::descriptor());
  shape->on = MessageField(type, "on", api::v1::CivilDate::descriptor());
  shape->header = MessageField(type, "header", api::v1::CommandHeader::descriptor());
  std::unique_lock lock(mutex_);
  return *shapes_.try_emplace(type, std::move(shape)).first->second;
}

absl::TimeZone Dispatcher::ZoneOf(std::string_view realm) const {
  {
    std::shared_lock lock(mutex_);
    const auto found = zones_.find(realm);
    if (found != zones_.end()) return found->second;
  }
  absl::TimeZone zone = absl::UTCTimeZone();
  const auto instance = engine_->Get(realm);
  if (!instance.ok() || instance->state == nullptr) return zone;
  if (const auto* field = StringField(instance->state->GetDescriptor(), "time_zone")) {
    if (!absl::LoadTimeZone(StringOf(*instance->state, field), &zone)) zone = absl::UTCTimeZone();
  }
  std::unique_lock lock(mutex_);
  return zones_.try_emplace(std::string(realm), zone).first->second;
}

api::v1::CivilDate Dispatcher::Today(std::string_view realm) const {
  return DayOf(engine_->clock().Now(), ZoneOf(realm));
}

absl::Status Dispatcher::CheckRealm(const Caller& caller, std::string_view name,
                                    std::string_view field) const {
  if (name.empty())
    return absl::OkStatus();  // FIELD_REQUIRED, if it is, comes with the field rules
  const std::string_view home = RealmOf(caller.account);
  const std::string_view realm = RealmOf(name);
  if (home == realm || (home == kSystemRealm && caller.administrator)) return absl::OkStatus();
  if (!IsWellFormedName(realm) && realm != "realms/-")
    return absl::OkStatus();  // NAME_INVALID comes with the field rules
  return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_OTHER_REALM,
                fmt::format("{} belongs to {}, not to {}", caller.account, home, realm))
      .Field(field)
      .Mend(fmt::format("Sign in with an account of {}.", realm));
}

absl::Status Dispatcher::CheckStillActs(const Caller& caller, const std::string& office,
                                        std::string_view realm) const {
  if (identity_->ActIn(caller, office, Today(realm)).ok()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_NOT_HOLDER_OF_OFFICE,
                fmt::format("you acted for {} then and do so no longer", office))
      .Field("header.occurred_on")
      .Mend("Have an administrator enter it, with the document that shows it.");
}

absl::StatusOr<std::shared_ptr<Dispatcher::Call>> Dispatcher::Begin(
    const ServiceCatalog::Method& method, const Incoming& incoming) const {
  if (incoming.deadline <= absl::Now()) return DeadlinePassed();

  Caller caller;
  if (!method.rules.anonymous()) {
    if (incoming.token.empty()) {
      return Refuse(absl::StatusCode::kUnauthenticated, api::v1::REASON_IDENTITY_REQUIRED,
                    "the request carries no identity")
          .Mend("Sign in, and send the token as metadata `authorization: Bearer <token>`.");
    }
    ASSIGN_OR_RETURN(caller, identity_->Authenticate(incoming.token));
    caller.token = incoming.token;
    if (method.rules.administrator() && !caller.administrator) return Call::AdministratorRequired();
  }

  auto call = std::make_shared<Call>(this, &method, std::move(caller), incoming.deadline);
  call->request = NewMessage(method.descriptor->input_type());
  if (!call->request->ParseFromZeroCopyStream(incoming.body)) {
    return FieldRulesChecker::Malformed(method.descriptor->input_type());
  }

  const Shape& shape = ShapeOf(method.descriptor->input_type());
  if (!method.rules.anonymous()) {
    for (const FieldDescriptor* field : {shape.name, shape.parent, shape.realm}) {
      if (field == nullptr) continue;
      RETURN_IF_ERROR(CheckRealm(call->caller(), StringOf(*call->request, field), field->name()));
    }
  }
  RETURN_IF_ERROR(rules_.Check(*call->request, &call->references));
  if (method.rules.anonymous()) return call;
  for (const Command::Reference& reference : call->references) {
    RETURN_IF_ERROR(CheckRealm(call->caller(), reference.name, reference.field));
  }
  return call;
}

absl::StatusOr<Command> Dispatcher::ToCommand(const Caller& caller,
                                              std::shared_ptr<Message> request,
                                              CommandTarget target, absl::Time deadline,
                                              std::vector<Command::Reference> references) const {
  const Shape& shape = ShapeOf(request->GetDescriptor());
  const std::string& kind = target.kind;
  const bool creates = target.creates;
  Command command;
  command.creates = creates;
  command.deadline = deadline;
  if (auto header = MessageOf<api::v1::CommandHeader>(*request, shape.header))
    command.header = *std::move(header);

  const Kind* known = kind == "*" ? nullptr : engine_->kinds().Find(kind);
  if (!target.instance.empty()) {
    command.instance = std::move(target.instance);
    RETURN_IF_ERROR(rules_.CheckName("name", command.instance, kind));
  } else if (creates) {
    const std::string id_field = fmt::format("{}_id", kind);
    const std::string id = StringOf(*request, StringField(request->GetDescriptor(), id_field));
    const std::string parent = StringOf(*request, shape.parent);
    if (!IsValidId(id)) {
      return Refuse(absl::StatusCode::kInvalidArgument,
                    id.empty() ? api::v1::REASON_FIELD_REQUIRED : api::v1::REASON_NAME_INVALID,
                    id.empty() ? fmt::format("{} is missing", id_field)
                               : fmt::format("\"{}\" is not an id", id))
          .Field(id_field)
          .Mend("Use 1 to 63 lower-case letters, digits and hyphens, no hyphen at the ends.");
    }
    const std::string parent_kind = known == nullptr || known->traits().parent_kind.empty()
                                        ? "realm"
                                        : known->traits().parent_kind;
    RETURN_IF_ERROR(rules_.CheckName("parent", parent, parent_kind));
    const bool listed =
        std::any_of(references.begin(), references.end(),
                    [](const auto& reference) { return reference.field == "parent"; });
    if (!listed && parent_kind != "realm") references.push_back({"parent", parent, parent_kind});
    command.instance =
        fmt::format("{}/{}/{}", parent, known == nullptr ? kind : known->traits().collection, id);
    command.definition = StringOf(*request, shape.definition);
  } else {
    command.instance = StringOf(*request, shape.name);
    RETURN_IF_ERROR(rules_.CheckName("name", command.instance, kind));
  }

  const api::v1::CivilDate day = command.header.has_occurred_on()
                                     ? command.header.occurred_on()
                                     : Today(RealmOf(command.instance));
  ASSIGN_OR_RETURN(command.actor, identity_->ActIn(caller, command.header.acting_office(), day));
  if (command.header.has_occurred_on() && !caller.administrator &&
      !command.actor.office().empty()) {
    RETURN_IF_ERROR(CheckStillActs(caller, command.actor.office(), RealmOf(command.instance)));
  }

  for (Command::Reference& reference : references) {
    // The instance itself is the engine's to find: INSTANCE_NOT_FOUND.
    if (!creates && reference.field == "name") continue;
    RETURN_IF_ERROR(CheckSameRealm(reference, command.instance));
    const bool here =
        reference.kind == "*"
            ? engine_->kinds().FindByCollection(CollectionOf(reference.name)) != nullptr
            : engine_->kinds().Find(reference.kind) != nullptr;
    if (here || resolver_ == nullptr) {
      command.references.push_back(std::move(reference));
    } else {
      ASSIGN_OR_RETURN(auto read, resolver_->Read(caller, reference));
      command.resolved.push_back(std::move(read));
    }
  }
  command.request = std::move(request);
  return command;
}

void Dispatcher::Send(const std::shared_ptr<Call>& call, std::function<void(Answer)> done) const {
  const ServiceCatalog::Method& method = call->method();
  std::string content_hash;
  if (method.preparation) {
    content_hash = HashWithoutSecrets(*call->request);
    if (absl::Status prepared = method.preparation(*call->request, *call); !prepared.ok()) {
      done({std::move(prepared), nullptr});
      return;
    }
  }
  const auto& rule = method.rules.command();
  auto command = ToCommand(call->caller(), call->request, {rule.kind(), rule.creates(), {}},
                           call->deadline(), std::move(call->references));
  if (!command.ok()) {
    done({std::move(command).status(), nullptr});
    return;
  }
  command->content_hash = std::move(content_hash);
  engine_->Submit(*std::move(command), [this, call, done = std::move(done)](Outcome outcome) {
    done(ToAnswer(call->method(), outcome, call->caller()));
  });
}

Answer Dispatcher::ToAnswer(const ServiceCatalog::Method& method, const Outcome& outcome,
                            const Caller& caller) const {
  if (!outcome.status.ok()) return {outcome.status, nullptr};
  MappingContext mapping{*engine_, {}, Today(RealmOf(outcome.instance.name)), {}, false, {}};
  mapping.viewer.set_account(caller.account);
  mapping.viewer.set_person(caller.person);
  mapping.viewer.set_administrator(caller.administrator);
  if (!caller.offices.empty()) mapping.viewer.set_office(caller.offices.front());
  mapping.viewer_offices = caller.offices;
  if (method.rules.command().kind() == "*") {
    return {absl::OkStatus(), ToAnyInstance(*catalog_, outcome.instance, mapping)};
  }
  auto resource = ToResource(*catalog_, outcome.instance, mapping);
  if (!resource.ok()) return {std::move(resource).status(), nullptr};
  return {absl::OkStatus(), *std::move(resource)};
}

Answer Dispatcher::Serve(const Call& call) const {
  const ServiceCatalog::Method& method = call.method();
  const Shape& shape = ShapeOf(call.request->GetDescriptor());
  if (method.handler) {
    auto response = method.handler(*call.request, call);
    if (!response.ok()) return {std::move(response).status(), nullptr};
    return {absl::OkStatus(), *std::move(response)};
  }

  MappingContext mapping = call.Mapping();
  if (method.rules.has_get()) {
    const std::string name = StringOf(*call.request, shape.name);
    const std::string& kind = method.rules.get().kind();
    if (absl::Status form = rules_.CheckName("name", name, kind); !form.ok())
      return {std::move(form), nullptr};
    auto instance = engine_->Get(name, mapping.as_of);
    if (!instance.ok()) return {std::move(instance).status(), nullptr};
    if (kind == "*") return {absl::OkStatus(), ToAnyInstance(*catalog_, *instance, mapping)};
    auto resource = ToResource(*catalog_, *instance, mapping);
    if (!resource.ok()) return {std::move(resource).status(), nullptr};
    return {absl::OkStatus(), *std::move(resource)};
  }

  auto page = Page::Of(*call.request);
  if (!page.ok()) return {std::move(page).status(), nullptr};
  mapping.in_list = true;
  auto instances = engine_->List(method.rules.list().kind(), StringOf(*call.request, shape.parent),
                                 page->after, static_cast<size_t>(page->size) + 1, mapping.as_of);
  if (!instances.ok()) return {std::move(instances).status(), nullptr};
  std::unique_ptr<Message> response = NewMessage(method.descriptor->output_type());
  const google::protobuf::Reflection* reflection = response->GetReflection();
  const FieldDescriptor* rows = nullptr;
  for (int i = 0; i < response->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = response->GetDescriptor()->field(i);
    if (field->is_repeated()) rows = field;
  }
  const bool more = instances->size() > static_cast<size_t>(page->size);
  if (more) instances->pop_back();
  for (const Instance& instance : *instances) {
    auto resource = ToResource(*catalog_, instance, mapping);
    if (!resource.ok()) return {std::move(resource).status(), nullptr};
    reflection->AddAllocatedMessage(response.get(), rows, resource->release());
  }
  if (more) {
    reflection->SetString(response.get(), StringField(response->GetDescriptor(), "next_page_token"),
                          page->NextToken(instances->back().name));
  }
  return {absl::OkStatus(), std::move(response)};
}

absl::Status Dispatcher::StillWelcome(const Call& call) const {
  if (call.caller().account.empty()) return absl::OkStatus();
  return identity_->Authenticate(call.caller().token).status();
}

absl::StatusOr<std::unique_ptr<StreamSource>> Dispatcher::Open(
    const std::shared_ptr<Call>& call) const {
  return call->method().stream(*call->request, call);
}

void Dispatcher::Handle(const ServiceCatalog::Method& method, const Incoming& incoming,
                        std::function<void(Answer)> done) const {
  auto call = Begin(method, incoming);
  if (!call.ok()) {
    done({std::move(call).status(), nullptr});
  } else if (method.rules.has_command()) {
    Send(*call, std::move(done));
  } else {
    done(Serve(**call));
  }
}

}  // namespace kasundo
