// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace hangil::model {

// value * scale + shift, then * slope where that is below zero: a number a channel, for maps with channels innermost.
// Kept repeated over several pixels, so that a pass runs in whole vectors however few channels there are.
class ChannelKernel {
 public:
  ChannelKernel() = default;
  // Empty scales: 1; empty shifts: 0; empty slopes: 1. All else has one number, or one a channel.
  ChannelKernel(std::size_t channels, const std::vector<float>& scales, const std::vector<float>& shifts,
                const std::vector<float>& slopes);

  // `in` may be `out`; count is a multiple of the channels.
  void run(const float* in, float* out, std::size_t count) const;

 private:
  std::vector<float> scales_, shifts_, slopes_;
};

}  // namespace hangil::model
