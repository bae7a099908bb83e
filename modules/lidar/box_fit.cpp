// SPDX-License-Identifier: Apache-2.0
#include "lidar/box_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/hot.hpp"
#include "lidar/extremes.hpp"

namespace hangil::lidar {

namespace {

constexpr std::size_t kAngleCount = 48;
constexpr double kThinnest_m = 0.1;  // a pole seen in one column of the scan; a box without width would have no area
constexpr float kBeyond_m = 1e9f;
constexpr float kClosest_m = 0.03f;  // nearer than this counts the same
using Angles = std::array<float, kAngleCount>;

struct AngleTable {
  Angles cosine, sine;
};

const AngleTable& angle_table() {
  static const AngleTable kTable = [] {
    AngleTable table{};
    for (std::size_t k = 0; k < kAngleCount; ++k) {
      const double yaw = std::numbers::pi / 2 * static_cast<double>(k) / kAngleCount;
      table.cosine[k] = static_cast<float>(std::cos(yaw));
      table.sine[k] = static_cast<float>(std::sin(yaw));
    }
    return table;
  }();
  return kTable;
}

// Sum over the points of 1 / distance to the nearest edge, for every angle: one lane an angle.
HANGIL_HOT void score_angles(const AngleTable& table, const float* x_m, const float* y_m, std::size_t count,
                             Angles& score) {
  Angles a_least, a_most, b_least, b_most;
  a_least.fill(kBeyond_m), b_least.fill(kBeyond_m), a_most.fill(-kBeyond_m), b_most.fill(-kBeyond_m), score.fill(0);
  for (std::size_t i = 0; i < count; ++i) {
    const float x = x_m[i] - x_m[0], y = y_m[i] - y_m[0];
    for (std::size_t k = 0; k < kAngleCount; ++k) {
      const float a = table.cosine[k] * x + table.sine[k] * y, b = table.cosine[k] * y - table.sine[k] * x;
      a_least[k] = smaller(a_least[k], a);
      a_most[k] = larger(a_most[k], a);
      b_least[k] = smaller(b_least[k], b);
      b_most[k] = larger(b_most[k], b);
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const float x = x_m[i] - x_m[0], y = y_m[i] - y_m[0];
    for (std::size_t k = 0; k < kAngleCount; ++k) {
      const float a = table.cosine[k] * x + table.sine[k] * y, b = table.cosine[k] * y - table.sine[k] * x;
      const float to_a = smaller(a - a_least[k], a_most[k] - a), to_b = smaller(b - b_least[k], b_most[k] - b);
      score[k] += 1.0f / larger(smaller(to_a, to_b), kClosest_m);
    }
  }
}

HANGIL_HOT void bounds_along(const float* __restrict x_m, const float* __restrict y_m, std::size_t count, float c,
                             float s, float* least_m, float* most_m) {
  // Eight chains, as float minima are not reordered by the compiler.
  std::array<float, 8> least, most;
  least.fill(kBeyond_m), most.fill(-kBeyond_m);
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (std::size_t k = 0; k < 8; ++k) {
      const float value = c * x_m[i + k] + s * y_m[i + k];
      least[k] = smaller(least[k], value);
      most[k] = larger(most[k], value);
    }
  }
  for (; i < count; ++i) {
    const float value = c * x_m[i] + s * y_m[i];
    least[0] = smaller(least[0], value);
    most[0] = larger(most[0], value);
  }
  *least_m = *std::min_element(least.begin(), least.end());
  *most_m = *std::max_element(most.begin(), most.end());
}

struct Upper {
  float least_m = kBeyond_m, most_m = -kBeyond_m;
  std::uint32_t count = 0;
};

HANGIL_HOT Upper bounds_of_upper(const float* __restrict x_m, const float* __restrict y_m,
                                 const float* __restrict height_m, std::size_t count, float height_least_m, float c,
                                 float s) {
  std::array<float, 8> least, most;
  least.fill(kBeyond_m), most.fill(-kBeyond_m);
  Upper upper;
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (std::size_t k = 0; k < 8; ++k) {
      const bool is_upper = height_m[i + k] >= height_least_m;
      const float value = c * x_m[i + k] + s * y_m[i + k];
      least[k] = smaller(least[k], is_upper ? value : kBeyond_m);
      most[k] = larger(most[k], is_upper ? value : -kBeyond_m);
      upper.count += is_upper ? 1 : 0;
    }
  }
  for (; i < count; ++i) {
    const bool is_upper = height_m[i] >= height_least_m;
    const float value = c * x_m[i] + s * y_m[i];
    least[0] = smaller(least[0], is_upper ? value : kBeyond_m);
    most[0] = larger(most[0], is_upper ? value : -kBeyond_m);
    upper.count += is_upper ? 1 : 0;
  }
  upper.least_m = *std::min_element(least.begin(), least.end());
  upper.most_m = *std::max_element(most.begin(), most.end());
  return upper;
}

// Moves the end that is further from `viewpoint_m` out, until the interval has that length.
void extend(float viewpoint_m, float length_m, float& least_m, float& most_m) {
  if (most_m - least_m >= length_m) return;
  if (viewpoint_m < (least_m + most_m) / 2) {
    most_m = least_m + length_m;
  } else {
    least_m = most_m - length_m;
  }
}

struct Viewpoint {
  float along_m, across_m;
};

Viewpoint viewpoint(const Rectangle& rectangle, float sensor_x_m, float sensor_y_m) {
  const float c = std::cos(rectangle.yaw_rad), s = std::sin(rectangle.yaw_rad);
  return {c * sensor_x_m + s * sensor_y_m, c * sensor_y_m - s * sensor_x_m};
}

}  // namespace

float fit_yaw_rad(const float* x_m, const float* y_m, std::size_t count) {
  Angles score;
  score_angles(angle_table(), x_m, y_m, count, score);
  const auto best = std::max_element(score.begin(), score.end()) - score.begin();
  return static_cast<float>(best) * (std::numbers::pi_v<float> / 2 / kAngleCount);
}

Rectangle enclose(const float* x_m, const float* y_m, std::size_t count, float yaw_rad) {
  const float c = std::cos(yaw_rad), s = std::sin(yaw_rad);
  Rectangle rectangle{.yaw_rad = yaw_rad};
  bounds_along(x_m, y_m, count, c, s, &rectangle.along_least_m, &rectangle.along_most_m);
  bounds_along(x_m, y_m, count, -s, c, &rectangle.across_least_m, &rectangle.across_most_m);
  return rectangle.along_m() >= rectangle.across_m() ? rectangle : turned(rectangle);
}

float upper_along_m(const Rectangle& rectangle, const float* x_m, const float* y_m, const float* height_m,
                    std::size_t count, float height_least_m) {
  const float c = std::cos(rectangle.yaw_rad), s = std::sin(rectangle.yaw_rad);
  const Upper upper = bounds_of_upper(x_m, y_m, height_m, count, height_least_m, c, s);
  return upper.count >= 3 ? upper.most_m - upper.least_m : 0;
}

Rectangle turned(const Rectangle& r) {
  return {r.yaw_rad + std::numbers::pi_v<float> / 2, r.across_least_m, r.across_most_m, -r.along_most_m,
          -r.along_least_m};
}

float share_near_faces_ratio(const Rectangle& r, const float* x_m, const float* y_m, std::size_t count,
                             float sensor_x_m, float sensor_y_m, float margin_m) {
  const float c = std::cos(r.yaw_rad), s = std::sin(r.yaw_rad);
  const Viewpoint from = viewpoint(r, sensor_x_m, sensor_y_m);
  const bool sees_rear = from.along_m < (r.along_least_m + r.along_most_m) / 2;
  const bool sees_right = from.across_m < (r.across_least_m + r.across_most_m) / 2;
  std::size_t near = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const float a = c * x_m[i] + s * y_m[i], b = c * y_m[i] - s * x_m[i];
    const float to_end = sees_rear ? a - r.along_least_m : r.along_most_m - a;
    const float to_side = sees_right ? b - r.across_least_m : r.across_most_m - b;
    near += smaller(to_end, to_side) <= margin_m ? 1 : 0;
  }
  return count > 0 ? static_cast<float>(near) / static_cast<float>(count) : 0;
}

Rectangle extended(Rectangle rectangle, float along_m, float across_m, float sensor_x_m, float sensor_y_m) {
  const Viewpoint from = viewpoint(rectangle, sensor_x_m, sensor_y_m);
  extend(from.along_m, along_m, rectangle.along_least_m, rectangle.along_most_m);
  extend(from.across_m, across_m, rectangle.across_least_m, rectangle.across_most_m);
  return rectangle;
}

messages::Box3 box_of(const Rectangle& r, float ground_m, float height_m) {
  const double c = std::cos(r.yaw_rad), s = std::sin(r.yaw_rad);
  const double along_m = (r.along_least_m + r.along_most_m) / 2, across_m = (r.across_least_m + r.across_most_m) / 2;
  double yaw_rad = std::remainder(static_cast<double>(r.yaw_rad), std::numbers::pi);
  if (yaw_rad <= -std::numbers::pi / 2) yaw_rad += std::numbers::pi;
  return {c * along_m - s * across_m,
          s * along_m + c * across_m,
          ground_m + height_m / 2,
          yaw_rad,
          std::max<double>(r.along_m(), kThinnest_m),
          std::max<double>(r.across_m(), kThinnest_m),
          height_m};
}

}  // namespace hangil::lidar
