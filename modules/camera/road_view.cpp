// SPDX-License-Identifier: Apache-2.0
#include "camera/road_view.hpp"

#include "camera/imaging.hpp"
#include "camera/lane_curve.hpp"
#include "camera/twinlite.hpp"
#include "model/torch_network.hpp"

namespace hangil::camera {

namespace {

ColourScale twinlite_colours() { return {.mean = {0, 0, 0}, .deviation = {255, 255, 255}, .is_rgb = true}; }

// The trace in pixels of the picture; a run's middle in a row is half a pixel from both pixels' corners.
LaneTrace in_picture(const LaneTrace& trace, const Letterbox& box) {
  LaneTrace moved;
  for (const auto& point : trace.points) {
    moved.points.push_back({point.x / box.scale, (point.y + 0.5F) / box.scale, point.width / box.scale});
  }
  return moved;
}

}  // namespace

base::Result<RoadView> RoadView::make(const model::Weights& weights, const RoadViewConfig& config) {
  const auto network = twinlite_network(weights);
  if (!network) return network.error();
  RoadView view;
  view.config_ = config;
  for (const model::MapSize input : {model::MapSize{config.input_height_px, config.input_width_px},
                                     model::MapSize{config.reduced_height_px, config.reduced_width_px}}) {
    if (input.width % 32 != 0 || input.height % 16 != 0) {
      return base::Error{"camera lanes: inputs must be multiples of 32 wide and of 16 high, not " +
                         std::to_string(input.width) + " x " + std::to_string(input.height)};
    }
    auto run = model::torch_network(*network, {.input = input});
    if (!run) return run.error();
    view.levels_.push_back({input, *std::move(run), model::operation_count(*network, input)});
  }
  return view;
}

base::Result<RoadView::Seen> RoadView::see(const PictureView& picture, int level, const GroundView* ground) {
  const Level& at = levels_[static_cast<std::size_t>(level)];
  const Letterbox box = fit_letterbox(picture.width, picture.height, at.input.width, at.input.height);
  if (const auto status = resize_picture(picture, box.inner_width, box.inner_height, scaled_); !status) {
    return status.error();
  }
  letterbox_values(box, scaled_, twinlite_colours(), input_);
  if (const auto status = at.run(input_, outputs_); !status) return status.error();
  Seen seen{.area = drivable_area(outputs_[0], box)};
  seen.area.width_px = seen.lanes.width_px = static_cast<std::uint32_t>(picture.width);
  seen.area.height_px = seen.lanes.height_px = static_cast<std::uint32_t>(picture.height);
  for (const LaneTrace& found :
       trace_lanes(line_mask(outputs_[1], box, config_.least_line_probability), config_.tracing)) {
    const LaneTrace trace = in_picture(found, box);
    auto line = image_line(trace, picture.height);
    if (!line) continue;
    if (ground != nullptr) add_ground_line(trace, *ground, config_.farthest_m, *line);
    seen.lanes.lines.push_back(*line);
  }
  return seen;
}

}  // namespace hangil::camera
