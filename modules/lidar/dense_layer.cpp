// SPDX-License-Identifier: Apache-2.0
#include "lidar/dense_layer.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/hot.hpp"
#include "lidar/points.hpp"

namespace hangil::lidar {

namespace {

constexpr std::size_t kPanelWidth = 48, kLane = 16;

std::size_t padded(std::size_t count) { return (count + kLane - 1) / kLane * kLane; }

// What the products of one panel need; passed by value to stay in registers.
struct Product {
  const float* const* rows;
  const std::uint16_t* active;
  std::size_t active_count;
  const float* panel;
  float* sums;
  std::size_t stride;  // of sums
};

// kRows rows times kVectors vectors of columns, all sums in registers.
template <class Vector, std::size_t kRows, std::size_t kVectors>
[[gnu::always_inline]] inline void multiply_block(const Product& product, std::size_t panel_width) {
  using Loose [[gnu::aligned(4), gnu::may_alias]] = Vector;
  constexpr std::size_t kWidth = sizeof(Vector) / sizeof(float);
  Vector sums[kRows][kVectors] = {};
  for (std::size_t n = 0; n < product.active_count; ++n) {
    const std::size_t k = product.active[n];
    const float* weights = product.panel + k * panel_width;
    Vector w[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) w[v] = *reinterpret_cast<const Loose*>(weights + v * kWidth);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 12
      for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] += product.rows[r][k] * w[v];
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t v = 0; v < kVectors; ++v) {
      *reinterpret_cast<Loose*>(product.sums + r * product.stride + v * kWidth) = sums[r][v];
    }
  }
}

// All eight rows, kRows at a time, times all panels.
template <class Vector, std::size_t kRows>
[[gnu::always_inline]] inline void multiply_panels(const DenseLayer& layer, Product product) {
  constexpr std::size_t kWidth = sizeof(Vector) / sizeof(float);
  const float* const* rows = product.rows;
  float* sums = product.sums;
  for (std::size_t column = 0; column < layer.width;) {
    const std::size_t panel_width = std::min(kPanelWidth, layer.width - column);
    for (std::size_t r = 0; r < kRowsAtOnce; r += kRows) {
      product.rows = rows + r;
      product.sums = sums + r * product.stride + column;
      if (panel_width == kPanelWidth) multiply_block<Vector, kRows, kPanelWidth / kWidth>(product, panel_width);
      if (panel_width == 2 * kLane) multiply_block<Vector, kRows, 2 * kLane / kWidth>(product, panel_width);
      if (panel_width == kLane) multiply_block<Vector, kRows, kLane / kWidth>(product, panel_width);
    }
    product.panel += layer.input_count * panel_width;
    column += panel_width;
  }
}

using Vector4 [[gnu::vector_size(16)]] = float;
using Vector8 [[gnu::vector_size(32)]] = float;
using Vector16 [[gnu::vector_size(64)]] = float;

// One form for each instruction set, as their registers want blocks of different shapes; the loader picks.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
__attribute__((target("arch=x86-64-v4"))) void multiply_all(const DenseLayer& layer, const Product& product) {
  multiply_panels<Vector16, 8>(layer, product);
}
__attribute__((target("arch=x86-64-v3"))) void multiply_all(const DenseLayer& layer, const Product& product) {
  multiply_panels<Vector8, 2>(layer, product);
}
__attribute__((target("default")))
#endif
void multiply_all(const DenseLayer& layer, const Product& product) {
  multiply_panels<Vector4, 1>(layer, product);
}

HANGIL_HOT void gather_bits(const float* const* rows, std::size_t count, std::uint32_t* __restrict bits) {
  for (std::size_t k = 0; k < count; ++k) {
    std::uint32_t any = 0;
    for (std::size_t r = 0; r < kRowsAtOnce; ++r) any |= std::bit_cast<std::uint32_t>(rows[r][k]);
    bits[k] = any << 1;  // without the sign: -0 is 0
  }
}

std::size_t find_active(const std::uint32_t* bits, std::size_t count, std::uint16_t* active) {
  std::size_t found = 0;
  for (std::size_t k = 0; k < count; ++k) {
    active[found] = static_cast<std::uint16_t>(k);
    found += bits[k] != 0 ? 1 : 0;
  }
  return found;
}

HANGIL_HOT void finish_row(const float* sums, const float* __restrict bias, std::size_t width, float least,
                           float* output) {
  for (std::size_t k = 0; k < width; ++k) {
    const float value = sums[k] + bias[k];
    output[k] = value < least ? least : value;
  }
}

HANGIL_HOT void raise(const float* __restrict products, std::size_t width, float* __restrict most) {
  for (std::size_t k = 0; k < width; ++k) {
    float highest = most[k];
    for (std::size_t r = 0; r < kRowsAtOnce; ++r) {
      const float value = products[r * width + k];
      highest = value > highest ? value : highest;
    }
    most[k] = highest;
  }
}

}  // namespace

DenseLayer make_dense_layer(std::span<const float> weights, std::span<const float> bias) {
  DenseLayer layer;
  layer.output_count = bias.size();
  layer.input_count = weights.size() / bias.size();
  layer.width = padded(layer.output_count);
  layer.bias.assign(bias.begin(), bias.end());
  layer.bias.resize(layer.width, 0.0f);
  layer.panels.reserve(layer.input_count * layer.width);
  for (std::size_t first = 0; first < layer.width; first += kPanelWidth) {
    const std::size_t end = std::min(first + kPanelWidth, layer.width);
    for (std::size_t input = 0; input < layer.input_count; ++input) {
      for (std::size_t column = first; column < end; ++column) {
        layer.panels.push_back(column < layer.output_count ? weights[input * layer.output_count + column] : 0.0f);
      }
    }
  }
  return layer;
}

void multiply_rows(const DenseLayer& layer, const float* const* rows, DenseMemory& memory) {
  grow(memory.bits, layer.input_count);
  grow(memory.active, layer.input_count + 1);
  grow(memory.products, kRowsAtOnce * layer.width);
  gather_bits(rows, layer.input_count, memory.bits.data());
  const std::size_t active_count = find_active(memory.bits.data(), layer.input_count, memory.active.data());
  multiply_all(layer,
               {rows, memory.active.data(), active_count, layer.panels.data(), memory.products.data(), layer.width});
}

void apply_layer(const DenseLayer& layer, const float* input, std::size_t input_stride, std::size_t row_count,
                 Rectify rectify, float* output, std::size_t output_stride, DenseMemory& memory) {
  const float least = rectify == Rectify::kYes ? 0.0f : -3e38f;
  for (std::size_t first = 0; first < row_count; first += kRowsAtOnce) {
    const float* rows[kRowsAtOnce];
    for (std::size_t r = 0; r < kRowsAtOnce; ++r) {
      rows[r] = input + std::min(first + r, row_count - 1) * input_stride;
    }
    multiply_rows(layer, rows, memory);
    for (std::size_t r = 0; r < std::min(kRowsAtOnce, row_count - first); ++r) {
      finish_row(memory.products.data() + r * layer.width, layer.bias.data(), layer.width, least,
                 output + (first + r) * output_stride);
    }
  }
}

void raise_to_products(const DenseLayer& layer, const float* const* rows, DenseMemory& memory, float* most) {
  multiply_rows(layer, rows, memory);
  raise(memory.products.data(), layer.width, most);
}

void add_bias_and_rectify(const DenseLayer& layer, float* most) {
  finish_row(most, layer.bias.data(), layer.width, 0.0f, most);
}

}  // namespace hangil::lidar
