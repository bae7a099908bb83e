// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "prediction/predict.hpp"
#include "runtime/module.hpp"

namespace hangil::prediction {

class PredictorModule : public runtime::Module {
 public:
  explicit PredictorModule(runtime::Setup& setup)
      : config_(setup.config<PredictionConfig>()),
        map_(setup.latest<map::LaneGraph>("map", runtime::Need::kOptional)),
        tracks_(setup.latest<messages::Tracks>("tracks")),
        predictions_(setup.output<messages::Predictions>("predictions")) {}

  void step(runtime::Activation& activation) override {
    const auto tracks = activation.get(tracks_);
    if (!tracks) return;
    if (const auto map = activation.get(map_); map && map_sequence_ != map.message->sequence) {
      map_sequence_ = map.message->sequence;
      lanes_.emplace(*map);
    }
    auto predictions = predict(*tracks, config_, lanes_ ? &*lanes_ : nullptr);
    // No predictions are safer than some: the trajectory goes stale and the vehicle stops.
    if (!predictions) throw std::runtime_error(predictions.error().message);
    activation.publish(predictions_, *std::move(predictions));
  }

 private:
  PredictionConfig config_;
  std::optional<map::LaneMap> lanes_;
  std::optional<std::uint64_t> map_sequence_;
  runtime::Latest<map::LaneGraph> map_;
  runtime::Latest<messages::Tracks> tracks_;
  runtime::Output<messages::Predictions> predictions_;
};

}  // namespace hangil::prediction

HANGIL_MODULE(hangil::prediction::PredictorModule, "weighted futures of every track")
