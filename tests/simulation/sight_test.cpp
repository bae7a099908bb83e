// SPDX-License-Identifier: Apache-2.0
#include "simulation/sight.hpp"

#include <gtest/gtest.h>

#include "simulation/dice.hpp"
#include "simulation/scene.hpp"

namespace hangil::simulation {
namespace {

// The nearest crossing over all bodies, the slow way.
std::optional<BodyCrossing> nearest_of_all(const std::vector<Placed>& bodies, const Ray& ray, double lead_s,
                                           double max_range_m) {
  std::optional<BodyCrossing> nearest;
  for (const Placed& placed : bodies) {
    const auto found = intersect(placed, ray, lead_s);
    if (!found || found->range_m >= max_range_m || (nearest && found->range_m >= nearest->range_m)) continue;
    nearest = found;
  }
  return nearest;
}

class SightOf : public testing::TestWithParam<std::string_view> {};
INSTANTIATE_TEST_SUITE_P(Scene, SightOf, testing::ValuesIn(scene_names().begin(), scene_names().end()),
                         [](const auto& one) { return std::string(one.param); });

TEST_P(SightOf, MeetsTheSameBodyAsASearchOverAll) {
  const auto scene = make_scene(GetParam(), 1);
  tests::Dice dice(11);
  int met_count = 0;
  for (const double time_s : {0.0, 3.0, 9.0, 21.0}) {
    const Snapshot now = snapshot_at(scene->script, {}, base::Time{} + base::Duration::seconds(time_s));
    const std::vector<Placed> bodies = place_bodies(scene->world, now);
    const Eigen::Vector3d eye = on_ground(scene->world.ground, now.ego.pose) * Eigen::Vector3d(0.81, 0, 1.73);
    const double drift_m = 2, drift_s = 0.05;
    const Sight sight(bodies, eye, drift_m, drift_s, 120);
    for (int i = 0; i < 4000; ++i) {
      const Eigen::Vector3d drift = dice.in_cube(drift_m / std::sqrt(3.0));
      const double azimuth = dice.between(-3.15, 3.15), elevation = dice.between(-0.4, 0.06);
      const Ray ray{
          eye + drift,
          {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth), std::sin(elevation)},
          dice.between(0.01, 3)};
      const double lead_s = dice.between(-drift_s, drift_s), limit_m = dice.between(5, 120);
      const auto quick = sight.first(ray, lead_s, limit_m);
      const auto slow = nearest_of_all(bodies, ray, lead_s, limit_m);
      ASSERT_EQ(quick.has_value(), slow.has_value()) << "ray " << i << " at " << time_s;
      if (!quick) continue;
      ++met_count;
      EXPECT_EQ(quick->range_m, slow->range_m);
      EXPECT_EQ(quick->actor, slow->actor);
    }
  }
  EXPECT_GT(met_count, 2000);
}

TEST(Intersect, MovingBodyIsMetWhereItIsByThen) {
  Body wall;
  wall.parts.push_back({box({-0.5, -5, -5}, {0.5, 5, 5}), kPlaster});
  Placed placed{&wall};
  placed.T_map_body.translation() = Eigen::Vector3d(20, 0, 0);
  placed.velocity_mps = {-10, 0, 0};
  const Ray ray{{0, 0, 0}, {1, 0, 0}};
  EXPECT_NEAR(intersect(placed, ray, 0)->range_m, 19.5, 1e-12);
  EXPECT_NEAR(intersect(placed, ray, 0.05)->range_m, 19, 1e-12);
  EXPECT_NEAR(intersect(placed, ray, -0.05)->range_m, 20, 1e-12);
}

TEST(PlaceBodies, LeavesOutWhoIsAbsent) {
  auto scene = make_scene("urban", 1);
  Snapshot now = snapshot_at(scene->script, {}, {});
  const std::size_t count = place_bodies(scene->world, now).size();
  now.actors[0].is_present = false;
  EXPECT_EQ(place_bodies(scene->world, now).size(), count - 1);
}

}  // namespace
}  // namespace hangil::simulation
