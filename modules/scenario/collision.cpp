// SPDX-License-Identifier: Apache-2.0
#include "scenario/collision.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hangil::scenario {

namespace {

struct Axes {
  double cos_a, sin_a, cos_b, sin_b;
};

double half_extent(const math::Box2& box, double c, double s, double nx, double ny) {
  return std::abs(c * nx + s * ny) * box.length_m / 2 + std::abs(c * ny - s * nx) * box.width_m / 2;
}

// Narrows [enter, leave] to when the intervals on one axis overlap; false: never.
bool overlaps_on_axis(double gap, double reach, double motion, double& enter, double& leave) {
  if (motion == 0) return std::abs(gap) <= reach;
  double first = (-reach - gap) / motion, last = (reach - gap) / motion;
  if (first > last) std::swap(first, last);
  enter = std::max(enter, first);
  leave = std::min(leave, last);
  return enter <= leave;
}

bool is_pulled_by(const World& world, EntityIndex first, EntityIndex second) {
  return world.definition(first).trailer == second || world.definition(second).trailer == first;
}

bool share_height(const World& world, EntityIndex a, EntityIndex b) {
  const auto middle = [&](EntityIndex entity) {
    return world.entity(entity).z_m + world.definition(entity).box.center_z_m;
  };
  const double reach = (world.definition(a).box.height_m + world.definition(b).box.height_m) / 2;
  return std::abs(middle(a) - middle(b)) <= reach;
}

}  // namespace

bool sweep_touches(const math::Box2& first, const math::Box2& second, double dx_m, double dy_m) {
  const Axes axes{std::cos(first.pose.yaw_rad), std::sin(first.pose.yaw_rad), std::cos(second.pose.yaw_rad),
                  std::sin(second.pose.yaw_rad)};
  const double gx = second.pose.x_m - first.pose.x_m, gy = second.pose.y_m - first.pose.y_m;
  const std::array<std::array<double, 2>, 4> normals = {
      {{axes.cos_a, axes.sin_a}, {-axes.sin_a, axes.cos_a}, {axes.cos_b, axes.sin_b}, {-axes.sin_b, axes.cos_b}}};
  double enter = 0, leave = 1;
  for (const auto& [nx, ny] : normals) {
    const double reach =
        half_extent(first, axes.cos_a, axes.sin_a, nx, ny) + half_extent(second, axes.cos_b, axes.sin_b, nx, ny);
    if (!overlaps_on_axis(gx * nx + gy * ny, reach, dx_m * nx + dy_m * ny, enter, leave)) return false;
  }
  return true;
}

void CollisionCheck::gather(const World& world, const std::vector<EntityState>& before) {
  bodies_.clear();
  for (EntityIndex entity = 0; entity < static_cast<EntityIndex>(world.entities.size()); ++entity) {
    const EntityState &now = world.entity(entity), &then = before[static_cast<std::size_t>(entity)];
    if (!now.is_present || !then.is_present) continue;
    const BoundingBox& box = world.definition(entity).box;
    if (!(box.length_m > 0) || !(box.width_m > 0)) continue;
    const double radius_m =
        std::hypot(std::abs(box.center_x_m) + box.length_m / 2, std::abs(box.center_y_m) + box.width_m / 2);
    bodies_.push_back({entity, std::min(now.x_m, then.x_m) - radius_m, std::max(now.x_m, then.x_m) + radius_m,
                       std::min(now.y_m, then.y_m) - radius_m, std::max(now.y_m, then.y_m) + radius_m});
  }
}

void CollisionCheck::find(const World& world, const std::vector<EntityState>& before, std::vector<Contact>& contacts) {
  contacts.clear();
  gather(world, before);
  std::sort(bodies_.begin(), bodies_.end(), [](const Body& a, const Body& b) {
    return a.least_x_m != b.least_x_m ? a.least_x_m < b.least_x_m : a.entity < b.entity;
  });
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    for (std::size_t j = i + 1; j < bodies_.size() && bodies_[j].least_x_m <= bodies_[i].most_x_m; ++j) {
      if (bodies_[i].least_y_m > bodies_[j].most_y_m || bodies_[j].least_y_m > bodies_[i].most_y_m) continue;
      const auto [a, b] = std::minmax(bodies_[i].entity, bodies_[j].entity);
      if (is_pulled_by(world, a, b) || !share_height(world, a, b)) continue;
      const EntityState &a0 = before[static_cast<std::size_t>(a)], &b0 = before[static_cast<std::size_t>(b)];
      const EntityState &a1 = world.entity(a), &b1 = world.entity(b);
      math::Box2 first = footprint(world, a), second = footprint(world, b);
      // From the present backwards to the start of the step.
      const double dx_m = (b0.x_m - b1.x_m) - (a0.x_m - a1.x_m), dy_m = (b0.y_m - b1.y_m) - (a0.y_m - a1.y_m);
      if (sweep_touches(first, second, dx_m, dy_m)) contacts.push_back({a, b});
    }
  }
  std::sort(contacts.begin(), contacts.end(), [](const Contact& a, const Contact& b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  });
}

}  // namespace hangil::scenario
