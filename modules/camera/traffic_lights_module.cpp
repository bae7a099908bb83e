// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <stdexcept>

#include "camera/image_view.hpp"
#include "camera/imaging.hpp"
#include "camera/light_ahead.hpp"
#include "camera/light_state.hpp"
#include "camera/made_picture.hpp"
#include "model/trial.hpp"
#include "runtime/module.hpp"

namespace hangil::camera {

namespace {

struct TrafficLightsConfig : LightConfig {
  std::string model;
  double least_probability = 0.9;
  void visit(base::ConfigVisitor& visitor) {
    LightConfig::visit(visitor);
    visitor.field("model", model, "network for heads whose bulbs say nothing: nexar_tl_squeezenet; empty: none");
    visitor.field("least_probability", least_probability, {0.5, 1}, "", "the network is not asked to guess below it");
  }
};

class TrafficLightsModule final : public runtime::Module {
 public:
  explicit TrafficLightsModule(runtime::Setup& setup)
      : config_(setup.config<TrafficLightsConfig>()),
        seen_(setup.aligned<messages::TrafficLights, messages::Image>("heads_and_image", 4, base::Duration{0})),
        lights_(setup.output<messages::TrafficLights>("lights")) {
    if (const auto status = open(setup.budget()); !status) setup.not_available(status.error().message);
  }

  void step(runtime::Activation& activation) override {
    const auto [heads, image] = activation.get(seen_);
    if (!heads) return;
    const auto picture = view_of(*image);
    if (!picture) throw std::runtime_error(picture.error().message);
    messages::TrafficLights lights = *heads;
    bool are_all_read = true;
    for (messages::TrafficLight& light : lights.lights) {
      const LightReading reading = read_light(*picture, light, config_);
      light.state = reading.state;
      light.state_probability = reading.probability;
      are_all_read &= light.state != messages::LightState::kUnknown;
    }
    if (ahead_ && !are_all_read) ask_network(*picture, lights);
    activation.publish(lights_, std::move(lights));
  }

 private:
  base::Status open(base::Duration budget) {
    if (config_.model.empty()) return {};
    if (const std::string problem = imaging_problem(); !problem.empty()) return base::Error{problem};
    const auto package = model::open_package({config_.model, "traffic_lights", budget});
    if (!package) return package.error();
    auto ahead = LightAhead::make(package->weights);
    if (!ahead) return ahead.error();
    ahead_ = *std::move(ahead);
    return {};
  }

  void ask_network(const PictureView& picture, messages::TrafficLights& lights) {
    const auto answer = ahead_->look(picture);
    if (!answer) throw std::runtime_error(answer.error().message);
    take_light_ahead(*answer, static_cast<float>(config_.least_probability), lights);
  }

  TrafficLightsConfig config_;
  std::optional<LightAhead> ahead_;
  runtime::Aligned<messages::TrafficLights, messages::Image> seen_;
  runtime::Output<messages::TrafficLights> lights_;
};

base::Result<model::Trial> try_light_ahead(const model::Package& package) {
  const auto network = light_ahead_network(package.weights);
  if (!network) return network.error();
  auto trial = model::network_trial(*network, package.card);
  if (!trial) return trial.error();
  auto made = LightAhead::make(package.weights);
  if (!made) return made.error();
  const auto ahead = std::make_shared<LightAhead>(*std::move(made));
  trial->levels.push_back([ahead, picture = made_picture()]() -> base::Status {
    const auto answer = ahead->look(picture);
    return answer ? base::Status() : answer.error();
  });
  return trial;
}

}  // namespace

}  // namespace hangil::camera

HANGIL_MODULE(hangil::camera::TrafficLightsModule, "reads the state of traffic lights by lit bulb, colour and place")
HANGIL_MODEL_TRIAL(hangil::camera::try_light_ahead)
