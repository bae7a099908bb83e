// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/object_history.hpp"
#include "evaluation/score.hpp"
#include "messages/predictions.hpp"

namespace hangil::evaluation {

// Displacement errors of one class over one horizon as the nuScenes prediction challenge defines them: of the K most
// probable futures the least mean and the least final distance, each taken on its own, to where the object's centre
// was.
struct PredictionScore {
  static constexpr std::string_view kType = "hangil_msgs/msg/PredictionScore";
  std::string object_class;  // "all" or the labelled class
  double horizon_s = 0;
  std::uint32_t sample_count = 0;
  double min_ade_m = kNoValue, min_fde_m = kNoValue;      // mean over samples
  double miss_ratio = kNoValue;                           // min_fde above 2 m
  double first_ade_m = kNoValue, first_fde_m = kNoValue;  // of the most probable future alone
  double standing_fde_m = kNoValue;                       // had it been predicted to stay where it was: the yardstick

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("object_class", self.object_class);
    visit("horizon_s", self.horizon_s);
    visit("sample_count", self.sample_count);
    visit("min_ade_m", self.min_ade_m);
    visit("min_fde_m", self.min_fde_m);
    visit("miss_ratio", self.miss_ratio);
    visit("first_ade_m", self.first_ade_m);
    visit("first_fde_m", self.first_fde_m);
    visit("standing_fde_m", self.standing_fde_m);
  }
};

struct PredictionResult {
  static constexpr std::string_view kType = "hangil_msgs/msg/PredictionResult";
  std::uint32_t future_limit = 6;        // K
  std::uint32_t prediction_count = 0;    // predicted objects
  std::uint32_t matched_count = 0;       // of these, on a counted labelled object
  std::vector<PredictionScore> scores;   // "all" first; horizons 1, 2 and 3 s
  std::uint32_t short_future_count = 0;  // matched ones whose futures end before 3 s

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("future_limit", self.future_limit);
    visit("prediction_count", self.prediction_count);
    visit("matched_count", self.matched_count);
    visit("scores", self.scores);
    visit("short_future_count", self.short_future_count);
  }
};

// Predictions in frame `map`. A predicted object is matched with a labelled one at the stamp of the prediction, by the
// protocol of detections; it is a sample of a horizon when the label's object is seen over the whole of it.
PredictionResult evaluate_prediction(const Channel<messages::Predictions>& predictions,
                                     const Channel<messages::TruthObjects>& truth, const math::PoseBuffer& poses,
                                     const Protocol& protocol);

}  // namespace hangil::evaluation
