// What articles are stored as, as their resource: the kind's own fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/articles.pb.h"
#include "kasundo/agreements/v1/articles_events.pb.h"

namespace kasundo::agreements {

// The language that prevails where texts differ, by the last agreed text; "" if none does.
std::string PrevailingLanguage(const v1::AgreementState& agreement);

// Ids of the parties that read the article differently, of those that have not left the agreement.
std::vector<std::string> ContestedBy(const v1::ArticleState& article,
                                     const v1::AgreementState& agreement);

// `in_list` leaves out comments and the words of texts.
v1::Article ToArticle(const v1::ArticleState& state, const v1::AgreementState& agreement,
                      bool in_list);

}  // namespace kasundo::agreements
