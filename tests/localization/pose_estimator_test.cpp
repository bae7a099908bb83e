// SPDX-License-Identifier: Apache-2.0
#include "localization/pose_estimator.hpp"

#include <gtest/gtest.h>

#include "base/diff.hpp"
#include "localization/drive.hpp"
#include "messages/pose_sample.hpp"

namespace hangil::localization {
namespace {

using tests::at;
using tests::Drive;

// Hands the readings of one moment over in one activation, 10 ms each.
std::vector<messages::Odometry> step(const Drive& drive, PoseEstimator& estimator, int i, bool has_odometry,
                                     bool has_gnss) {
  const messages::Odometry odometry = drive.odometry(0.01 * i);
  const messages::Imu imu = drive.imu(0.01 * i);
  const messages::NavSatFix fix = drive.fix(0.01 * i);
  std::vector<const messages::Odometry*> poses;
  std::vector<const messages::NavSatFix*> fixes;
  std::vector<const messages::Imu*> readings = {&imu};
  if (has_odometry) poses.push_back(&odometry);
  if (has_gnss && i % 10 == 0) fixes.push_back(&fix);
  return estimator.add(poses, fixes, readings);
}

TEST(PoseEstimator, PrefersOdometryWhereThereIsAny) {
  const Drive drive;
  PoseEstimator estimator({});
  for (int i = 0; i < 300; ++i) {
    const auto poses = step(drive, estimator, i, i % 2 == 1, true);
    EXPECT_EQ(poses.size(), i % 2 == 1 ? 1u : 0u) << i;
  }
}

TEST(PoseEstimator, TakesGnssAndImuOnceOdometryHasNotComeForASecond) {
  const Drive drive;
  PoseEstimator estimator({});
  double worst_m = 0;
  for (int i = 0; i < 1500; ++i) {
    const auto poses = step(drive, estimator, i, i > 500, true);
    EXPECT_EQ(poses.size(), i < 100 ? 0u : 1u) << i;
    if (poses.empty()) continue;
    EXPECT_EQ(poses[0].header.frame_id, "map");
    EXPECT_EQ(poses[0].child_frame_id, "ego");
    if (i == 100) {
      EXPECT_NEAR(poses[0].pose.pose.position.x, 0, 1e-9) << "the first pose is the map's origin";
    }
    // That origin is where the car was after one second.
    const math::Pose2 T_map_world = math::inverse(drive.ego(1).pose);
    const math::Pose2 truth = T_map_world * drive.ego(0.01 * i).pose;
    worst_m = std::max(
        worst_m, std::hypot(poses[0].pose.pose.position.x - truth.x_m, poses[0].pose.pose.position.y - truth.y_m));
  }
  EXPECT_LT(worst_m, 0.8) << "a heading wrong by 0.6 deg over 100 m, and late odometry is not mixed in";
}

TEST(PoseEstimator, SourceCanBeSettled) {
  const Drive drive;
  PoseConfig config;
  config.source = "odometry";
  PoseEstimator odometry_only(config);
  config.source = "gnss_imu";
  PoseEstimator gnss_only(config);
  std::size_t odometry_count = 0, gnss_count = 0;
  for (int i = 0; i < 200; ++i) odometry_count += step(drive, odometry_only, i, false, true).size();
  for (int i = 0; i < 200; ++i) gnss_count += step(drive, gnss_only, i, true, true).size();
  EXPECT_EQ(odometry_count, 0u);
  EXPECT_EQ(gnss_count, 200u - 1u) << "from the first fix on; the first reading comes before it";
}

TEST(PoseEstimator, SameReadingsSamePosesHoweverTheyAreHandedOver) {
  const Drive drive;
  std::vector<messages::Imu> imu;
  std::vector<messages::NavSatFix> fixes;
  for (int i = 0; i < 400; ++i) {
    imu.push_back(drive.imu(0.01 * i));
    if (i % 10 == 0) fixes.push_back(drive.fix(0.01 * i));
  }
  std::vector<messages::Odometry> last;
  for (const int batch : {10, 20, 50}) {
    PoseConfig config;
    config.source = "gnss_imu";
    PoseEstimator estimator(config);
    std::vector<messages::Odometry> poses;
    for (int first = 0; first < 400; first += batch) {
      std::vector<const messages::Imu*> readings;
      std::vector<const messages::NavSatFix*> some;
      for (int i = first; i < first + batch; ++i) {
        readings.push_back(&imu[static_cast<std::size_t>(i)]);
        if (i % 10 == 0) some.push_back(&fixes[static_cast<std::size_t>(i / 10)]);
      }
      for (auto& pose : estimator.add({}, some, readings)) poses.push_back(std::move(pose));
    }
    if (!last.empty()) {
      ASSERT_EQ(poses.size(), last.size());
      for (std::size_t i = 0; i < poses.size(); ++i) EXPECT_TRUE(base::diff(poses[i], last[i]).empty()) << i;
    }
    last = std::move(poses);
  }
  EXPECT_GT(last.size(), 300u);
}

TEST(TransformOf, IsThePose) {
  const messages::Odometry pose = messages::odometry_of(
      {.stamp = at(3), .x_m = 1, .y_m = 2, .z_m = 3, .qx = 0, .qy = 0, .qz = 0.6, .qw = 0.8}, "map", "ego");
  const messages::TransformStamped transform = transform_of(pose);
  EXPECT_EQ(transform.header.frame_id, "map");
  EXPECT_EQ(transform.child_frame_id, "ego");
  EXPECT_EQ(transform.transform.translation.y, 2);
  EXPECT_EQ(transform.transform.rotation.z, 0.6);
}

}  // namespace
}  // namespace hangil::localization
