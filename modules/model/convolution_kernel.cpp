// SPDX-License-Identifier: Apache-2.0
#include "model/convolution_kernel.hpp"

#include <algorithm>
#include <cstring>

#include "base/hot.hpp"

namespace hangil::model {

namespace {

// Sums of a tile of pixels times one panel.
template <class Vector, std::size_t kPixels, std::size_t kVectors>
struct Tile {
  using Loose [[gnu::aligned(4), gnu::may_alias]] = Vector;
  static constexpr std::size_t kWidth = sizeof(Vector) / sizeof(float), kGroup = kPixels < 4 ? kPixels : 4;

  Vector sums[kPixels][kVectors];

  [[gnu::always_inline]] static void load(const float* at, Vector& into) { into = *reinterpret_cast<const Loose*>(at); }

  // Four pixels share a pointer, so that addresses fit into registers.
  [[gnu::always_inline]] void add_run(const TapRun& run, const float* in, std::size_t step) {
    const float* groups[kPixels / kGroup];
    for (std::size_t g = 0; g < kPixels / kGroup; ++g) groups[g] = in + run.offset + g * kGroup * step;
    const float* weights = run.weights;
    for (std::size_t k = 0; k < run.count; ++k, weights += kWidth * kVectors) {
      Vector w[kVectors];
      for (std::size_t v = 0; v < kVectors; ++v) load(weights + v * kWidth, w[v]);
#pragma GCC unroll 16
      for (std::size_t p = 0; p < kPixels; ++p) {
        const float value = groups[p / kGroup][p % kGroup * step + k];
#pragma GCC unroll 8
        for (std::size_t v = 0; v < kVectors; ++v) sums[p][v] += value * w[v];
      }
    }
  }

  [[gnu::always_inline]] void store(const PixelRow& row, float* out) const {
    for (std::size_t p = 0; p < kPixels; ++p, out += row.out_step) {
      Vector values[kVectors];
      for (std::size_t v = 0; v < kVectors; ++v) {
        Vector slopes;
        load(row.slopes + v * kWidth, slopes);
        values[v] = sums[p][v] < 0 ? sums[p][v] * slopes : sums[p][v];
      }
      if (row.used == row.width || row.may_overrun) {
        for (std::size_t v = 0; v < kVectors; ++v) *reinterpret_cast<Loose*>(out + v * kWidth) = values[v];
      } else {
        std::memcpy(out, values, row.used * sizeof(float));
      }
    }
  }
};

template <class Vector, std::size_t kPixels, std::size_t kVectors>
[[gnu::always_inline]] inline void convolve_tile(const PixelRow& row, std::size_t first) {
  Tile<Vector, kPixels, kVectors> tile;
  for (std::size_t p = 0; p < kPixels; ++p) {
    for (std::size_t v = 0; v < kVectors; ++v) tile.load(row.bias + v * tile.kWidth, tile.sums[p][v]);
  }
  for (const TapRun& run : row.runs) tile.add_run(run, row.in + first * row.in_step, row.in_step);
  tile.store(row, row.out + first * row.out_step);
}

template <class Vector, std::size_t kPixels, std::size_t kVectors>
[[gnu::always_inline]] inline void convolve_panel(const PixelRow& row) {
  std::size_t first = 0;
  for (; first + kPixels <= row.pixel_count; first += kPixels) convolve_tile<Vector, kPixels, kVectors>(row, first);
  for (; first < row.pixel_count; ++first) convolve_tile<Vector, 1, kVectors>(row, first);
}

using Vector4 [[gnu::vector_size(16)]] = float;
using Vector8 [[gnu::vector_size(32)]] = float;
using Vector16 [[gnu::vector_size(64)]] = float;

// One form for each instruction set, as their registers want tiles of different shapes; the loader picks.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
__attribute__((target("arch=x86-64-v4"))) void convolve(const PixelRow& row) {
  if (row.width == 32) return convolve_panel<Vector16, 12, 2>(row);
  if (row.width == 16) return convolve_panel<Vector16, 16, 1>(row);
  convolve_panel<Vector8, 16, 1>(row);
}
__attribute__((target("arch=x86-64-v3"))) void convolve(const PixelRow& row) {
  if (row.width == 32) return convolve_panel<Vector8, 2, 4>(row);
  if (row.width == 16) return convolve_panel<Vector8, 4, 2>(row);
  convolve_panel<Vector8, 8, 1>(row);
}
__attribute__((target("default")))
#endif
void convolve(const PixelRow& row) {
  if (row.width == 32) return convolve_panel<Vector4, 1, 8>(row);
  if (row.width == 16) return convolve_panel<Vector4, 2, 4>(row);
  convolve_panel<Vector4, 4, 2>(row);
}

HANGIL_HOT void add_period(const float* in, const float* weights, std::size_t count, float* out) {
  for (std::size_t i = 0; i < count; ++i) out[i] += in[i] * weights[i];
}

}  // namespace

void convolve_row(const PixelRow& row) { convolve(row); }

void add_products(const float* in, const float* weights, std::size_t period, std::size_t count, float* out) {
  for (std::size_t at = 0; at < count; at += period) {
    add_period(in + at, weights, std::min(period, count - at), out + at);
  }
}

}  // namespace hangil::model
