// SPDX-License-Identifier: Apache-2.0
#include "simulation/object_sensor.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "math/box2.hpp"
#include "simulation/random.hpp"

namespace hangil::simulation {

namespace {

constexpr int kRayCount = 50;
constexpr double kLeastSizeM = 0.1;
constexpr double kBeamRad = 0.006;      // between the columns and ...
constexpr double kBeamRowRad = 0.0073;  // ... rows of a 64-beam LiDAR, for the number of points

// An object as its sensor sees it: in the sensor's plane, with the angle it spans.
struct Outlook {
  math::Box2 box;
  double range_m = 0, top_m = 0, first_rad = 0, width_rad = 0;
};

Outlook sight_of(const messages::Box3& box, const ObjectSensorConfig& config) {
  Outlook sight{{{box.x_m - config.ahead_m, box.y_m, box.yaw_rad}, box.length_m, box.width_m}};
  const math::Pose2& middle = sight.box.pose;
  sight.range_m = std::hypot(middle.x_m, middle.y_m);
  sight.top_m = box.z_m + box.height_m / 2;
  const double direction = std::atan2(middle.y_m, middle.x_m);
  double least = 0, most = 0;
  for (const math::Point2 corner : math::corners(sight.box)) {
    const double off = math::wrap_angle_rad(std::atan2(corner.y_m, corner.x_m) - direction);
    least = std::min(least, off), most = std::max(most, off);
  }
  sight.first_rad = direction + least, sight.width_rad = most - least;
  return sight;
}

// Where a ray from the origin enters a box; infinite when it does not.
double entry_m(const math::Box2& box, double direction_rad) {
  const double turn = direction_rad - box.pose.yaw_rad, dx = std::cos(turn), dy = std::sin(turn);
  const math::Point2 from = math::inverse(box.pose) * math::Point2{0, 0};
  double enters = 0, leaves = std::numeric_limits<double>::infinity();
  const auto cut = [&](double at, double along, double half) {
    const double a = (-half - at) / along, b = (half - at) / along;  // infinite for rays along the side, as wanted
    enters = std::max(enters, std::min(a, b)), leaves = std::min(leaves, std::max(a, b));
  };
  cut(from.x_m, std::copysign(std::max(std::abs(dx), 1e-12), dx), box.length_m / 2);
  cut(from.y_m, std::copysign(std::max(std::abs(dy), 1e-12), dy), box.width_m / 2);
  return enters <= leaves ? enters : std::numeric_limits<double>::infinity();
}

// Whether the angles that two of them span may meet.
bool may_hide(const Outlook& target, const Outlook& other) {
  const double between = (target.first_rad + target.width_rad / 2) - (other.first_rad + other.width_rad / 2);
  return std::abs(math::wrap_angle_rad(between)) <= (target.width_rad + other.width_rad) / 2;
}

bool is_hidden(const Outlook& target, double direction_rad, const std::vector<const Outlook*>& all, double height_m) {
  const double target_m = entry_m(target.box, direction_rad);
  if (!std::isfinite(target_m)) return false;  // grazes a corner
  for (const Outlook* other : all) {
    const double other_m = entry_m(other->box, direction_rad);
    if (other_m >= target_m) continue;
    const double sight_line_m = height_m + (target.top_m - height_m) * other_m / std::max(target_m, 1e-3);
    if (other->top_m >= sight_line_m) return true;
  }
  return false;
}

double visible_ratio(const Outlook& target, const std::vector<Outlook>& all, double height_m) {
  std::vector<const Outlook*> others;
  for (const Outlook& other : all) {
    if (&other != &target && may_hide(target, other)) others.push_back(&other);
  }
  if (others.empty()) return 1;
  int seen = 0;
  for (int i = 0; i < kRayCount; ++i) {
    const double direction = target.first_rad + target.width_rad * (i + 0.5) / kRayCount;
    seen += is_hidden(target, direction, others, height_m) ? 0 : 1;
  }
  return static_cast<double>(seen) / kRayCount;
}

std::vector<Outlook> sights_of(const messages::TruthObjects& truth, const ObjectSensorConfig& config) {
  std::vector<Outlook> sights;
  for (const messages::TruthObject& object : truth.objects) sights.push_back(sight_of(object.box, config));
  return sights;
}

bool is_in_view(const Outlook& sight, const ObjectSensorConfig& config) {
  const double direction = std::atan2(sight.box.pose.y_m, sight.box.pose.x_m);
  return sight.range_m <= config.max_range_m && std::abs(direction) <= config.field_of_view_rad / 2;
}

std::uint32_t point_count(const Outlook& sight, double height_m, double visible_ratio) {
  const double rows = height_m / std::max(sight.range_m, 1.0) / kBeamRowRad;
  return static_cast<std::uint32_t>(std::max(1.0, visible_ratio * sight.width_rad / kBeamRad * rows));
}

messages::Object found(const messages::TruthObject& truth, const Outlook& sight, double visible_ratio,
                       const ObjectSensorConfig& config, const RandomBlock& a, const RandomBlock& b) {
  const auto [x, y] = normals(a[1], a[2]);
  const auto [yaw, length] = normals(b[0], b[1]);
  const auto [width, height] = normals(b[2], b[3]);
  messages::Object object;
  object.object_class = truth.object_class;
  object.existence_probability = static_cast<float>(0.6 + 0.39 * visible_ratio);
  object.box = truth.box;
  object.box.x_m += config.position_noise_m * x;
  object.box.y_m += config.position_noise_m * y;
  object.box.yaw_rad = math::wrap_angle_rad(object.box.yaw_rad + config.yaw_noise_rad * yaw);
  object.box.length_m = std::max(kLeastSizeM, object.box.length_m + config.size_noise_m * length);
  object.box.width_m = std::max(kLeastSizeM, object.box.width_m + config.size_noise_m * width);
  object.box.height_m = std::max(kLeastSizeM, object.box.height_m + config.size_noise_m * height);
  object.point_count = point_count(sight, object.box.height_m, visible_ratio);
  return object;
}

}  // namespace

std::vector<double> visible_ratios(const messages::TruthObjects& truth, const ObjectSensorConfig& config) {
  const std::vector<Outlook> sights = sights_of(truth, config);
  std::vector<double> ratios;
  for (const Outlook& sight : sights) ratios.push_back(visible_ratio(sight, sights, config.height_m));
  return ratios;
}

void tell_visibility(const std::vector<double>& ratios, const ObjectSensorConfig& config,
                     messages::TruthObjects& truth) {
  for (std::size_t i = 0; i < truth.objects.size(); ++i) {
    messages::TruthObject& object = truth.objects[i];
    const Outlook sight = sight_of(object.box, config);
    const bool is_seen = ratios[i] > 0 && is_in_view(sight, config);
    object.point_count = is_seen ? point_count(sight, object.box.height_m, ratios[i]) : 0;
    object.occlusion = ratios[i] > 0.8 ? 0 : ratios[i] > 0.4 ? 1 : 2;
  }
}

messages::Objects sense(const messages::TruthObjects& truth, const std::vector<double>& ratios,
                        const ObjectSensorConfig& config, std::uint64_t seed) {
  messages::Objects sensed;
  sensed.header = truth.header;
  for (std::size_t i = 0; i < truth.objects.size(); ++i) {
    const Outlook sight = sight_of(truth.objects[i].box, config);
    if (!is_in_view(sight, config) || ratios[i] < config.least_visible_ratio) continue;
    const auto index = 2 * static_cast<std::uint32_t>(truth.objects[i].id);
    const RandomBlock a = draw(seed, RandomStream::kObjectSensor, truth.header.stamp.ns, index);
    if (uniform(a[0]) < config.dropout_ratio) continue;
    const RandomBlock b = draw(seed, RandomStream::kObjectSensor, truth.header.stamp.ns, index + 1);
    sensed.objects.push_back(found(truth.objects[i], sight, ratios[i], config, a, b));
  }
  return sensed;
}

messages::Objects sense(const messages::TruthObjects& truth, const ObjectSensorConfig& config, std::uint64_t seed) {
  return sense(truth, visible_ratios(truth, config), config, seed);
}

}  // namespace hangil::simulation
