// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "camera/image_view.hpp"
#include "camera/light_state.hpp"
#include "runtime/module.hpp"

namespace hangil::camera {

namespace {

class TrafficLightsModule final : public runtime::Module {
 public:
  explicit TrafficLightsModule(runtime::Setup& setup)
      : config_(setup.config<LightConfig>()),
        seen_(setup.aligned<messages::TrafficLights, messages::Image>("heads_and_image", 4, base::Duration{0})),
        lights_(setup.output<messages::TrafficLights>("lights")) {}

  void step(runtime::Activation& activation) override {
    const auto [heads, image] = activation.get(seen_);
    if (!heads) return;
    const auto picture = view_of(*image);
    if (!picture) throw std::runtime_error(picture.error().message);
    messages::TrafficLights lights = *heads;
    for (messages::TrafficLight& light : lights.lights) {
      const LightReading reading = read_light(*picture, light, config_);
      light.state = reading.state;
      light.state_probability = reading.probability;
    }
    activation.publish(lights_, std::move(lights));
  }

 private:
  LightConfig config_;
  runtime::Aligned<messages::TrafficLights, messages::Image> seen_;
  runtime::Output<messages::TrafficLights> lights_;
};

}  // namespace

}  // namespace hangil::camera

HANGIL_MODULE(hangil::camera::TrafficLightsModule, "reads the state of traffic lights by lit bulb, colour and place")
