// SPDX-License-Identifier: Apache-2.0
#include "simulation/sight.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;

constexpr int kDirectionCount = 720;

double direction_of(double angle_rad) { return (angle_rad / (2 * std::numbers::pi) + 0.5) * kDirectionCount; }

std::size_t wrapped(int direction) {
  return static_cast<std::size_t>((direction % kDirectionCount + kDirectionCount) % kDirectionCount);
}

Vector3d velocity_of(const Eigen::Isometry3d& T_map_body, double speed_mps) {
  return T_map_body.linear().col(0) * speed_mps;
}

std::array<Vector3d, 8> corners(const Placed& placed) {
  const Extent e = extent(*placed.body);
  std::array<Vector3d, 8> found;
  for (std::size_t i = 0; i < 8; ++i) {
    found[i] = placed.T_map_body * Vector3d(i & 1 ? e.most.x() : e.least.x(), i & 2 ? e.most.y() : e.least.y(),
                                            i & 4 ? e.most.z() : e.least.z());
  }
  return found;
}

}  // namespace

std::vector<Placed> place_bodies(const World& world, const Snapshot& snapshot) {
  std::vector<Placed> placed;
  placed.reserve(world.fixtures.size() + world.actors.size());
  for (const Fixture& fixture : world.fixtures) placed.push_back({&fixture.body, fixture.T_map_body});
  for (std::size_t i = 0; i < world.actors.size(); ++i) {
    const ActorState& state = snapshot.actors[i];
    if (!state.is_present) continue;
    const Eigen::Isometry3d T_map_body = on_ground(world.ground, state.pose);
    placed.push_back(
        {&world.actors[i].body, T_map_body, velocity_of(T_map_body, state.speed_mps), static_cast<int>(i)});
  }
  return placed;
}

std::optional<BodyCrossing> intersect(const Placed& placed, const Ray& ray, double lead_s) {
  const Eigen::Matrix3d& rotation = placed.T_map_body.linear();
  const Vector3d offset = ray.origin - placed.T_map_body.translation() - lead_s * placed.velocity_mps;
  const Ray local{rotation.transpose() * offset, rotation.transpose() * ray.direction, ray.free_path};
  std::optional<BodyCrossing> nearest;
  for (const Part& part : placed.body->parts) {
    const auto crossing = intersect(part.shape, local);
    if (!crossing || (nearest && crossing->range_m >= nearest->range_m)) continue;
    nearest = BodyCrossing{{crossing->range_m, rotation * crossing->normal}, part.surface, placed.actor};
  }
  return nearest;
}

// What a body hides of the horizon, widened by a margin.
struct Sight::Outline {
  Candidate candidate;
  int first = 0, last = kDirectionCount - 1;  // directions, may pass the ends of the circle
};

Sight::Outline Sight::outline(const Placed& placed, const Vector3d& eye, double margin_m) const {
  Vector3d middle = Vector3d::Zero();
  const auto points = corners(placed);
  for (const Vector3d& point : points) middle += (point - eye) / 8;
  const double heading = std::atan2(middle.y(), middle.x());
  double least = 1e9, most = -1e9, far_m = 0, radius_m = 0, bottom_m = 1e9, top_m = -1e9, near_angle = 0, far_angle = 0;
  for (const Vector3d& point : points) {
    const Vector3d p = point - eye;
    const double turn = math::angle_difference_rad(std::atan2(p.y(), p.x()), heading);
    near_angle = std::min(near_angle, turn), far_angle = std::max(far_angle, turn);
    const double ahead_m = p.x() * std::cos(heading) + p.y() * std::sin(heading);
    least = std::min(least, ahead_m), most = std::max(most, ahead_m);
    far_m = std::max(far_m, p.head<2>().norm());
    radius_m = std::max(radius_m, (p - middle).head<2>().norm());
    bottom_m = std::min(bottom_m, point.z()), top_m = std::max(top_m, point.z());
  }
  // The corners' least distance along the middle's direction bounds the body from below; so does the circle around it.
  const double near_m = std::max(least, middle.head<2>().norm() - radius_m) - margin_m;
  Outline found{{static_cast<float>(near_m), static_cast<float>(far_m + margin_m), static_cast<float>(bottom_m - 0.05),
                 static_cast<float>(top_m + 0.05), 0}};
  if (near_m <= margin_m || far_angle - near_angle > std::numbers::pi) {
    found.candidate.near_m = 0;
    return found;
  }
  const double widening = std::asin(std::min(1.0, margin_m / near_m));
  found.first = static_cast<int>(std::floor(direction_of(heading + near_angle - widening)));
  found.last = static_cast<int>(std::floor(direction_of(heading + far_angle + widening)));
  if (found.last - found.first >= kDirectionCount) found.first = 0, found.last = kDirectionCount - 1;
  return found;
}

void Sight::sort_into_directions(const std::vector<Outline>& outlines) {
  direction_.assign(kDirectionCount + 1, 0);
  for (const Outline& o : outlines) {
    for (int i = o.first; i <= o.last; ++i) ++direction_[wrapped(i) + 1];
  }
  for (std::size_t i = 0; i < kDirectionCount; ++i) direction_[i + 1] += direction_[i];
  candidates_.resize(direction_.back());
  std::vector<std::uint32_t> next(direction_.begin(), direction_.end() - 1);
  for (const Outline& o : outlines) {  // sorted by nearness, so each direction is
    for (int i = o.first; i <= o.last; ++i) candidates_[next[wrapped(i)]++] = o.candidate;
  }
}

Sight::Sight(std::vector<Placed> bodies, const Vector3d& eye, double drift_m, double drift_s, double max_range_m)
    : bodies_(std::move(bodies)) {
  std::vector<Outline> outlines;
  outlines.reserve(bodies_.size());
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    if (bodies_[i].body->parts.empty()) continue;
    const double margin_m = 0.05 + drift_m + drift_s * bodies_[i].velocity_mps.norm();
    Outline found = outline(bodies_[i], eye, margin_m);
    found.candidate.body = static_cast<std::uint32_t>(i);
    if (found.candidate.near_m <= max_range_m) outlines.push_back(found);
  }
  std::stable_sort(outlines.begin(), outlines.end(),
                   [](const Outline& a, const Outline& b) { return a.candidate.near_m < b.candidate.near_m; });
  sort_into_directions(outlines);
}

std::optional<BodyCrossing> Sight::first(const Ray& ray, double lead_s, double max_range_m) const {
  const double level = ray.direction.head<2>().norm();
  if (level < 1e-9) return std::nullopt;
  const double slope = ray.direction.z() / level;
  const auto direction = wrapped(static_cast<int>(direction_of(std::atan2(ray.direction.y(), ray.direction.x()))));
  std::optional<BodyCrossing> nearest;
  double limit_m = max_range_m * level;
  for (std::uint32_t i = direction_[direction]; i < direction_[direction + 1]; ++i) {
    const Candidate& candidate = candidates_[i];
    if (candidate.near_m > limit_m) break;
    const double near_z = ray.origin.z() + slope * candidate.near_m, far_z = ray.origin.z() + slope * candidate.far_m;
    if (std::max(near_z, far_z) < candidate.bottom_m || std::min(near_z, far_z) > candidate.top_m) continue;
    const auto crossing = intersect(bodies_[candidate.body], ray, lead_s);
    if (!crossing || crossing->range_m * level >= limit_m) continue;
    nearest = crossing, limit_m = crossing->range_m * level;
  }
  return nearest;
}

}  // namespace hangil::simulation
