// Fields that are marked (kasundo.api.v1.field).secret: never shown, logged or hashed plainly.
#pragma once

#include "google/protobuf/message.h"

namespace kasundo {

// Clears every secret field of a message, however deep.
void ClearSecrets(google::protobuf::Message& message);

}  // namespace kasundo
