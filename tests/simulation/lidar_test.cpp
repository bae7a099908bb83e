// SPDX-License-Identifier: Apache-2.0
#include "simulation/lidar.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

#include <gtest/gtest.h>

#include "simulation/bodies.hpp"
#include "simulation/scene.hpp"
#include "simulation/truth.hpp"

namespace hangil::simulation {
namespace {

using Eigen::Vector3d;

World empty_world() {
  return {Ground({}, {{-1e9, 0, kPlaster}}, {-200, -200, 200, 200}, [](double, double) { return -1.0; }), {}, {}};
}

LidarSpec exact() {
  LidarSpec spec;
  spec.range_sigma_m = spec.intensity_sigma = spec.lost_ratio = spec.half_signal = 0;
  return spec;
}

Vector3d in_ego(const LidarSpec& spec, const Echo& e) { return spec.T_ego_lidar * Vector3d(e.x_m, e.y_m, e.z_m); }

bool same(const std::vector<Echo>& a, const std::vector<Echo>& b) {
  return point_cloud(a, {}).data == point_cloud(b, {}).data;
}

TEST(Elevation, FollowsTheSensorsTable) {
  const LidarSpec spec;
  const auto degrees = [&](int ring) { return elevation_rad(spec, ring) * 180 / std::numbers::pi; };
  EXPECT_NEAR(degrees(0), 2, 1e-9);
  EXPECT_NEAR(degrees(31), -8.3333, 1e-3);
  EXPECT_NEAR(degrees(32), -8.8333, 1e-3);
  EXPECT_NEAR(degrees(63), -24.3333, 1e-3);
  for (int ring = 1; ring < 64; ++ring) EXPECT_LT(degrees(ring), degrees(ring - 1));
}

TEST(Scan, OfAPlaneIsRingsOnIt) {
  const LidarSpec spec = exact();
  const World world = empty_world();
  const std::vector<Echo> echoes = scan(world, Snapshot{{}, {}, {}}, spec, 1);
  std::vector<int> counts(64, 0);
  for (const Echo& e : echoes) {
    ++counts[e.ring];
    EXPECT_NEAR(in_ego(spec, e).z(), 0, 2e-3);
    const double expected_m = 1.73 / std::sin(-elevation_rad(spec, e.ring));
    EXPECT_NEAR(std::hypot(e.x_m, e.y_m, e.z_m), expected_m, 3e-3);
    const double azimuth = std::atan2(e.y_m, e.x_m);
    EXPECT_NEAR(azimuth / (2 * std::numbers::pi) * 0.1, e.time_s, 2e-5) << "straight ahead at the stamp";
  }
  for (int ring = 0; ring < 64; ++ring) {
    const bool reaches = elevation_rad(spec, ring) < -std::asin(1.73 / 120);
    EXPECT_EQ(counts[static_cast<std::size_t>(ring)], reaches ? 1024 : 0) << ring;
  }
}

TEST(Scan, RangeNoiseHasItsStandardDeviation) {
  LidarSpec spec = exact();
  spec.range_sigma_m = 0.05;
  double sum = 0, squares = 0;
  const std::vector<Echo> echoes = scan(empty_world(), Snapshot{{}, {}, {}}, spec, 1);
  for (const Echo& e : echoes) {
    const double error = std::hypot(e.x_m, e.y_m, e.z_m) - 1.73 / std::sin(-elevation_rad(spec, e.ring));
    sum += error, squares += error * error;
  }
  const auto count = static_cast<double>(echoes.size());
  EXPECT_NEAR(sum / count, 0, 0.001);
  EXPECT_NEAR(std::sqrt(squares / count), 0.05, 0.001);
}

TEST(Scan, FarAndGlancingEchoesGetLost) {
  LidarSpec spec;
  spec.range_sigma_m = 0;
  World world = empty_world();
  world.ground = Ground({}, {{-1e9, 0, kAsphalt}}, {-200, -200, 200, 200}, [](double, double) { return -1.0; });
  std::vector<int> counts(64, 0);
  for (const Echo& e : scan(world, Snapshot{{}, {}, {}}, spec, 1)) ++counts[e.ring];
  EXPECT_NEAR(counts[63] / 1024.0, 0.995, 0.01) << "at 4 m";
  const double far_m = 1.73 / std::sin(-elevation_rad(spec, 11));
  EXPECT_NEAR(far_m, 59.5, 1);
  EXPECT_NEAR(counts[11] / 1024.0, 0.5, 0.06) << "asphalt at 60 m";
  EXPECT_LT(counts[9] / 1024.0, 0.1) << "asphalt at 99 m";
}

TEST(Scan, SameSeedSameBytesWhateverWasScannedBefore) {
  const auto scene = make_scene("urban", 1);
  const LidarSpec spec;
  const auto at = [&](double time_s) {
    return snapshot_at(scene->script, {}, base::Time{} + base::Duration::seconds(time_s));
  };
  const auto second = scan(scene->world, at(0.1), spec, 7);
  (void)scan(scene->world, at(0), spec, 7);
  EXPECT_TRUE(same(scan(scene->world, at(0.1), spec, 7), second));
  EXPECT_FALSE(same(scan(scene->world, at(0.1), spec, 8), second));
  EXPECT_FALSE(same(scan(scene->world, at(0.2), spec, 7), second));
}

// A wall across the road, seen while driving towards it: only compensated echoes agree with where it is at the stamp.
TEST(Scan, MotionCompensationBringsEchoesToTheStamp) {
  World world = empty_world();
  Fixture wall{panel(60, 1, 0, 6, kPlaster)};
  wall.T_map_body.linear() = Eigen::AngleAxisd(std::numbers::pi / 2, Vector3d::UnitZ()).toRotationMatrix();
  wall.T_map_body.translation() = Vector3d(20.5, 0, 0);
  world.fixtures.push_back(wall);
  LidarSpec spec = exact();
  const Snapshot now{{}, {{}, 20, 0, 0.02}, {}};
  double worst_m = 0;
  for (const bool compensated : {true, false}) {
    spec.is_motion_compensated = compensated;
    worst_m = 0;
    for (const Echo& e : scan(world, now, spec, 1)) {
      if (e.ring < 8 && std::abs(e.y_m) < 15) worst_m = std::max(worst_m, std::abs(in_ego(spec, e).x() - 20));
    }
    EXPECT_TRUE(compensated ? worst_m < 0.003 : worst_m > 0.1) << compensated << ": " << worst_m;
  }
}

bool is_inside(const messages::Box3& box, const Vector3d& p, double margin_m) {
  const double dx = p.x() - box.x_m, dy = p.y() - box.y_m, c = std::cos(box.yaw_rad), s = std::sin(box.yaw_rad);
  return std::abs(c * dx + s * dy) <= box.length_m / 2 + margin_m &&
         std::abs(-s * dx + c * dy) <= box.width_m / 2 + margin_m &&
         std::abs(p.z() - box.z_m) <= box.height_m / 2 + margin_m;
}

// Between the ground below the two: boxes are upright in ego, bodies on their own ground.
double tilt_rad(const Ground& ground, const ActorState& ego, const ActorState& other) {
  const Vector3d up = on_ground(ground, ego.pose).linear().col(2),
                 theirs = on_ground(ground, other.pose).linear().col(2);
  return std::acos(std::min(1.0, up.dot(theirs)));
}

class TruthOf : public testing::TestWithParam<std::string_view> {};
INSTANTIATE_TEST_SUITE_P(Scene, TruthOf, testing::ValuesIn(scene_names().begin(), scene_names().end()),
                         [](const auto& one) { return std::string(one.param); });

TEST_P(TruthOf, BoxesHoldTheEchoesOfTheirActorAndCountThem) {
  const auto scene = make_scene(GetParam(), 1);
  const LidarSpec spec = exact();
  for (const double time_s : {0.0, 6.0, 14.0}) {
    const Snapshot now = snapshot_at(scene->script, {}, base::Time{} + base::Duration::seconds(time_s));
    const auto echoes = scan(scene->world, now, spec, 1);
    const auto counts = echo_counts(echoes, scene->world.actors.size());
    const auto truth = truth_objects(scene->world, now, counts, 125);
    std::uint64_t labelled_count = 0, actor_count = 0;
    for (const messages::TruthObject& object : truth.objects) {
      const auto actor = static_cast<std::size_t>(object.id - 1);
      labelled_count += object.point_count;
      EXPECT_EQ(object.point_count, counts[actor]);
      // An actor goes on by its speed times 50 ms until the beam comes by at the end of the turn.
      const double smear_m = 0.055 * now.actors[actor].speed_mps;
      const double tilt_m = tilt_rad(scene->world.ground, now.ego, now.actors[actor]) *
                                std::hypot(object.box.length_m, object.box.width_m, object.box.height_m) / 2 +
                            0.005;
      for (const Echo& e : echoes) {
        if (e.actor != static_cast<int>(actor)) continue;
        EXPECT_TRUE(is_inside(object.box, in_ego(spec, e), smear_m + tilt_m))
            << object.label << " " << object.id << " at " << in_ego(spec, e).transpose();
      }
    }
    for (const Echo& e : echoes) actor_count += e.actor >= 0;
    EXPECT_EQ(labelled_count, actor_count);
    EXPECT_GT(actor_count, 200u);
  }
}

TEST(Truth, VelocityIsTheDerivativeOfTheBox) {
  const auto scene = make_scene("motorway", 1);
  const auto truth_at = [&](double time_s) {
    const auto now = snapshot_at(scene->script, {}, base::Time{} + base::Duration::seconds(time_s));
    const std::vector<std::uint32_t> none(scene->world.actors.size(), 0);
    return std::pair(truth_objects(scene->world, now, none, 90), on_ground(scene->world.ground, now.ego.pose));
  };
  const auto [before, T_map_before] = truth_at(7.499);
  const auto [now, T_map_ego] = truth_at(7.5);
  const auto [after, T_map_after] = truth_at(7.501);
  ASSERT_GT(now.objects.size(), 5u);
  for (std::size_t i = 0; i < now.objects.size(); ++i) {
    const auto place = [&](const auto& truth, const Eigen::Isometry3d& T) -> Vector3d {
      return T * Vector3d(truth.objects[i].box.x_m, truth.objects[i].box.y_m, truth.objects[i].box.z_m);
    };
    const Vector3d velocity = (place(after, T_map_after) - place(before, T_map_before)) / 2e-3;
    const Vector3d expected = T_map_ego.linear().transpose() * velocity;
    EXPECT_NEAR(now.objects[i].vx_mps, expected.x(), 0.05) << now.objects[i].id;
    EXPECT_NEAR(now.objects[i].vy_mps, expected.y(), 0.05) << now.objects[i].id;
  }
}

TEST(PointCloud, LayoutHoldsEveryValue) {
  const std::vector<Echo> echoes = {{1.5F, -2.25F, 0.5F, 0.25F, -0.01F, 63, 3}, {9, 8, 7, 1, 0.02F, 2, -1}};
  const messages::PointCloud2 cloud = point_cloud(echoes, {42});
  EXPECT_EQ(cloud.header.stamp.ns, 42);
  EXPECT_EQ(cloud.header.frame_id, "lidar_top");
  EXPECT_EQ(cloud.width, 2u);
  EXPECT_EQ(cloud.data.size(), cloud.row_step);
  const auto value = [&](std::size_t point, std::size_t field, auto zero) {
    std::memcpy(&zero, cloud.data.data() + point * cloud.point_step + cloud.point_fields[field].offset, sizeof zero);
    return zero;
  };
  EXPECT_EQ(value(0, 1, 0.0F), -2.25F);
  EXPECT_EQ(value(1, 4, 0.0F), 0.02F);
  EXPECT_EQ(value(0, 5, std::uint16_t{0}), 63);
  EXPECT_EQ(cloud.point_fields[5].name, "ring");
}

}  // namespace
}  // namespace hangil::simulation
