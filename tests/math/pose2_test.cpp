// SPDX-License-Identifier: Apache-2.0
#include "math/pose2.hpp"

#include <random>

#include <gtest/gtest.h>

namespace hangil::math {
namespace {

class Poses {
 public:
  explicit Poses(std::uint32_t seed) : random_(seed) {}
  double number(double most) { return std::uniform_real_distribution<double>(-most, most)(random_); }
  Pose2 pose() { return {number(100), number(100), number(3.1)}; }

 private:
  std::mt19937 random_;
};

void expect_same(const Pose2& a, const Pose2& b) {
  EXPECT_NEAR(a.x_m, b.x_m, 1e-9);
  EXPECT_NEAR(a.y_m, b.y_m, 1e-9);
  EXPECT_NEAR(angle_difference_rad(a.yaw_rad, b.yaw_rad), 0, 1e-9);
}

TEST(Pose2, ComposesLikeAGroup) {
  Poses poses(3);
  for (int i = 0; i < 1000; ++i) {
    const Pose2 a = poses.pose(), b = poses.pose(), c = poses.pose();
    expect_same(a * inverse(a), Pose2{});
    expect_same(inverse(a) * a, Pose2{});
    expect_same((a * b) * c, a * (b * c));
    expect_same(inverse(a * b), inverse(b) * inverse(a));
    expect_same(a * Pose2{}, a);
  }
}

TEST(Pose2, ActsOnPointsAsItComposesAndKeepsDistances) {
  Poses poses(4);
  for (int i = 0; i < 1000; ++i) {
    const Pose2 a = poses.pose(), b = poses.pose();
    const Point2 p{poses.number(50), poses.number(50)}, q{poses.number(50), poses.number(50)};
    const Point2 once = (a * b) * p, twice = a * (b * p);
    EXPECT_NEAR(once.x_m, twice.x_m, 1e-9);
    EXPECT_NEAR(once.y_m, twice.y_m, 1e-9);
    const Point2 moved_p = a * p, moved_q = a * q;
    EXPECT_NEAR(std::hypot(moved_p.x_m - moved_q.x_m, moved_p.y_m - moved_q.y_m),
                std::hypot(p.x_m - q.x_m, p.y_m - q.y_m), 1e-9);
  }
}

TEST(Pose2, TurnsCounterClockwise) {
  const Point2 moved = Pose2{1, 2, std::numbers::pi / 2} * Point2{1, 0};
  EXPECT_NEAR(moved.x_m, 1, 1e-12);
  EXPECT_NEAR(moved.y_m, 3, 1e-12);
}

}  // namespace
}  // namespace hangil::math
