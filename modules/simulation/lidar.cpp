// SPDX-License-Identifier: Apache-2.0
#include "simulation/lidar.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

#include "math/isometry.hpp"
#include "simulation/random.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Isometry3d;
using Eigen::Vector3d;

// The sensor while it looks in one direction.
struct Column {
  Isometry3d T_map_lidar, T_stamp_lidar;
  double cos_azimuth = 1, sin_azimuth = 0, time_s = 0;
  std::uint32_t first_ray = 0;
};

struct Sweep {
  const GroundRaster& ground;
  const LidarSpec& spec;
  math::PoseSample ego;
  Sight sight;
  std::vector<Eigen::Vector2d> rings;  // cosine and sine of each elevation
  std::uint64_t seed;
};

Sweep prepare(const GroundRaster& ground, std::vector<Placed> bodies, const math::PoseSample& ego,
              const LidarSpec& spec, std::uint64_t seed) {
  const double half_s = spec.period.to_s() / 2;
  const Vector3d eye = (math::isometry(ego) * spec.T_ego_lidar).translation();
  const double speed_mps = Vector3d(ego.vx_mps, ego.vy_mps, ego.vz_mps).norm();
  Sight sight(std::move(bodies), eye, 0.1 + half_s * speed_mps, half_s, spec.most_range_m);
  std::vector<Eigen::Vector2d> rings;
  for (int ring = 0; ring < spec.ring_count; ++ring) {
    rings.emplace_back(std::cos(elevation_rad(spec, ring)), std::sin(elevation_rad(spec, ring)));
  }
  return {ground, spec, ego, std::move(sight), std::move(rings), seed};
}

Column column_at(const Sweep& sweep, int index) {
  const LidarSpec& spec = sweep.spec;
  const double turn = (index + 0.5) / spec.column_count;
  Column column;
  const double azimuth_rad = (turn - 0.5) * 2 * std::numbers::pi;
  column.cos_azimuth = std::cos(azimuth_rad), column.sin_azimuth = std::sin(azimuth_rad);
  column.time_s = (turn - 0.5) * spec.period.to_s();
  const math::PoseSample moved = math::moved_on(sweep.ego, base::Duration::seconds(column.time_s));
  column.T_map_lidar = math::isometry(moved) * spec.T_ego_lidar;
  column.T_stamp_lidar = Isometry3d::Identity();
  if (spec.is_motion_compensated) {
    column.T_stamp_lidar = (math::isometry(sweep.ego) * spec.T_ego_lidar).inverse() * column.T_map_lidar;
  }
  column.first_ray = static_cast<std::uint32_t>(index * spec.ring_count);
  return column;
}

struct Target {
  double range_m = 0, cosine = 0;  // of the angle of incidence
  Surface surface;
  int actor = -1;
};

std::optional<Target> first_target(const Sweep& sweep, const Ray& ray, double time_s) {
  const auto ground = sweep.ground.intersect(ray, sweep.spec.most_range_m);
  const double limit_m = ground ? ground->range_m : sweep.spec.most_range_m;
  if (const auto body = sweep.sight.first(ray, time_s, limit_m)) {
    return Target{body->range_m, -body->normal.dot(ray.direction), body->surface, body->actor};
  }
  if (!ground) return std::nullopt;
  return Target{ground->range_m, -ground->normal.dot(ray.direction), ground->surface, -1};
}

// The signal falls with the square of the range; the chance of an echo follows it through a soft threshold.
bool comes_back(const LidarSpec& spec, const Target& target, std::uint32_t bits) {
  const double signal =
      target.surface.reflectance_ratio * std::max(target.cosine, 0.0) / (target.range_m * target.range_m);
  const double ratio = spec.half_signal / std::max(signal, 1e-12);
  return uniform(bits) < (1 - spec.lost_ratio) * target.surface.return_ratio / (1 + ratio * ratio);
}

float rounded_m(double value_m) { return static_cast<float>(std::nearbyint(value_m * 512) / 512); }

float intensity(const LidarSpec& spec, const Target& target, double noise) {
  const double shading = 0.3 + 0.7 * std::max(target.cosine, 0.0);
  const double value = target.surface.reflectance_ratio * shading + spec.intensity_sigma * noise;
  return static_cast<float>(std::nearbyint(std::clamp(value, 0.0, 1.0) * 256) / 256);
}

std::optional<Echo> echo(const Sweep& sweep, const Column& column, int ring) {
  const Eigen::Vector2d& tilt = sweep.rings[static_cast<std::size_t>(ring)];
  const Vector3d direction(tilt.x() * column.cos_azimuth, tilt.x() * column.sin_azimuth, tilt.y());
  const RandomBlock bits =
      draw(sweep.seed, RandomStream::kLidar, sweep.ego.stamp.ns, column.first_ray + static_cast<std::uint32_t>(ring));
  const Ray ray{column.T_map_lidar.translation(), column.T_map_lidar.linear() * direction, -std::log(uniform(bits[3]))};
  const auto target = first_target(sweep, ray, column.time_s);
  if (!target || target->range_m < sweep.spec.least_range_m || target->range_m > sweep.spec.most_range_m ||
      !comes_back(sweep.spec, *target, bits[2])) {
    return std::nullopt;
  }
  const auto [range_noise, intensity_noise] = normals(bits[0], bits[1]);
  const double range_m = target->range_m + sweep.spec.range_sigma_m * range_noise;
  const Vector3d p = column.T_stamp_lidar * (range_m * direction);
  return Echo{rounded_m(p.x()),
              rounded_m(p.y()),
              rounded_m(p.z()),
              intensity(sweep.spec, *target, intensity_noise),
              static_cast<float>(column.time_s),
              static_cast<std::uint16_t>(ring),
              static_cast<std::int16_t>(target->actor)};
}

void append(base::Bytes& bytes, const void* value, std::size_t size) {
  const auto* first = static_cast<const std::uint8_t*>(value);
  bytes.insert(bytes.end(), first, first + size);
}

}  // namespace

double elevation_rad(const LidarSpec& spec, int ring) {
  const int half = spec.ring_count / 2;
  const double upper_deg = 2 - std::min(ring, half - 1) / 3.0;
  const double lower_deg = std::max(ring - half + 1, 0) / 2.0;
  return (upper_deg - lower_deg) * std::numbers::pi / 180;
}

std::vector<Echo> scan(const GroundRaster& ground, std::vector<Placed> bodies, const math::PoseSample& ego,
                       const LidarSpec& spec, std::uint64_t seed) {
  const Sweep sweep = prepare(ground, std::move(bodies), ego, spec, seed);
  std::vector<Echo> echoes;
  echoes.reserve(static_cast<std::size_t>(spec.column_count * spec.ring_count));
  for (int i = 0; i < spec.column_count; ++i) {
    const Column column = column_at(sweep, i);
    for (int ring = 0; ring < spec.ring_count; ++ring) {
      if (const auto found = echo(sweep, column, ring)) echoes.push_back(*found);
    }
  }
  return echoes;
}

std::vector<Echo> scan(const World& world, const Snapshot& snapshot, const LidarSpec& spec, std::uint64_t seed) {
  const math::PoseSample ego = pose_sample(world.ground, snapshot.ego, snapshot.time);
  return scan(world.ground.raster(), place_bodies(world, snapshot), ego, spec, seed);
}

messages::TFMessage static_transforms(const LidarSpec& spec, base::Time stamp) {
  const Eigen::Isometry3d& T = spec.T_ego_lidar;
  const Eigen::Quaterniond q(T.linear());
  messages::TransformStamped lidar;
  lidar.header = {stamp, "ego"};
  lidar.child_frame_id = "lidar_top";
  lidar.transform.translation = {T.translation().x(), T.translation().y(), T.translation().z()};
  lidar.transform.rotation = {q.x(), q.y(), q.z(), q.w()};
  return {{lidar}};
}

messages::PointCloud2 point_cloud(const std::vector<Echo>& echoes, base::Time stamp) {
  using messages::PointField;
  constexpr std::uint32_t kStep = 22;
  messages::PointCloud2 cloud;
  cloud.header = {stamp, "lidar_top"};
  cloud.height = 1, cloud.width = static_cast<std::uint32_t>(echoes.size());
  std::uint32_t offset = 0;
  for (const char* name : {"x", "y", "z", "intensity", "time"}) {
    cloud.point_fields.push_back({name, offset, PointField::kFloat32, 1});
    offset += 4;
  }
  cloud.point_fields.push_back({"ring", offset, PointField::kUint16, 1});
  cloud.point_step = kStep, cloud.row_step = kStep * cloud.width;
  cloud.data.reserve(cloud.row_step);
  for (const Echo& e : echoes) {
    for (const float* value : {&e.x_m, &e.y_m, &e.z_m, &e.intensity, &e.time_s}) append(cloud.data, value, 4);
    append(cloud.data, &e.ring, 2);
  }
  return cloud;
}

std::vector<std::uint32_t> echo_counts(const std::vector<Echo>& echoes, std::size_t actor_count) {
  std::vector<std::uint32_t> counts(actor_count, 0);
  for (const Echo& e : echoes) {
    if (e.actor >= 0) ++counts[static_cast<std::size_t>(e.actor)];
  }
  return counts;
}

}  // namespace hangil::simulation
