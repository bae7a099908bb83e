// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "prediction/predict.hpp"
#include "runtime/module.hpp"

namespace hangil::prediction {

class PredictorModule : public runtime::Module {
 public:
  explicit PredictorModule(runtime::Setup& setup)
      : config_(setup.config<PredictionConfig>()),
        tracks_(setup.latest<messages::Tracks>("tracks")),
        predictions_(setup.output<messages::Predictions>("predictions")) {}

  void step(runtime::Activation& activation) override {
    const auto tracks = activation.get(tracks_);
    if (!tracks) return;
    auto predictions = predict(*tracks, config_);
    // No predictions are safer than some: the trajectory goes stale and the vehicle stops.
    if (!predictions) throw std::runtime_error(predictions.error().message);
    activation.publish(predictions_, *std::move(predictions));
  }

 private:
  PredictionConfig config_;
  runtime::Latest<messages::Tracks> tracks_;
  runtime::Output<messages::Predictions> predictions_;
};

}  // namespace hangil::prediction

HANGIL_MODULE(hangil::prediction::PredictorModule, "weighted futures of every track")
