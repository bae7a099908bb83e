// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "camera/image_box.hpp"
#include "camera/letterbox.hpp"
#include "model/network.hpp"
#include "model/weights.hpp"

namespace hangil::camera {

struct DetectorConfig {
  std::string model = "nanodet_plus_m_416";
  int input_width_px = 704, input_height_px = 256;
  int reduced_width_px = 416, reduced_height_px = 160;
  double least_score = 0.3, most_overlap = 0.6;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("model", model, "installed model package (hangil model list)");
    visitor.field("input_width_px", input_width_px, {64, 4096}, "px", "width of the network's input, a multiple of 32");
    visitor.field("input_height_px", input_height_px, {64, 4096}, "px",
                  "its height, likewise; the picture keeps its shape");
    visitor.field("reduced_width_px", reduced_width_px, {64, 4096}, "px", "width under load (level 1)");
    visitor.field("reduced_height_px", reduced_height_px, {64, 4096}, "px", "height under load (level 1)");
    visitor.field("least_score", least_score, {0.01, 0.99}, "", "boxes below are left out");
    visitor.field("most_overlap", most_overlap, {0.1, 1}, "",
                  "of two boxes of a class that share more, the better stays");
  }
};

// NanoDet-Plus on pictures of any size, at full or reduced input.
class Detector {
 public:
  // Refused: weights of another network, inputs that are no multiples of 32, a build that cannot run networks.
  static base::Result<Detector> make(const model::Weights& weights, const DetectorConfig& config,
                                     model::Precision precision = model::Precision::kFloat32);

  // Boxes in pixels of the picture with COCO's class, best first. An error when the network's output is no number.
  base::Result<std::vector<ImageBox>> detect(const PictureView& picture, int level);

  double operations(int level) const { return levels_[static_cast<std::size_t>(level)].operations; }
  const model::RunNetwork& network(int level) const { return levels_[static_cast<std::size_t>(level)].run; }
  model::MapSize input_size(int level) const { return levels_[static_cast<std::size_t>(level)].input; }

 private:
  struct Level {
    model::MapSize input;
    model::RunNetwork run;
    double operations = 0;
  };

  DetectorConfig config_;
  std::vector<Level> levels_;
  Picture scaled_;
  std::vector<float> input_;
  std::vector<std::vector<float>> outputs_;
};

}  // namespace hangil::camera
