// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "camera/ground_view.hpp"
#include "camera/lane_tracing.hpp"
#include "camera/letterbox.hpp"
#include "messages/drivable_area.hpp"
#include "messages/lane_lines.hpp"
#include "model/network.hpp"
#include "model/weights.hpp"

namespace hangil::camera {

struct RoadViewConfig {
  std::string model = "twinlitenetplus_small";
  int input_width_px = 640, input_height_px = 384;
  int reduced_width_px = 448, reduced_height_px = 256;
  double least_line_probability = 0.5, farthest_m = 60;
  LaneTracingConfig tracing;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("model", model, "installed model package (hangil model list)");
    visitor.field("input_width_px", input_width_px, {64, 4096}, "px", "width of the network's input, a multiple of 32");
    visitor.field("input_height_px", input_height_px, {64, 4096}, "px",
                  "its height, a multiple of 16; the picture keeps its shape");
    visitor.field("reduced_width_px", reduced_width_px, {64, 4096}, "px", "width under load (level 1)");
    visitor.field("reduced_height_px", reduced_height_px, {64, 4096}, "px", "height under load (level 1)");
    visitor.field("least_line_probability", least_line_probability, {0.01, 0.99}, "", "of a pixel of a line");
    visitor.field("farthest_m", farthest_m, {5, 200}, "m", "ground lines end so far ahead");
    visitor.part("tracing", tracing, "how lines are followed");
  }
};

// Lines and drivable area in pictures of any size, at full or reduced input (TwinLiteNet+).
class RoadView {
 public:
  struct Seen {
    messages::LaneLines lanes;
    messages::DrivableArea area;
  };

  // Refused: weights of another network, senseless input sizes, a build that cannot run networks.
  static base::Result<RoadView> make(const model::Weights& weights, const RoadViewConfig& config);

  // `ground` may be null: lines in the picture only. Headers are left to the caller.
  base::Result<Seen> see(const PictureView& picture, int level, const GroundView* ground);

  double operations(int level) const { return levels_[static_cast<std::size_t>(level)].operations; }

 private:
  struct Level {
    model::MapSize input;
    model::RunNetwork run;
    double operations = 0;
  };

  RoadViewConfig config_;
  std::vector<Level> levels_;
  Picture scaled_;
  std::vector<float> input_;
  std::vector<std::vector<float>> outputs_;
};

// From pairs of logits (elsewhere, line), pixels of the letterbox's inner part whose line probability is high enough.
LaneMask line_mask(const std::vector<float>& logits, const Letterbox& box, double least_probability);
// From pairs of logits (elsewhere, drivable), the mean probability of cells of 8 x 8 pixels of the inner part.
messages::DrivableArea drivable_area(const std::vector<float>& logits, const Letterbox& box);

}  // namespace hangil::camera
