// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

// The innermost loops of direct_convolution.hpp.
namespace hangil::model {

inline constexpr std::size_t kWidestPanel = 32;

// Inputs that lie next to each other for every pixel, and the weights they meet.
struct TapRun {
  std::ptrdiff_t offset = 0;       // of the first input, from the pixel's own place
  std::size_t count = 0;           // inputs
  const float* weights = nullptr;  // count x the panel's width
};

// Pixels of one row that see the same taps, against a panel of output channels (8, 16 or 32 wide).
struct PixelRow {
  std::span<const TapRun> runs;
  const float* in = nullptr;  // of the first pixel
  std::size_t in_step = 0, pixel_count = 0;
  const float *bias = nullptr, *slopes = nullptr;  // of the panel
  std::size_t width = 0, used = 0;
  float* out = nullptr;
  std::size_t out_step = 0;
  bool may_overrun = false;  // what lies behind `used` values of each pixel is written later and may be scribbled on
};

void convolve_row(const PixelRow& row);

// out[i] += in[i] * weights[i % period]; the period is a whole number of pixels.
void add_products(const float* in, const float* weights, std::size_t period, std::size_t count, float* out);

}  // namespace hangil::model
