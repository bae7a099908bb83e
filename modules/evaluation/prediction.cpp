// SPDX-License-Identifier: Apache-2.0
#include "evaluation/prediction.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "evaluation/frame_match.hpp"
#include "evaluation/stamp_index.hpp"

namespace hangil::evaluation {

namespace {

constexpr std::array<double, 3> kHorizons_s = {1, 2, 3};
constexpr double kMiss_m = 2;

struct Displacement {
  double average_m = 0, final_m = 0;
};

// Sums of one class and horizon.
struct Tally {
  std::uint32_t count = 0, miss_count = 0;
  double min_ade = 0, min_fde = 0, first_ade = 0, first_fde = 0, standing_fde = 0;
};

using Tallies = std::map<std::string, std::array<Tally, kHorizons_s.size()>>;

// A predicted object and the labelled one it is about.
struct Sample {
  const messages::PredictedObject* object;
  base::Time stamp;
  base::Duration step;
  std::int32_t truth_id;
  std::string truth_class;
};

std::size_t state_count(base::Duration step, double horizon_s) {
  return step.ns <= 0 ? 0 : static_cast<std::size_t>(std::floor(horizon_s / step.to_s() + 1e-6));
}

// Where the object really was at each step up to the horizon; empty when it was not seen all along.
std::vector<math::Point2> true_path(const Sample& sample, const ObjectHistory& history, std::size_t count) {
  std::vector<math::Point2> path;
  for (std::size_t i = 1; i <= count; ++i) {
    const auto state = history.at(sample.truth_id, sample.stamp + sample.step * static_cast<std::int64_t>(i));
    if (!state) return {};
    path.push_back({state->box.pose.x_m, state->box.pose.y_m});
  }
  return path;
}

std::optional<Displacement> displacement(const messages::Future& future, const std::vector<math::Point2>& path) {
  if (future.states.size() < path.size()) return std::nullopt;
  Displacement result;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto& state = future.states[i];
    result.final_m = std::hypot(state.x_m - path[i].x_m, state.y_m - path[i].y_m);
    result.average_m += result.final_m / static_cast<double>(path.size());
  }
  return std::isfinite(result.average_m) ? std::optional(result) : std::nullopt;
}

// The K most probable futures; equal probabilities keep the message's order.
std::vector<const messages::Future*> most_probable(const messages::PredictedObject& object, std::size_t limit) {
  std::vector<const messages::Future*> futures;
  for (const messages::Future& future : object.futures) futures.push_back(&future);
  std::stable_sort(futures.begin(), futures.end(),
                   [](const auto* a, const auto* b) { return a->probability > b->probability; });
  futures.resize(std::min(futures.size(), limit));
  return futures;
}

bool add_sample(const Sample& sample, const std::vector<math::Point2>& path, std::size_t limit, Tally& tally) {
  const auto futures = most_probable(*sample.object, limit);
  Displacement best{HUGE_VAL, HUGE_VAL}, first;
  for (std::size_t i = 0; i < futures.size(); ++i) {
    const auto error = displacement(*futures[i], path);
    if (!error) return false;
    best = {std::min(best.average_m, error->average_m), std::min(best.final_m, error->final_m)};
    if (i == 0) first = *error;
  }
  if (futures.empty()) return false;
  ++tally.count;
  tally.miss_count += best.final_m > kMiss_m ? 1 : 0;
  tally.min_ade += best.average_m, tally.min_fde += best.final_m;
  tally.first_ade += first.average_m, tally.first_fde += first.final_m;
  tally.standing_fde += std::hypot(path.back().x_m - sample.object->box.x_m, path.back().y_m - sample.object->box.y_m);
  return true;
}

void add_horizons(const Sample& sample, const ObjectHistory& history, PredictionResult& result, Tallies& tallies) {
  for (std::size_t h = 0; h < kHorizons_s.size(); ++h) {
    const auto path = true_path(sample, history, state_count(sample.step, kHorizons_s[h]));
    if (path.empty()) continue;
    const bool is_long_enough = add_sample(sample, path, result.future_limit, tallies["all"][h]);
    if (is_long_enough) {
      add_sample(sample, path, result.future_limit, tallies[sample.truth_class][h]);
    } else if (h + 1 == kHorizons_s.size()) {
      ++result.short_future_count;
    }
  }
}

// Both in an order of their own, so that the order in the messages does not matter.
std::vector<const messages::PredictedObject*> by_track(const messages::Predictions& message) {
  std::vector<const messages::PredictedObject*> objects;
  for (const auto& object : message.objects) objects.push_back(&object);
  std::stable_sort(objects.begin(), objects.end(), [](auto* a, auto* b) { return a->track_id < b->track_id; });
  return objects;
}

messages::TruthObjects by_id(messages::TruthObjects truth) {
  std::stable_sort(truth.objects.begin(), truth.objects.end(), [](auto& a, auto& b) { return a.id < b.id; });
  return truth;
}

EvaluatedFrame frame_of(const std::vector<const messages::PredictedObject*>& objects,
                        const messages::TruthObjects& truth, const math::PoseSample& T_map_ego) {
  EvaluatedFrame frame{.truth = by_id(truth)};
  for (const auto* object : objects) {
    frame.answer.boxes.push_back({box_in_ego(object->box, T_map_ego), object->object_class, object->track_id});
  }
  return frame;
}

void add_frame(const messages::Predictions& message, const messages::TruthObjects& truth,
               const math::PoseSample& T_map_ego, const ObjectHistory& history, const Protocol& protocol,
               PredictionResult& result, Tallies& tallies) {
  const auto objects = by_track(message);
  const EvaluatedFrame frame = frame_of(objects, truth, T_map_ego);
  const FrameMatch match = match_frame(frame, nullptr, protocol);
  result.prediction_count += static_cast<std::uint32_t>(objects.size());
  for (std::size_t i = 0; i < match.box_of_truth.size(); ++i) {
    if (match.box_of_truth[i] < 0) continue;
    const auto& labelled = frame.truth.objects[i];
    const auto* object = objects[static_cast<std::size_t>(match.box_of_truth[i])];
    ++result.matched_count;
    add_horizons({object, message.header.stamp, message.step, labelled.id,
                  std::string(messages::class_name(labelled.object_class))},
                 history, result, tallies);
  }
}

PredictionScore score_of(const std::string& name, double horizon_s, const Tally& tally) {
  const double n = tally.count;
  return {name,
          horizon_s,
          tally.count,
          ratio(tally.min_ade, n),
          ratio(tally.min_fde, n),
          ratio(tally.miss_count, n),
          ratio(tally.first_ade, n),
          ratio(tally.first_fde, n),
          ratio(tally.standing_fde, n)};
}

}  // namespace

PredictionResult evaluate_prediction(const Channel<messages::Predictions>& predictions,
                                     const Channel<messages::TruthObjects>& truth, const math::PoseBuffer& poses,
                                     const Protocol& protocol) {
  const ObjectHistory history = history_of(truth, poses);
  const StampIndex<messages::TruthObjects> labels(truth);
  PredictionResult result;
  Tallies tallies{{"all", {}}};
  for (const auto& message : predictions) {
    const messages::Header& header = message.value.header;
    const auto* labelled = labels.nearest(header.stamp, protocol.max_stamp_difference);
    const auto pose = poses.at(header.stamp);
    if (header.frame_id != "map" || !pose || labelled == nullptr) continue;
    add_frame(message.value, *labelled, *pose, history, protocol, result, tallies);
  }
  for (const auto& [name, by_horizon] : tallies) {
    for (std::size_t h = 0; h < kHorizons_s.size(); ++h) {
      result.scores.push_back(score_of(name, kHorizons_s[h], by_horizon[h]));
    }
  }
  return result;
}

}  // namespace hangil::evaluation
