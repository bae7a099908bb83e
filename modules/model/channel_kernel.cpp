// SPDX-License-Identifier: Apache-2.0
#include "model/channel_kernel.hpp"

#include <algorithm>

#include "base/hot.hpp"

namespace hangil::model {

namespace {

constexpr std::size_t kPeriodPixels = 16;  // so a period is a whole number of vectors of any width

std::vector<float> repeated(const std::vector<float>& values, std::size_t channels, float otherwise) {
  std::vector<float> all(channels * kPeriodPixels, otherwise);
  for (std::size_t i = 0; i < all.size() && !values.empty(); ++i)
    all[i] = values[values.size() == 1 ? 0 : i % channels];
  return all;
}

HANGIL_HOT void run_period(const float* in, float* out, std::size_t count, const float* scales, const float* shifts,
                           const float* slopes) {
  for (std::size_t i = 0; i < count; ++i) {
    const float value = in[i] * scales[i] + shifts[i];
    out[i] = value < 0 ? value * slopes[i] : value;
  }
}

}  // namespace

ChannelKernel::ChannelKernel(std::size_t channels, const std::vector<float>& scales, const std::vector<float>& shifts,
                             const std::vector<float>& slopes)
    : scales_(repeated(scales, channels, 1)),
      shifts_(repeated(shifts, channels, 0)),
      slopes_(repeated(slopes, channels, 1)) {}

void ChannelKernel::run(const float* in, float* out, std::size_t count) const {
  const std::size_t period = scales_.size();
  for (std::size_t at = 0; at < count; at += period) {
    run_period(in + at, out + at, std::min(period, count - at), scales_.data(), shifts_.data(), slopes_.data());
  }
}

}  // namespace hangil::model
