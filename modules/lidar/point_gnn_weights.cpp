// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "lidar/point_gnn.hpp"

namespace hangil::lidar {

namespace {

constexpr std::int64_t kFeatures = 300, kPlace = 3;

// Takes layers by name; the first that does not fit is the error.
class GnnReader {
 public:
  explicit GnnReader(const model::Weights& weights) : weights_(weights) {}

  DenseLayer layer(const std::string& name, std::int64_t inputs, std::int64_t outputs) {
    const auto weights = weights_.tensor(name + "/weights", {inputs, outputs});
    const auto bias = weights_.tensor(name + "/biases", {outputs});
    if (!weights || !bias) return fail(!weights ? weights.error() : bias.error());
    return make_dense_layer(weights->values, bias->values);
  }

  const base::Status& status() const { return status_; }

 private:
  DenseLayer fail(const base::Error& error) {
    if (status_) status_ = error;
    return {};
  }

  const model::Weights& weights_;
  base::Status status_;
};

// The names count up within a scope: fully_connected, fully_connected_1, ...
std::string nth(const std::string& scope, std::size_t n) {
  return scope + "/fully_connected" + (n == 0 ? "" : "_" + std::to_string(n));
}

template <std::size_t kCount>
std::array<DenseLayer, kCount> chain(GnnReader& reader, const std::string& scope,
                                     const std::array<std::int64_t, kCount + 1>& widths) {
  std::array<DenseLayer, kCount> layers;
  for (std::size_t i = 0; i < kCount; ++i) layers[i] = reader.layer(nth(scope, i), widths[i], widths[i + 1]);
  return layers;
}

// The first layer of an edge is linear in features and place of the source less the place of the destination.
void split_edge_layer(GnnReader& reader, const model::Weights& weights, PointGnn& network) {
  const std::string name = "layer2/extract_vertex_features/fully_connected";
  network.of_source = reader.layer(name, kFeatures + kPlace, kFeatures);
  if (!reader.status()) return;
  const auto values = weights.tensor(name + "/weights", {kFeatures + kPlace, kFeatures})->values;
  network.of_destination.assign(kPlace * network.of_source.width, 0.0f);
  for (std::size_t i = 0; i < kPlace; ++i) {
    for (std::size_t k = 0; k < kFeatures; ++k) {
      network.of_destination[i * network.of_source.width + k] = values[(kFeatures + i) * kFeatures + k];
    }
  }
}

}  // namespace

base::Result<PointGnn> make_point_gnn(const model::Weights& weights) {
  GnnReader reader(weights);
  PointGnn network;
  network.of_points = chain<4>(reader, "layer1/extract_vertex_features", {4, 32, 64, 128, kFeatures});
  network.of_patch = chain<2>(reader, "layer1/combined_features", {kFeatures, kFeatures, kFeatures});
  network.offset = chain<2>(reader, "layer2", {kFeatures, 64, kPlace});
  split_edge_layer(reader, weights, network);
  network.of_edge = reader.layer(nth("layer2/extract_vertex_features", 1), kFeatures, kFeatures);
  network.of_messages = chain<2>(reader, "layer2/combined_features", {kFeatures, kFeatures, kFeatures});
  network.class_head = chain<2>(reader, "output/predictor/cls", {kFeatures, 64, kGnnClasses});
  for (std::size_t c = 0; c < kGnnCarClasses; ++c) {
    network.box_heads[c] =
        chain<3>(reader, "output/predictor/loc/cls_" + std::to_string(c + 1), {kFeatures, 64, 64, kGnnBoxNumbers});
  }
  if (!reader.status()) return reader.status().error();
  return network;
}

}  // namespace hangil::lidar
