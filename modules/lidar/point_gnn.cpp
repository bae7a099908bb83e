// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_gnn.hpp"

#include <algorithm>
#include <cmath>

#include "base/hot.hpp"

namespace hangil::lidar {

namespace {

constexpr std::size_t kFeatureWidth = 304;  // 300, padded
constexpr std::size_t kPointInputs = 4;
constexpr float kLowest = -3e38f;

// One tile of edges: rows that exist, and the last one again where there are fewer than eight, which no maximum sees.
struct EdgeTile {
  std::size_t first, end;
  std::size_t edge(std::size_t row) const { return std::min(first + row, end - 1); }
};

void fill_rows(const float* first, std::size_t stride, const float* (&rows)[kRowsAtOnce]) {
  for (std::size_t r = 0; r < kRowsAtOnce; ++r) rows[r] = first + r * stride;
}

// Layer 1: what a keypoint's surroundings look like. Each edge goes through four layers; then the maximum.
class PointSetPooling {
 public:
  PointSetPooling(const PointGnn& network, const Points& points, const GnnGraph& graph, GnnMemory& memory)
      : network_(network), points_(points), graph_(graph), memory_(memory) {
    grow(memory.rows[0], kRowsAtOnce * kFeatureWidth);
    grow(memory.rows[1], kRowsAtOnce * kFeatureWidth);
  }

  void pool(std::size_t keypoint, float* most) {
    const Edges& edges = graph_.from_points;
    const std::size_t end = edges.begin[keypoint + 1];
    std::fill_n(most, kFeatureWidth, kLowest);
    for (std::size_t first = edges.begin[keypoint]; first < end; first += kRowsAtOnce) {
      write_inputs(keypoint, {first, end});
      raise_tile(most);
    }
    add_bias_and_rectify(network_.of_points[3], most);
  }

 private:
  void write_inputs(std::size_t keypoint, const EdgeTile& tile) {
    const Points& keypoints = graph_.keypoints;
    for (std::size_t r = 0; r < kRowsAtOnce; ++r) {
      const std::size_t i = graph_.from_points.sources[tile.edge(r)];
      float* row = memory_.rows[0].data() + r * kPointInputs;
      row[0] = points_.intensity[i];
      row[1] = points_.x_m[i] - keypoints.x_m[keypoint];
      row[2] = points_.y_m[i] - keypoints.y_m[keypoint];
      row[3] = points_.z_m[i] - keypoints.z_m[keypoint];
    }
  }

  void raise_tile(float* most) {
    float *from = memory_.rows[0].data(), *to = memory_.rows[1].data();
    std::size_t stride = kPointInputs;
    for (std::size_t i = 0; i < 3; ++i) {
      const DenseLayer& layer = network_.of_points[i];
      apply_layer(layer, from, stride, kRowsAtOnce, Rectify::kYes, to, layer.width, memory_.dense);
      stride = layer.width;
      std::swap(from, to);
    }
    const float* rows[kRowsAtOnce];
    fill_rows(from, stride, rows);
    raise_to_products(network_.of_points[3], rows, memory_.dense, most);
  }

  const PointGnn& network_;
  const Points& points_;
  const GnnGraph& graph_;
  GnnMemory& memory_;
};

HANGIL_HOT void rectified_difference(const float* __restrict source, const float* __restrict destination,
                                     float* __restrict row) {
  for (std::size_t k = 0; k < kFeatureWidth; ++k) {
    const float value = source[k] - destination[k];
    row[k] = value > 0 ? value : 0.0f;
  }
}

// Layer 2: the messages of a keypoint's neighbours. Of an edge's first layer only the difference is left to do.
void pool_messages(const PointGnn& network, const GnnGraph& graph, std::size_t keypoint, GnnMemory& memory,
                   float* most) {
  const Edges& edges = graph.from_keypoints;
  const std::size_t end = edges.begin[keypoint + 1];
  const float* destination = memory.destination_terms.data() + keypoint * kFeatureWidth;
  const float* rows[kRowsAtOnce];
  grow(memory.rows[2], kRowsAtOnce * kFeatureWidth);
  fill_rows(memory.rows[2].data(), kFeatureWidth, rows);
  std::fill_n(most, kFeatureWidth, kLowest);
  for (std::size_t first = edges.begin[keypoint]; first < end; first += kRowsAtOnce) {
    const EdgeTile tile{first, end};
    for (std::size_t r = 0; r < kRowsAtOnce; ++r) {
      const float* source = memory.source_terms.data() + edges.sources[tile.edge(r)] * kFeatureWidth;
      rectified_difference(source, destination, memory.rows[2].data() + r * kFeatureWidth);
    }
    raise_to_products(network.of_edge, rows, memory.dense, most);
  }
  add_bias_and_rectify(network.of_edge, most);
}

// Two or more layers, rectified but for the last, which is so as said. Returns where the result stands, rows of the
// last layer's width.
template <std::size_t kCount>
const float* apply_chain(const std::array<DenseLayer, kCount>& layers, const float* input, std::size_t count,
                         Rectify rectify_last, GnnMemory& memory) {
  float* buffers[2] = {memory.hidden.data(), memory.hidden.data() + count * kFeatureWidth};
  std::size_t stride = kFeatureWidth;
  for (std::size_t i = 0; i < kCount; ++i) {
    const bool is_last = i + 1 == kCount;
    float* output = buffers[i % 2];
    apply_layer(layers[i], input, stride, count, is_last ? rectify_last : Rectify::kYes, output, layers[i].width,
                memory.dense);
    input = output, stride = layers[i].width;
  }
  return input;
}

void write_destination_terms(const PointGnn& network, const GnnGraph& graph, const float* offsets,
                             std::size_t offset_stride, GnnMemory& memory) {
  const Points& keypoints = graph.keypoints;
  const float* weights = network.of_destination.data();
  for (std::size_t i = 0; i < keypoints.count; ++i) {
    const float* offset = offsets + i * offset_stride;
    const float x = keypoints.x_m[i] + offset[0], y = keypoints.y_m[i] + offset[1], z = keypoints.z_m[i] + offset[2];
    float* row = memory.destination_terms.data() + i * kFeatureWidth;
    for (std::size_t k = 0; k < kFeatureWidth; ++k) {
      row[k] = x * weights[k] + y * weights[kFeatureWidth + k] + z * weights[2 * kFeatureWidth + k];
    }
  }
}

// Places beside features, as of_source takes them.
void write_source_terms(const PointGnn& network, const GnnGraph& graph, GnnMemory& memory) {
  const Points& keypoints = graph.keypoints;
  for (std::size_t i = 0; i < keypoints.count; ++i) {
    float* row = memory.features.data() + i * kFeatureWidth;
    // They stand where the padding is; other layers take the first 300 only.
    row[300] = keypoints.x_m[i], row[301] = keypoints.y_m[i], row[302] = keypoints.z_m[i];
  }
  apply_layer(network.of_source, memory.features.data(), kFeatureWidth, keypoints.count, Rectify::kNo,
              memory.source_terms.data(), kFeatureWidth, memory.dense);
}

void answer_classes(const float* logits, std::size_t stride, GnnAnswer& answer) {
  for (std::size_t i = 0; i < answer.count; ++i) {
    const float* row = logits + i * stride;
    const float highest = *std::max_element(row, row + kGnnClasses);
    float sum = 0;
    for (std::size_t c = 0; c < kGnnClasses; ++c) sum += answer.probabilities[i][c] = std::exp(row[c] - highest);
    for (float& value : answer.probabilities[i]) value /= sum;
  }
}

void run_heads(const PointGnn& network, GnnMemory& memory, GnnAnswer& answer) {
  const float* features = memory.features.data();
  const float* logits = apply_chain(network.class_head, features, answer.count, Rectify::kNo, memory);
  answer_classes(logits, network.class_head[1].width, answer);
  for (std::size_t c = 0; c < kGnnCarClasses; ++c) {
    const float* numbers = apply_chain(network.box_heads[c], features, answer.count, Rectify::kNo, memory);
    for (std::size_t i = 0; i < answer.count; ++i) {
      std::copy_n(numbers + i * network.box_heads[c][2].width, kGnnBoxNumbers, answer.boxes[i][c].begin());
    }
  }
}

void make_room(std::size_t count, GnnMemory& memory, GnnAnswer& answer) {
  answer.count = count;
  grow(answer.probabilities, count);
  grow(answer.boxes, count);
  for (auto* buffer : {&memory.features, &memory.pooled, &memory.source_terms, &memory.destination_terms}) {
    grow(*buffer, count * kFeatureWidth);
  }
  grow(memory.hidden, 2 * count * kFeatureWidth);
}

}  // namespace

void run_point_gnn(const PointGnn& network, const Points& camera_points, const GnnGraph& graph, GnnMemory& memory,
                   GnnAnswer& answer) {
  const std::size_t count = graph.keypoints.count;
  make_room(count, memory, answer);
  float* pooled = memory.pooled.data();
  PointSetPooling pooling(network, camera_points, graph, memory);
  for (std::size_t i = 0; i < count; ++i) pooling.pool(i, pooled + i * kFeatureWidth);
  std::copy_n(apply_chain(network.of_patch, pooled, count, Rectify::kYes, memory), count * kFeatureWidth,
              memory.features.begin());
  const float* offsets = apply_chain(network.offset, memory.features.data(), count, Rectify::kNo, memory);
  write_destination_terms(network, graph, offsets, network.offset[1].width, memory);
  write_source_terms(network, graph, memory);
  for (std::size_t i = 0; i < count; ++i) pool_messages(network, graph, i, memory, pooled + i * kFeatureWidth);
  const float* update = apply_chain(network.of_messages, pooled, count, Rectify::kNo, memory);
  for (std::size_t k = 0; k < count * kFeatureWidth; ++k) memory.features[k] += update[k];
  run_heads(network, memory, answer);
}

}  // namespace hangil::lidar
