#include "services/runtime/health.h"

#include <algorithm>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "grpc/health/v1/health.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

bool IsServed(const ServiceCatalog& catalog, const std::string& service) {
  const auto& services = catalog.services();
  return service.empty() || std::any_of(services.begin(), services.end(), [&](const auto* one) {
           return one->full_name() == service;
         });
}

// Says what it found and stays open: the services of a server are the same until it drains, and
// then all its streams end.
class HealthWatch final : public StreamSource {
 public:
  explicit HealthWatch(HealthCheckResponse::ServingStatus status) : status_(status) {}

  void Begin(std::function<void()>) override {}
  StreamStep Next() override {
    if (std::exchange(said_, true)) return StreamStep::Wait();
    auto response = std::make_unique<HealthCheckResponse>();
    response->set_status(status_);
    return StreamStep::Message(std::move(response));
  }

 private:
  const HealthCheckResponse::ServingStatus status_;
  bool said_ = false;
};

}  // namespace

void Health::Register(ServiceCatalog& catalog) {
  catalog.AddService(HealthCheckRequest::descriptor()->file()->FindServiceByName("Health"));
  const auto status = [this] {
    return serving_.load() ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
  };
  catalog.Query<HealthCheckRequest, HealthCheckResponse>(
      "grpc.health.v1.Health.Check",
      [&catalog, status](const HealthCheckRequest& request,
                         const CallContext&) -> absl::StatusOr<HealthCheckResponse> {
        if (!IsServed(catalog, request.service())) {
          return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_REFERENCE_NOT_FOUND,
                        fmt::format("this server has no service \"{}\"", request.service()))
              .Field("service")
              .Mend("Leave it empty to ask about the whole server.");
        }
        HealthCheckResponse response;
        response.set_status(status());
        return response;
      });
  catalog.Stream<HealthCheckRequest>(
      "grpc.health.v1.Health.Watch",
      [&catalog, status](const HealthCheckRequest& request, std::shared_ptr<const CallContext>)
          -> absl::StatusOr<std::unique_ptr<StreamSource>> {
        return std::make_unique<HealthWatch>(
            IsServed(catalog, request.service()) ? status() : HealthCheckResponse::SERVICE_UNKNOWN);
      });
}

}  // namespace kasundo
