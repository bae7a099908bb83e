// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hangil::lidar {

// A fully connected layer, y = x W + b, laid out for multiply_rows.
struct DenseLayer {
  std::size_t input_count = 0, output_count = 0;
  std::size_t width = 0;      // outputs, padded to a multiple of 16
  std::vector<float> panels;  // columns in panels of 48 (the last: what is left of `width`), each by input
  std::vector<float> bias;    // `width` of them, 0 behind output_count
};

// `weights` are [input][output], `bias` [output].
DenseLayer make_dense_layer(std::span<const float> weights, std::span<const float> bias);

inline constexpr std::size_t kRowsAtOnce = 8;

// Working memory of one product; reused.
struct DenseMemory {
  std::vector<std::uint32_t> bits;    // by input: what of it is not zero in any row
  std::vector<std::uint16_t> active;  // inputs that are not zero in every row
  std::vector<float> products;        // kRowsAtOnce rows of `width`
};

// x W for eight rows of input_count, without the bias, to memory.products. Inputs that are zero in all eight cost
// nothing: behind a ReLU that is a good part. Sums run over the inputs in order, with fused multiply-add where the
// processor has it, so results differ in the last bits between instruction sets, and only there.
void multiply_rows(const DenseLayer& layer, const float* const* rows, DenseMemory& memory);

enum class Rectify : bool { kNo, kYes };

// y = x W + b, or max(0, that), for `row_count` rows that stand input_stride and output_stride apart. Writes `width`
// values a row.
void apply_layer(const DenseLayer& layer, const float* input, std::size_t input_stride, std::size_t row_count,
                 Rectify rectify, float* output, std::size_t output_stride, DenseMemory& memory);

// The maximum over rows of x W + b, or 0 where that is less, to `most` (`width` values). At least one row.
void raise_to_products(const DenseLayer& layer, const float* const* rows, DenseMemory& memory, float* most);
void add_bias_and_rectify(const DenseLayer& layer, float* most);

}  // namespace hangil::lidar
