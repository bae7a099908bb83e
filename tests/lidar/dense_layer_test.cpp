// SPDX-License-Identifier: Apache-2.0
#include "lidar/dense_layer.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace hangil::lidar {
namespace {

struct MadeLayer {
  std::size_t inputs, outputs;
  std::vector<float> weights, bias, rows;
  std::size_t row_count;
};

// A share of the inputs is 0, as behind a ReLU.
MadeLayer make_layer(std::size_t inputs, std::size_t outputs, std::size_t row_count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> value;
  MadeLayer made{inputs, outputs, {}, {}, {}, row_count};
  for (std::size_t i = 0; i < inputs * outputs; ++i) made.weights.push_back(value(random));
  for (std::size_t i = 0; i < outputs; ++i) made.bias.push_back(value(random));
  for (std::size_t i = 0; i < row_count * inputs; ++i) {
    const float number = value(random);
    made.rows.push_back(random() % 3 == 0 ? 0.0f : number);
  }
  return made;
}

double expected(const MadeLayer& made, std::size_t row, std::size_t output) {
  double sum = made.bias[output];
  for (std::size_t k = 0; k < made.inputs; ++k) {
    sum += double{made.rows[row * made.inputs + k]} * made.weights[k * made.outputs + output];
  }
  return sum;
}

TEST(ApplyLayer, AgreesWithSumsInDoublePrecision) {
  std::uint64_t seed = 0;
  for (const auto& [inputs, outputs] : std::vector<std::array<std::size_t, 2>>{
           {1, 1}, {4, 32}, {32, 64}, {64, 7}, {128, 300}, {300, 300}, {303, 300}, {300, 64}, {5, 48}, {17, 49}}) {
    for (const std::size_t row_count : {1, 7, 8, 9, 24}) {
      const MadeLayer made = make_layer(inputs, outputs, row_count, ++seed);
      const DenseLayer layer = make_dense_layer(made.weights, made.bias);
      ASSERT_EQ(layer.width % 16, 0u);
      for (const Rectify rectify : {Rectify::kNo, Rectify::kYes}) {
        std::vector<float> output(row_count * layer.width, -7);
        DenseMemory memory;
        apply_layer(layer, made.rows.data(), inputs, row_count, rectify, output.data(), layer.width, memory);
        for (std::size_t r = 0; r < row_count; ++r) {
          for (std::size_t c = 0; c < outputs; ++c) {
            const double sum = expected(made, r, c);
            const double value = rectify == Rectify::kYes ? std::max(sum, 0.0) : sum;
            ASSERT_NEAR(output[r * layer.width + c], value, 1e-4) << inputs << " " << outputs << " " << r << " " << c;
          }
        }
      }
    }
  }
}

TEST(RaiseToProducts, IsTheMaximumOverRows) {
  const MadeLayer made = make_layer(300, 300, 16, 5);
  const DenseLayer layer = make_dense_layer(made.weights, made.bias);
  DenseMemory memory;
  std::vector<float> most(layer.width, -3e38f);
  for (std::size_t first = 0; first < 16; first += kRowsAtOnce) {
    const float* rows[kRowsAtOnce];
    for (std::size_t r = 0; r < kRowsAtOnce; ++r) rows[r] = made.rows.data() + (first + r) * made.inputs;
    raise_to_products(layer, rows, memory, most.data());
  }
  add_bias_and_rectify(layer, most.data());
  for (std::size_t c = 0; c < made.outputs; ++c) {
    double highest = 0;
    for (std::size_t r = 0; r < 16; ++r) highest = std::max(highest, expected(made, r, c));
    EXPECT_NEAR(most[c], highest, 1e-4);
  }
}

// What is not a number must not vanish on the way.
TEST(ApplyLayer, NotANumberComesThrough) {
  MadeLayer made = make_layer(40, 20, 8, 9);
  made.rows[3 * 40 + 11] = std::nanf("");
  const DenseLayer layer = make_dense_layer(made.weights, made.bias);
  std::vector<float> output(8 * layer.width);
  DenseMemory memory;
  apply_layer(layer, made.rows.data(), 40, 8, Rectify::kNo, output.data(), layer.width, memory);
  EXPECT_TRUE(std::isnan(output[3 * layer.width]));
  EXPECT_FALSE(std::isnan(output[4 * layer.width]));
}

}  // namespace
}  // namespace hangil::lidar
