// SPDX-License-Identifier: Apache-2.0
#include "simulation/staging.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::simulation {

math::Pose2 beside(const Path& path, double way_m, double left_m, double turn_rad) {
  return path.at(way_m).pose * math::Pose2{0, left_m, turn_rad};
}

MapArea area_around(const Path& path, double margin_m) {
  MapArea area{1e9, 1e9, -1e9, -1e9};
  for (const WayPoint& p : path.points()) {
    area.least_x_m = std::min(area.least_x_m, std::floor(p.pose.x_m - margin_m));
    area.least_y_m = std::min(area.least_y_m, std::floor(p.pose.y_m - margin_m));
    area.most_x_m = std::max(area.most_x_m, std::ceil(p.pose.x_m + margin_m));
    area.most_y_m = std::max(area.most_y_m, std::ceil(p.pose.y_m + margin_m));
  }
  return area;
}

Actor any_car(Dice& dice) {
  const double length_m = dice.between(3.8, 4.8), width_m = dice.between(1.70, 1.86);
  const double height_m = dice.between(1.42, 1.68);
  return car(0, length_m, width_m, height_m, dice.between(0.12, 0.65));
}

void Stage::put(Body body, const math::Pose2& pose) {
  Fixture fixture{std::move(body)};
  fixture.T_map_body.linear() = Eigen::AngleAxisd(pose.yaw_rad, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  fixture.T_map_body.translation() = Eigen::Vector3d(pose.x_m, pose.y_m, ground.height_m(pose.x_m, pose.y_m));
  fixtures.push_back(std::move(fixture));
}

void Stage::enter(Actor actor, Motion motion) {
  actor.id = static_cast<int>(actors.size()) + 1;
  actors.push_back(std::move(actor));
  motions.push_back(std::move(motion));
}

void Stage::enter(Actor actor, const Path& path, math::Point2 start, SpeedProfile speed) {
  enter(std::move(actor), Motion{path, foot(path, start).way_m, std::move(speed)});
}

void Stage::stand(Actor actor, const math::Pose2& pose) {
  enter(std::move(actor), Motion{Path::straight(pose, 1), 0, SpeedProfile(0)});
}

Scene Stage::scene(Motion ego, double desired_speed_mps) && {
  return {{std::move(ground), std::move(fixtures), std::move(actors)},
          {std::move(ego), std::move(motions)},
          desired_speed_mps};
}

}  // namespace hangil::simulation
