// SPDX-License-Identifier: Apache-2.0
#include "camera/picture_check.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace hangil::camera {

namespace {

constexpr int kStep = 7;            // every seventh pixel of every seventh row
constexpr int kGreyDifference = 2;  // between colours of a grey pixel; JPEG rounds

struct Sample {
  double mean = 0;
  bool is_grey = true;
};

Sample sample_of(const PictureView& picture) {
  Sample sample;
  std::int64_t sum = 0, count = 0;
  for (int y = 0; y < picture.height; y += kStep) {
    for (int x = 0; x < picture.width; x += kStep) {
      const std::uint8_t* pixel = picture.pixel(x, y);
      const auto [least, most] = std::minmax({pixel[0], pixel[1], pixel[2]});
      if (most - least > kGreyDifference) sample.is_grey = false;
      sum += pixel[0] + pixel[1] + pixel[2];
      count += 3;
    }
  }
  if (count > 0) sample.mean = static_cast<double>(sum) / static_cast<double>(count);
  return sample;
}

}  // namespace

messages::CameraStatus check_picture(const PictureView& picture, std::span<const std::uint8_t> bytes,
                                     const PictureCheckConfig& config, PictureHistory& history) {
  using messages::CameraState;
  const std::uint64_t digest = base::digest_bytes(bytes);
  history.equal_count = history.equal_count > 0 && digest == history.last_digest ? history.equal_count + 1 : 1;
  history.last_digest = digest;

  const Sample sample = sample_of(picture);
  messages::CameraStatus status;
  status.mean_brightness = static_cast<float>(sample.mean);
  status.is_grey = sample.is_grey;
  const std::string mean = std::to_string(static_cast<int>(sample.mean)) + " of 255";
  if (history.equal_count >= config.frozen_count) {
    status.state = CameraState::kFrozen;
    status.reason = "the same picture came " + std::to_string(history.equal_count) + " times: the camera hangs";
  } else if (sample.mean < config.black_mean) {
    status.state = CameraState::kBlack;
    status.reason = "the picture is black (mean " + mean + "): covered, dark or without exposure";
  } else if (sample.mean > config.white_mean) {
    status.state = CameraState::kOverexposed;
    status.reason = "the picture is white (mean " + mean + "): overexposed";
  }
  return status;
}

}  // namespace hangil::camera
