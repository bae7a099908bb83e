// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <thread>

#include "messages/objects.hpp"
#include "messages/odometry.hpp"
#include "messages/tracks.hpp"
#include "runtime/module.hpp"

namespace {

using namespace hangil;

struct FaultConfig {
  int fault = 0, at = 10;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("fault", fault, {0, 4}, "",
                  "0 none, 1 a number that is none, 2 a throw, 3 hangs for 5 s, 4 aborts at two objects");
    visitor.field("at", at, {0, 1000}, "", "in which activation, and of a new instance's never");
  }
};

// A tracker that sees one parked car, and fails once.
class FaultyTracker : public runtime::Module {
 public:
  explicit FaultyTracker(runtime::Setup& setup)
      : config_(setup.config<FaultConfig>()),
        objects_(setup.latest<messages::Objects>("objects")),
        pose_(setup.latest<messages::Odometry>("pose")),
        tracks_(setup.output<messages::Tracks>("tracks")) {}

  void step(runtime::Activation& activation) override {
    const auto objects = activation.get(objects_);
    if (!objects) return;
    const bool is_due = activation.ordinal() == static_cast<std::uint64_t>(config_.at);
    if (is_due && config_.fault == 2) throw std::runtime_error("lost its wits");
    if (is_due && config_.fault == 3) std::this_thread::sleep_for(std::chrono::seconds(5));
    if (config_.fault == 4 && objects->objects.size() > 1) std::abort();
    messages::Tracks tracks;
    tracks.header = {objects->header.stamp, "map"};
    messages::Track& car = tracks.tracks.emplace_back();
    car.id = 1, car.existence_probability = 0.9F, car.is_confirmed = true;
    car.box = {10, 30, 0, 0, 4, 2, 1.5};
    for (const std::size_t diagonal : {0U, 5U, 10U, 15U}) car.covariance[diagonal] = 0.1;
    if (is_due && config_.fault == 1) car.box.x_m = std::numeric_limits<double>::quiet_NaN();
    activation.publish(tracks_, std::move(tracks));
  }

 private:
  FaultConfig config_;
  runtime::Latest<messages::Objects> objects_;
  runtime::Latest<messages::Odometry> pose_;
  runtime::Output<messages::Tracks> tracks_;
};

}  // namespace

HANGIL_MODULE(FaultyTracker, "sees one car, and fails once")
