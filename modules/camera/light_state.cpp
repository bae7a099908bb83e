// SPDX-License-Identifier: Apache-2.0
#include "camera/light_state.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace hangil::camera {

namespace {

using messages::LightState;
using Three = std::array<double, 3>;  // red, yellow, green

constexpr Three kPlace = {0.22, 0.5, 0.78};  // of a bulb's middle along the head
constexpr double kAlong = 0.18, kAcross = 0.3, kAround = 0.6, kBrightness = 0.35;

// What a pixel shows of each bulb's colour, and how bright it is.
struct Evidence {
  Three colour{};
  double brightness = 0;
};

Evidence evidence_of(const std::uint8_t* pixel) {
  const double b = pixel[0], g = pixel[1], r = pixel[2];
  return {{std::max(0.0, r - std::max(g, b)), std::max(0.0, std::min(r, g + 40) - b - 0.4 * std::abs(r - g - 25)),
           std::max(0.0, std::min(g, b + 30) - r)},
          (r + g + b) / 3};
}

struct Crop {
  int x = 0, y = 0, width = 0, height = 0;
};

Crop crop_of(const PictureView& picture, const messages::TrafficLight& head) {
  const auto place = [](float value, int most) { return std::clamp(static_cast<int>(std::lround(value)), 0, most); };
  Crop crop{place(head.x_min_px, picture.width), place(head.y_min_px, picture.height)};
  crop.width = place(head.x_max_px, picture.width) - crop.x;
  crop.height = place(head.y_max_px, picture.height) - crop.y;
  return crop;
}

// Weights of rows or columns about each bulb's middle, or (along == false) about the head's.
std::vector<Three> bulb_weights(int length, bool along) {
  std::vector<Three> weights(static_cast<std::size_t>(length));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double at = (static_cast<double>(i) + 0.5) / length;
    for (std::size_t bulb = 0; bulb < 3; ++bulb) {
      const double off = along ? (at - kPlace[bulb]) / kAlong : (at - 0.5) / kAcross;
      weights[i][bulb] = std::exp(-off * off);
    }
  }
  return weights;
}

struct Sums {
  Three weight{}, colour{}, brightness{}, whole_colour{};
  bool is_grey = true;
};

Sums summed(const PictureView& picture, const Crop& crop) {
  const bool is_upright = crop.height >= crop.width;
  const std::vector<Three> rows = bulb_weights(crop.height, is_upright),
                           columns = bulb_weights(crop.width, !is_upright);
  Sums sums;
  for (int y = 0; y < crop.height; ++y) {
    for (int x = 0; x < crop.width; ++x) {
      const std::uint8_t* pixel = picture.pixel(crop.x + x, crop.y + y);
      const Evidence evidence = evidence_of(pixel);
      const auto [least, most] = std::minmax({pixel[0], pixel[1], pixel[2]});
      if (most - least > 2) sums.is_grey = false;
      for (std::size_t bulb = 0; bulb < 3; ++bulb) {
        const double weight = rows[static_cast<std::size_t>(y)][bulb] * columns[static_cast<std::size_t>(x)][bulb];
        sums.weight[bulb] += weight;
        sums.colour[bulb] += weight * evidence.colour[bulb];
        sums.brightness[bulb] += weight * evidence.brightness;
        sums.whole_colour[bulb] += evidence.colour[bulb];
      }
    }
  }
  return sums;
}

Three bulb_scores(const Sums& sums, int pixel_count) {
  Three brightness{}, scores{};
  for (std::size_t bulb = 0; bulb < 3; ++bulb) brightness[bulb] = sums.brightness[bulb] / sums.weight[bulb];
  const double mean = (brightness[0] + brightness[1] + brightness[2]) / 3;
  for (std::size_t bulb = 0; bulb < 3; ++bulb) {
    const double around = kAround * sums.whole_colour[bulb] / pixel_count;
    scores[bulb] = std::max(0.0, sums.colour[bulb] / sums.weight[bulb] - around) +
                   kBrightness * std::max(0.0, brightness[bulb] - mean);
  }
  return scores;
}

}  // namespace

LightReading read_light(const PictureView& picture, const messages::TrafficLight& head, const LightConfig& config) {
  const Crop crop = crop_of(picture, head);
  if (std::max(crop.height, crop.width) < config.least_height_px || crop.width < 2 || crop.height < 2) return {};
  const Sums sums = summed(picture, crop);
  if (sums.is_grey) return {};
  const Three scores = bulb_scores(sums, crop.width * crop.height);
  const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  if (scores[best] < config.least_evidence) return {LightState::kOff, 0.5F};
  const double total = scores[0] + scores[1] + scores[2];
  constexpr std::array kStates = {LightState::kRed, LightState::kYellow, LightState::kGreen};
  const double weaker = std::min(scores[0], scores[1]);
  if (best != 2 && weaker >= config.least_second_ratio * scores[best] && weaker >= config.least_evidence) {
    return {LightState::kRedYellow, static_cast<float>((scores[0] + scores[1]) / total)};
  }
  return {kStates[best], static_cast<float>(scores[best] / total)};
}

}  // namespace hangil::camera
