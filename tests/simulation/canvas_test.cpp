// SPDX-License-Identifier: Apache-2.0
#include "simulation/canvas.hpp"

#include <cmath>
#include <limits>

#include <Eigen/Geometry>
#include <gtest/gtest.h>
#include <png.h>

#include "simulation/dice.hpp"
#include "simulation/png.hpp"

namespace hangil::simulation {
namespace {

using Eigen::Vector3d;
using tests::Dice;

struct Quad {
  std::array<Vector3d, 4> corners;
  Colour colour;
};

// In front of the camera, partly beside the picture, partly behind it.
Quad any_quad(Dice& dice, int number) {
  const auto any = [&] { return Vector3d(dice.between(-1, 1), dice.between(-1, 1), dice.between(-1, 1)); };
  const Vector3d middle(dice.between(-4, 4), dice.between(-3, 3), dice.between(0.5, 9));
  const Vector3d a = 2 * any(), b = a.cross(any());
  return {{middle + a, middle + b, middle - a, middle - b}, {static_cast<std::uint8_t>(number + 1), 7, 9}};
}

// Nearness where the ray of a pixel's middle meets the quad; nothing where it misses or passes close to an edge.
enum class Meeting { kMiss, kHit, kUnsure };
Meeting meeting(const Quad& quad, const Vector3d& ray, double& z_m) {
  const Vector3d normal = (quad.corners[1] - quad.corners[0]).cross(quad.corners[2] - quad.corners[0]);
  z_m = normal.dot(quad.corners[0]) / normal.dot(ray);
  if (!(std::abs(z_m) < 1e6)) return Meeting::kUnsure;
  int left = 0, right = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Vector3d edge = quad.corners[(i + 1) % 4] - quad.corners[i];
    const double side = edge.cross(z_m * ray - quad.corners[i]).dot(normal) / normal.squaredNorm();
    if (std::abs(side) < 1e-6) return Meeting::kUnsure;
    side > 0 ? ++left : ++right;
  }
  if (std::abs(z_m - 0.1) < 1e-6) return Meeting::kUnsure;
  return z_m > 0.1 && (left == 0 || right == 0) ? Meeting::kHit : Meeting::kMiss;
}

TEST(Canvas, EveryPixelShowsTheNearestFaceOnItsRay) {
  const math::Pinhole optics{40, 38, 30.3, 22.6, 64, 48};
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Dice dice(static_cast<std::uint32_t>(seed));
    std::vector<Quad> quads;
    for (int i = 0; i < 12; ++i) quads.push_back(any_quad(dice, i));
    Canvas canvas(optics);
    canvas.begin({0, -1, 0}, std::array{Colour{0, 0, 0}}, 1);
    for (const Quad& quad : quads) canvas.paint(quad.corners, quad.colour);
    for (int i = 0; i < 64 * 48; ++i) {
      const int x = i % 64, y = i / 64;
      const Vector3d ray = math::ray(optics, {x + 0.5, y + 0.5});
      double nearest_m = std::numeric_limits<double>::infinity(), second_m = nearest_m, z_m = 0;
      Colour expected{0, 0, 0};
      bool is_sure = true;
      for (const Quad& quad : quads) {
        const Meeting met = meeting(quad, ray, z_m);
        is_sure = is_sure && met != Meeting::kUnsure;
        if (met != Meeting::kHit) continue;
        second_m = std::min(second_m, std::max(z_m, nearest_m));
        if (z_m < nearest_m) nearest_m = z_m, expected = quad.colour;
      }
      if (!is_sure || second_m - nearest_m < 1e-4) continue;
      ASSERT_EQ(canvas.colour(x, y), expected) << "seed " << seed << " pixel " << x << " " << y;
      ++compared;
    }
  }
  EXPECT_GT(compared, 50'000);
}

TEST(Canvas, LeavesOutWhatIsNoFace) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Canvas canvas({40, 40, 32, 24, 64, 48});
  canvas.begin({0, -1, 0}, std::array{Colour{0, 0, 0}}, 1);
  canvas.paint(std::array{Vector3d(0, 0, 1), Vector3d(1, 0, 1)}, {9, 9, 9});
  canvas.paint(std::array{Vector3d(0, 0, 1), Vector3d(1, nan, 1), Vector3d(1, 1, 1)}, {9, 9, 9});
  canvas.paint(std::array{Vector3d(0, 0, -1), Vector3d(1, 0, -1), Vector3d(1, 1, -1)}, {9, 9, 9});  // behind
  canvas.paint(std::array{Vector3d(0, 0, 1), Vector3d(1, 0, 1), Vector3d(2, 0, 1)}, {9, 9, 9});     // a line
  for (int i = 0; i < 64 * 48; ++i) ASSERT_EQ(canvas.colour(i % 64, i / 64), (Colour{0, 0, 0}));
}

TEST(PlainPng, IsReadBackAsItWas) {
  Dice dice(4);
  for (const auto& [width, height] : {std::pair{1, 1}, {3, 2}, {211, 104}, {640, 40}}) {
    std::vector<std::uint8_t> rgb(3 * static_cast<std::size_t>(width * height));
    for (std::uint8_t& value : rgb) value = static_cast<std::uint8_t>(dice.between(0, 255.9));
    const auto bytes = plain_png(rgb, width, height);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    ASSERT_NE(png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()), 0) << image.message;
    image.format = PNG_FORMAT_RGB;
    std::vector<std::uint8_t> read(PNG_IMAGE_SIZE(image));
    ASSERT_NE(png_image_finish_read(&image, nullptr, read.data(), 0, nullptr), 0) << image.message;
    EXPECT_EQ(read, rgb);
  }
}

}  // namespace
}  // namespace hangil::simulation
