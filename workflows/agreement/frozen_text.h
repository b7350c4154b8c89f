// Freezing the articles of an agreement to a text that signatures are bound to.
#pragma once

#include <string>

#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

// The present articles, without withdrawn ones, as a text of that number and of the business date.
v1::AgreedText FreezeArticles(const v1::AgreementState& state, int number,
                              const std::string& prevailing_language, const Context& context);

// SHA-256 in hexadecimal digits over prevailing language and, for each article in order, name,
// number and content hash; each part ends with a zero byte.
std::string HashOf(const v1::AgreedText& text);

}  // namespace kasundo::agreements
