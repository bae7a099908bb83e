// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_gnn_reference.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "base/hot.hpp"

namespace hangil::lidar::tests {

namespace {

using Row = std::vector<double>;

HANGIL_HOT void add_products(const double* input, std::size_t input_count, const float* __restrict weights,
                             std::size_t output_count, double* __restrict sums) {
  for (std::size_t i = 0; i < input_count; ++i) {
    for (std::size_t k = 0; k < output_count; ++k) sums[k] += input[i] * double{weights[i * output_count + k]};
  }
}

class PlainNetwork {
 public:
  explicit PlainNetwork(const model::Weights& weights) : weights_(weights) {}

  Row layer(const std::string& scope, std::size_t n, const Row& input, bool is_rectified) const {
    const std::string name = scope + "/fully_connected" + (n == 0 ? "" : "_" + std::to_string(n));
    const model::Tensor& weights = *weights_.find(name + "/weights");
    const model::Tensor& bias = *weights_.find(name + "/biases");
    Row sums(bias.values.begin(), bias.values.end());
    add_products(input.data(), input.size(), weights.values.data(), sums.size(), sums.data());
    if (is_rectified) {
      for (double& value : sums) value = std::max(value, 0.0);
    }
    return sums;
  }

  // Layers `first` to `end` of a scope; the last may be linear.
  Row chain(const std::string& scope, std::size_t count, Row values, bool is_last_rectified) const {
    for (std::size_t n = 0; n < count; ++n) values = layer(scope, n, values, n + 1 < count || is_last_rectified);
    return values;
  }

 private:
  const model::Weights& weights_;
};

void raise(Row& most, const Row& values) {
  if (most.empty()) most.assign(values.size(), 0.0);  // behind a ReLU nothing is less
  for (std::size_t k = 0; k < values.size(); ++k) most[k] = std::max(most[k], values[k]);
}

template <class Visit>
void for_each_source(const Edges& edges, std::size_t destination, const Visit& visit) {
  for (std::size_t e = edges.begin[destination]; e < edges.begin[destination + 1]; ++e) visit(edges.sources[e]);
}

std::vector<Row> pool_points(const PlainNetwork& network, const Points& points, const GnnGraph& graph) {
  const Points& keypoints = graph.keypoints;
  std::vector<Row> features;
  for (std::size_t d = 0; d < keypoints.count; ++d) {
    Row most;
    for_each_source(graph.from_points, d, [&](std::size_t i) {
      const Row input{points.intensity[i], double{points.x_m[i]} - keypoints.x_m[d],
                      double{points.y_m[i]} - keypoints.y_m[d], double{points.z_m[i]} - keypoints.z_m[d]};
      raise(most, network.chain("layer1/extract_vertex_features", 4, input, true));
    });
    features.push_back(network.chain("layer1/combined_features", 2, most, true));
  }
  return features;
}

Row pool_messages(const PlainNetwork& network, const GnnGraph& graph, const std::vector<Row>& features, std::size_t d) {
  const Points& keypoints = graph.keypoints;
  const Row offset = network.chain("layer2", 2, features[d], false);
  Row most;
  for_each_source(graph.from_keypoints, d, [&](std::size_t s) {
    Row input = features[s];
    input.push_back(keypoints.x_m[s] - (keypoints.x_m[d] + offset[0]));
    input.push_back(keypoints.y_m[s] - (keypoints.y_m[d] + offset[1]));
    input.push_back(keypoints.z_m[s] - (keypoints.z_m[d] + offset[2]));
    raise(most, network.chain("layer2/extract_vertex_features", 2, input, true));
  });
  return most;
}

std::array<float, kGnnClasses> softmax(const Row& logits) {
  std::array<float, kGnnClasses> probabilities{};
  const double highest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const double value : logits) sum += std::exp(value - highest);
  for (std::size_t c = 0; c < kGnnClasses; ++c) {
    probabilities[c] = static_cast<float>(std::exp(logits[c] - highest) / sum);
  }
  return probabilities;
}

}  // namespace

GnnAnswer reference_answer(const model::Weights& weights, const Points& camera_points, const GnnGraph& graph) {
  const PlainNetwork network(weights);
  const std::vector<Row> features = pool_points(network, camera_points, graph);
  GnnAnswer answer;
  answer.count = graph.keypoints.count;
  answer.boxes.resize(answer.count);
  for (std::size_t d = 0; d < answer.count; ++d) {
    Row final = network.chain("layer2/combined_features", 2, pool_messages(network, graph, features, d), false);
    for (std::size_t k = 0; k < final.size(); ++k) final[k] += features[d][k];
    answer.probabilities.push_back(softmax(network.chain("output/predictor/cls", 2, final, false)));
    for (std::size_t c = 0; c < kGnnCarClasses; ++c) {
      const Row numbers = network.chain("output/predictor/loc/cls_" + std::to_string(c + 1), 3, final, false);
      std::copy(numbers.begin(), numbers.end(), answer.boxes[d][c].begin());
    }
  }
  return answer;
}

model::Weights random_gnn_weights(std::uint64_t seed) {
  struct Scope {
    std::string name;
    std::vector<std::int64_t> widths;
  };
  std::vector<Scope> scopes = {{"layer1/extract_vertex_features", {4, 32, 64, 128, 300}},
                               {"layer1/combined_features", {300, 300, 300}},
                               {"layer2", {300, 64, 3}},
                               {"layer2/extract_vertex_features", {303, 300, 300}},
                               {"layer2/combined_features", {300, 300, 300}},
                               {"output/predictor/cls", {300, 64, 4}},
                               {"output/predictor/loc/cls_1", {300, 64, 64, 7}},
                               {"output/predictor/loc/cls_2", {300, 64, 64, 7}}};
  std::mt19937_64 random(seed);
  std::normal_distribution<float> value;
  auto storage = std::make_shared<std::vector<float>>();
  std::vector<std::pair<std::string, model::Shape>> shapes;
  for (const Scope& scope : scopes) {
    for (std::size_t n = 0; n + 1 < scope.widths.size(); ++n) {
      const std::string name = scope.name + "/fully_connected" + (n == 0 ? "" : "_" + std::to_string(n));
      const float spread = std::sqrt(2.0f / static_cast<float>(scope.widths[n]));
      shapes.push_back({name + "/weights", {scope.widths[n], scope.widths[n + 1]}});
      for (std::int64_t i = 0; i < scope.widths[n] * scope.widths[n + 1]; ++i)
        storage->push_back(spread * value(random));
      shapes.push_back({name + "/biases", {scope.widths[n + 1]}});
      for (std::int64_t i = 0; i < scope.widths[n + 1]; ++i) storage->push_back(0.1f * value(random));
    }
  }
  std::vector<model::Tensor> tensors;
  std::size_t at = 0;
  for (const auto& [name, shape] : shapes) {
    const auto count = static_cast<std::size_t>(*model::element_count(shape));
    tensors.push_back({name, shape, std::span<const float>(*storage).subspan(at, count)});
    at += count;
  }
  return {std::move(tensors), storage, std::string(64, '0')};
}

}  // namespace hangil::lidar::tests
