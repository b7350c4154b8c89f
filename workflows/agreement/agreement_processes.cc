#include "workflows/agreement/agreement_processes.h"

#include <memory>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/agreements_follow_ups.pb.h"
#include "kasundo/agreements/v1/articles_events.pb.h"
#include "kasundo/agreements/v1/articles_requests.pb.h"
#include "kasundo/agreements/v1/obligations_events.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "workflows/committee/follow_up_requests.h"

namespace kasundo::agreements {
namespace {

using committees::FollowUps;
using committees::Send;
using google::protobuf::Message;
using workflows::v1::EventRecord;

template <typename State>
const State* StateOf(const std::string& name, const Context::Lookup& related) {
  const RelatedInstance* found = related(name);
  return found == nullptr ? nullptr : dynamic_cast<const State*>(found->state);
}

class ArticleListing final : public ProcessManager {
 public:
  std::string_view name() const override { return "article-listing"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::ArticleEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    if (event->has_article_drafted()) {
      List(record, event->article_drafted().number(), follow_ups);
    } else if (event->has_article_inherited()) {
      List(record, event->article_inherited().number(), follow_ups);
    } else if (event->has_article_renumbered()) {
      List(record, event->article_renumbered().number(), follow_ups);
    }
    return follow_ups;
  }

 private:
  static void List(const EventRecord& record, const std::string& number, FollowUps& follow_ups) {
    auto& request =
        Send<v1::ListArticleRequest>(std::string(ParentOf(record.instance())), follow_ups);
    request.set_article(record.instance());
    request.set_number(number);
  }
};

class TextWork final : public ProcessManager {
 public:
  std::string_view name() const override { return "text-work"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::ArticleEvent*>(&payload);
    // What is drafted or inherited is listed, which is work enough.
    if (event == nullptr || event->has_article_drafted() || event->has_article_inherited()) {
      return follow_ups;
    }
    const std::string above(ParentOf(record.instance()));
    const auto* agreement = StateOf<v1::AgreementState>(above, related);
    if (agreement == nullptr || agreement->has_in_force_on() || agreement->has_failure()) {
      return follow_ups;
    }
    Send<v1::NoteTextWorkRequest>(above, follow_ups).set_article(record.instance());
    return follow_ups;
  }
};

class TextInheritance final : public ProcessManager {
 public:
  std::string_view name() const override { return "text-inheritance"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::AgreementEvent*>(&payload);
    if (event == nullptr || !event->has_agreement_revived()) return follow_ups;
    const auto* failed =
        StateOf<v1::AgreementState>(event->agreement_revived().revived_from(), related);
    if (failed == nullptr) return follow_ups;
    for (const std::string& name : failed->articles()) {
      const auto* article = StateOf<v1::ArticleState>(name, related);
      if (article == nullptr || article->has_withdrawn_on()) continue;
      auto request = std::make_unique<v1::InheritArticleRequest>();
      request->set_parent(record.instance());
      request->set_article_id(std::string(IdOf(name)));
      request->set_from(name);
      follow_ups.push_back({fmt::format("{}/articles/{}", record.instance(), IdOf(name)),
                            std::move(request), /*creates=*/true});
    }
    return follow_ups;
  }
};

class ObligationListing final : public ProcessManager {
 public:
  std::string_view name() const override { return "obligation-listing"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::ObligationEvent*>(&payload);
    if (event == nullptr || !event->has_obligation_recorded()) return follow_ups;
    v1::ListedObligation& listed =
        *Send<v1::ListObligationRequest>(std::string(ParentOf(record.instance())), follow_ups)
             .mutable_obligation();
    listed.set_name(record.instance());
    listed.set_party(event->obligation_recorded().party());
    listed.set_activity(event->obligation_recorded().activity());
    return follow_ups;
  }
};

bool IsOwed(const v1::ObligationState& obligation) {
  return !obligation.has_done_on() && !obligation.withdrawn();
}

class PartyDeparture final : public ProcessManager {
 public:
  std::string_view name() const override { return "party-departure"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::AgreementEvent*>(&payload);
    if (event == nullptr || !event->has_party_left()) return follow_ups;
    const auto* agreement = StateOf<v1::AgreementState>(record.instance(), related);
    if (agreement == nullptr) return follow_ups;
    for (const v1::ListedObligation& listed : agreement->obligations()) {
      if (listed.party() != event->party_left().party()) continue;
      const auto* obligation = StateOf<v1::ObligationState>(listed.name(), related);
      if (obligation == nullptr || !IsOwed(*obligation)) continue;
      Send<v1::WithdrawObligationRequest>(listed.name(), follow_ups);
    }
    return follow_ups;
  }
};

class ActivityObligations final : public ProcessManager {
 public:
  std::string_view name() const override { return "activity-obligations"; }

  FollowUps React(const EventRecord& record, const Message& payload,
                  const Context::Lookup& related) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const v1::AgreementEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    const auto* agreement = StateOf<v1::AgreementState>(record.instance(), related);
    if (agreement == nullptr) return follow_ups;
    const bool suspends = event->has_activity_suspended();
    if (!suspends && !event->has_activity_resumed()) return follow_ups;
    const std::string& activity =
        suspends ? event->activity_suspended().activity() : event->activity_resumed().activity();
    for (const v1::ListedObligation& listed : agreement->obligations()) {
      if (listed.activity() != activity) continue;
      const auto* obligation = StateOf<v1::ObligationState>(listed.name(), related);
      if (obligation == nullptr || !IsOwed(*obligation)) continue;
      if (suspends && !obligation->suspended()) {
        Send<v1::SuspendObligationRequest>(listed.name(), follow_ups);
      } else if (!suspends && obligation->suspended()) {
        Send<v1::ResumeObligationRequest>(listed.name(), follow_ups);
      }
    }
    return follow_ups;
  }
};

}  // namespace

std::vector<std::unique_ptr<ProcessManager>> AgreementProcesses() {
  std::vector<std::unique_ptr<ProcessManager>> processes;
  processes.push_back(std::make_unique<ArticleListing>());
  processes.push_back(std::make_unique<TextWork>());
  processes.push_back(std::make_unique<TextInheritance>());
  processes.push_back(std::make_unique<ObligationListing>());
  processes.push_back(std::make_unique<PartyDeparture>());
  processes.push_back(std::make_unique<ActivityObligations>());
  return processes;
}

}  // namespace kasundo::agreements
