#include "services/cli/invocation.h"

#include "services/cli/any_message.h"
#include "services/cli/local_file.h"
#include "workflows/engine/check.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {

using google::protobuf::Message;

absl::Status NoCsv() {
  return Usage("this command has no table for spreadsheets",
               "Use -o json or -o yaml; -o csv is for kasundo responsibilities and for answers "
               "that bring a table along (kasundo act GetReport).");
}

absl::Status Invocation::Begin() {
  const auto format = ParseFormat(format_name);
  if (!format.has_value()) {
    return Usage(fmt::format("there is no output format '{}'", format_name),
                 "Write human, json, yaml, name or csv.");
  }
  if (*format == Format::kCsv && !takes_csv) {
    return NoCsv();
  }
  format_ = *format;
  ASSIGN_OR_RETURN(v1::Session session, EffectiveSession(console_, flags));
  return SetSession(std::move(session));
}

ViewOptions Invocation::view() const {
  ViewOptions options;
  options.width = console_.width;
  options.colour = console_.colour;
  options.realm = session_.realm();
  return options;
}

Client& Invocation::client() {
  if (client_ == nullptr) {
    client_ = Client::Connect({.address = session_.server(),
                               .token = session_.token(),
                               .tls_roots = tls_roots_,
                               .timeout = absl::Seconds(timeout_seconds),
                               .user_agent = "kasundo/" KASUNDO_VERSION});
  }
  return *client_;
}

absl::Status Invocation::SetSession(v1::Session session) {
  session_ = std::move(session);
  client_.reset();
  tls_roots_.clear();
  if (!session_.tls_roots().empty()) {
    ASSIGN_OR_RETURN(tls_roots_, ReadLocalFile(session_.tls_roots()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Message>> Invocation::Call(const MethodDescriptor& method,
                                                          const Message& request) {
  auto response = NewMessage(*method.output_type());
  RETURN_IF_ERROR(client().Call(method.full_name(), request, response.get()));
  return response;
}

const MethodDescriptor& Invocation::MethodOf(const Descriptor& request) const {
  const MethodDescriptor* method = catalog_.FindByRequest(request);
  KASUNDO_CHECK(method != nullptr);
  return *method;
}

void Invocation::PrintResource(const Message& resource) const {
  out() << (format_ == Format::kHuman ? Card(resource, view()) : Print(resource, format_));
}

void Invocation::PrintMessage(const Message& message) const {
  if (format_ != Format::kHuman) {
    out() << Print(message, format_);
    return;
  }
  const FieldDescriptor* csv = CsvField(*message.GetDescriptor());
  if (csv == nullptr) {
    out() << Fields(message, view());
    return;
  }
  const std::unique_ptr<Message> readable(message.New());
  readable->CopyFrom(message);
  readable->GetReflection()->ClearField(readable.get(), csv);
  out() << Fields(*readable, view());
  console_.err << "for a spreadsheet: the same command with -o csv\n";
}

}  // namespace kasundo::cli
