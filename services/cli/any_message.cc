#include "services/cli/any_message.h"

#include "fmt/format.h"

namespace kasundo::cli {

using google::protobuf::Message;

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

absl::StatusOr<std::unique_ptr<Message>> Unpack(const google::protobuf::Any& any) {
  const std::string type_name = any.type_url().substr(any.type_url().rfind('/') + 1);
  const auto* type =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type_name);
  if (type == nullptr) {
    return absl::InternalError(
        fmt::format("the server answered with a '{}', which this program does not know; it may be "
                    "older than the server",
                    type_name));
  }
  auto message = NewMessage(*type);
  if (!message->ParseFromString(any.value())) {
    return absl::InternalError(fmt::format("the server's '{}' cannot be read", type_name));
  }
  return message;
}

}  // namespace kasundo::cli
