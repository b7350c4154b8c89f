// What an RPC does and which fields it has, from the comments of the protos.
#pragma once

#include <string>

#include "services/cli/catalog.h"

namespace kasundo::cli {

// For `kasundo act --help COMMAND`.
std::string MethodHelp(const Catalog& catalog, const MethodDescriptor& method, int width);

// How a value of the field is written ("text", "date", "list of texts", "one of: chair, member").
std::string TypeInWords(const FieldDescriptor& field);

}  // namespace kasundo::cli
