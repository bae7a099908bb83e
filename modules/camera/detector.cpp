// SPDX-License-Identifier: Apache-2.0
#include "camera/detector.hpp"

#include "camera/imaging.hpp"
#include "camera/nanodet.hpp"
#include "model/torch_network.hpp"

namespace hangil::camera {

namespace {

ColourScale nanodet_colours() {
  ColourScale colours;
  for (std::size_t c = 0; c < 3; ++c) {
    colours.mean[c] = NanodetInput::kMean[c];
    colours.deviation[c] = NanodetInput::kDeviation[c];
  }
  return colours;
}

}  // namespace

base::Result<Detector> Detector::make(const model::Weights& weights, const DetectorConfig& config,
                                      model::Precision precision) {
  const auto network = nanodet_network(weights);
  if (!network) return network.error();
  Detector detector;
  detector.config_ = config;
  for (const model::MapSize input : {model::MapSize{config.input_height_px, config.input_width_px},
                                     model::MapSize{config.reduced_height_px, config.reduced_width_px}}) {
    if (input.width % 32 != 0 || input.height % 32 != 0) {
      return base::Error{"camera detector: input sizes must be multiples of 32, not " + std::to_string(input.width) +
                         " x " + std::to_string(input.height)};
    }
    auto run = model::torch_network(*network, {.input = input, .precision = precision});
    if (!run) return run.error();
    detector.levels_.push_back({input, *std::move(run), model::operation_count(*network, input)});
  }
  return detector;
}

base::Result<std::vector<ImageBox>> Detector::detect(const PictureView& picture, int level) {
  const Level& at = levels_[static_cast<std::size_t>(level)];
  const Letterbox box = fit_letterbox(picture.width, picture.height, at.input.width, at.input.height);
  if (const auto status = resize_picture(picture, box.inner_width, box.inner_height, scaled_); !status) {
    return status.error();
  }
  letterbox_values(box, scaled_, nanodet_colours(), input_);
  if (const auto status = at.run(input_, outputs_); !status) return status.error();
  std::vector<ImageBox> boxes =
      suppress_doubles(decode_nanodet(outputs_, at.input, static_cast<float>(config_.least_score)),
                       static_cast<float>(config_.most_overlap));
  for (ImageBox& found : boxes) {
    found.x_min = box.picture_x(found.x_min), found.x_max = box.picture_x(found.x_max);
    found.y_min = box.picture_y(found.y_min), found.y_max = box.picture_y(found.y_max);
  }
  return boxes;
}

}  // namespace hangil::camera
