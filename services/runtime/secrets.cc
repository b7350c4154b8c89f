#include "services/runtime/secrets.h"

#include <vector>

#include "google/protobuf/descriptor.h"
#include "kasundo/api/v1/annotations.pb.h"

namespace kasundo {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void ClearSecrets(Message& message) {
  std::vector<const FieldDescriptor*> fields;
  const google::protobuf::Reflection* reflection = message.GetReflection();
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->options().GetExtension(api::v1::field).secret()) {
      reflection->ClearField(&message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        ClearSecrets(*reflection->MutableRepeatedMessage(&message, field, i));
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      ClearSecrets(*reflection->MutableMessage(&message, field));
    }
  }
}

}  // namespace kasundo
