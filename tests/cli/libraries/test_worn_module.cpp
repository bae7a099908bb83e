// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <thread>

#include "messages/imu.hpp"
#include "runtime/module.hpp"

namespace {

struct WornConfig {
  int leak_kb = 0, slower_us = 0;

  void visit(hangil::base::ConfigVisitor& visitor) {
    visitor.field("leak_kb", leak_kb, {0, 10'000}, "kB", "held more with each activation");
    visitor.field("slower_us", slower_us, {0, 10'000}, "us", "slept more with each activation");
  }
};

// What a soak must find: it holds more, or takes longer, with every activation.
class WornModule : public hangil::runtime::Module {
 public:
  explicit WornModule(hangil::runtime::Setup& setup)
      : config_(setup.config<WornConfig>()),
        in_(setup.latest<hangil::messages::Imu>("imu")),
        out_(setup.output<hangil::messages::Imu>("imu")) {}

  void step(hangil::runtime::Activation& activation) override {
    held_.emplace_back(static_cast<std::size_t>(config_.leak_kb) * 1000, 'x');
    std::this_thread::sleep_for(std::chrono::microseconds(config_.slower_us) *
                                static_cast<std::int64_t>(activation.ordinal()));
    if (const auto imu = activation.get(in_)) activation.publish(out_, *imu);
  }

 private:
  WornConfig config_;
  std::vector<std::string> held_;
  hangil::runtime::Latest<hangil::messages::Imu> in_;
  hangil::runtime::Output<hangil::messages::Imu> out_;
};

}  // namespace

HANGIL_MODULE(WornModule, "gets heavier and slower")
