// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_camera.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/hot.hpp"
#include "math/isometry.hpp"
#include "simulation/faces.hpp"
#include "simulation/png.hpp"
#include "simulation/random.hpp"
#include "simulation/scenario_reading.hpp"
#include "simulation/truth_bodies.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Isometry3d;
using Eigen::Vector3d;

constexpr double kLandDriftM = 32, kLandHalfM = 192;  // the land around ego is made anew after so far
constexpr double kFarthestM = 1200, kRiseRange = 0.5;
// Ground covers ground that is nearer by less than this: as if it lay a fiftieth of the camera's height higher.
constexpr double kOverGround = 0.02, kOverBody = 0.002;
constexpr Colour kZenith{108, 148, 206}, kHorizon{206, 216, 226}, kShadow{44, 44, 48};
constexpr Colour kTailLamp{196, 24, 24}, kHeadLamp{246, 246, 236};
constexpr std::size_t kNoiseCount = 1 << 16;
const Vector3d kSun = Vector3d(0.42, 0.5, 0.757).normalized();

Colour blend(Colour a, Colour b, double share) {
  const auto mix = [&](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(std::lround(from + (to - from) * share));
  };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

// By the rise of a ray: land that fades into haze, haze that fades into the sky.
std::vector<Colour> backdrop(Colour land) {
  constexpr int kHalf = 512;
  std::vector<Colour> colours;
  for (int i = -kHalf; i < kHalf; ++i) {
    const double rise = (i + 0.5) / kHalf * kRiseRange;
    colours.push_back(rise < 0 ? blend(kHorizon, land, std::min(1.0, 0.5 - rise * 40))
                               : blend(kHorizon, kZenith, rise / kRiseRange));
  }
  return colours;
}

Colour lit(Colour colour, const Vector3d& normal_map) {
  const double light = 0.58 + 0.42 * std::max(0.0, normal_map.dot(kSun)) - (normal_map.z() < -0.5 ? 0.3 : 0);
  return blend({0, 0, 0}, colour, light);
}

bool is_motor_vehicle(messages::ObjectClass object_class) {
  using messages::ObjectClass;
  return object_class == ObjectClass::kCar || object_class == ObjectClass::kVan ||
         object_class == ObjectClass::kTruck || object_class == ObjectClass::kBus;
}

HANGIL_HOT void add_noise(const std::uint32_t* pixels, const std::int8_t* noise, int count, std::uint8_t* rgb) {
  for (int i = 0; i < count; ++i) {
    for (int channel = 0; channel < 3; ++channel) {
      const int value = static_cast<int>(pixels[i] >> (8 * channel) & 255) + noise[3 * i + channel];
      rgb[3 * i + channel] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
    }
  }
}

std::vector<std::int8_t> noise_table(double levels, int width_px) {
  std::vector<std::int8_t> table;
  for (std::uint32_t i = 0; table.size() < kNoiseCount + 3 * static_cast<std::size_t>(width_px); ++i) {
    const RandomBlock bits = draw(0, RandomStream::kCamera, 0, i);
    for (const double value : normals(bits[0], bits[1])) {
      table.push_back(static_cast<std::int8_t>(std::clamp(std::lround(levels * value), -127L, 127L)));
    }
  }
  return table;
}

}  // namespace

void ScenarioCameraConfig::visit(base::ConfigVisitor& visitor) {
  visitor.field("scenario_file", scenario_file, "OpenSCENARIO file (.xosc) whose road is driven on");
  visitor.field("parameters", parameters, "values instead of the declared ones: NAME=VALUE;NAME=VALUE");
  visitor.field("maps", maps, "folder of NAME.xodr files for scenarios that name a map");
  visitor.field("rig_file", rig_file, "sensors of the vehicle (configs/sensors)");
  visitor.field("camera", camera, "the rig's camera that this is");
  visitor.field("noise_levels", noise_levels, {0, 30}, "", "standard deviation of a colour's value, of 255");
}

ScenarioCamera::ScenarioCamera(fusion::CameraMount mount, std::shared_ptr<const map::Map> map, double noise_levels)
    : mount_(std::move(mount)),
      map_(std::move(map)),
      backdrop_(backdrop(map_ == nullptr ? kAsphalt.colour : kGrass.colour)),
      canvas_(mount_.optics),
      noise_(noise_table(noise_levels, canvas_.width())) {
  if (map_ == nullptr) return;
  roads_ = road_mesh(*map_);
  boards_ = signal_boards(*map_);
}

base::Result<ScenarioCamera> ScenarioCamera::load(const ScenarioCameraConfig& config) {
  const auto rig = fusion::load_sensor_rig(config.rig_file);
  if (!rig) return rig.error();
  const auto mount = std::find_if(rig->cameras.begin(), rig->cameras.end(),
                                  [&](const fusion::CameraMount& camera) { return camera.name == config.camera; });
  if (mount == rig->cameras.end()) {
    return base::Error{config.rig_file + ": no camera of the name '" + config.camera + "'"};
  }
  auto staged = read_staged(config.scenario_file, config.parameters, config.maps);
  if (!staged) return staged.error();
  return ScenarioCamera(*mount, std::move(staged->map), config.noise_levels);
}

bool ScenarioCamera::is_in_view(const Vector3d& middle_map_m, double radius_m) const {
  const Vector3d p = T_camera_map_ * middle_map_m;
  if (p.z() < -radius_m || p.z() > kFarthestM + radius_m) return false;
  const math::Pinhole& o = mount_.optics;
  const auto is_beside = [&](double across, double from_px, double to_px, double f_px) {
    const double low = (from_px) / f_px, high = (to_px) / f_px;  // as slopes
    return across - low * p.z() < -radius_m * std::hypot(1, low) ||
           across - high * p.z() > radius_m * std::hypot(1, high);
  };
  return !is_beside(p.x(), -o.cx_px, o.width_px - o.cx_px, o.fx_px) &&
         !is_beside(p.y(), -o.cy_px, o.height_px - o.cy_px, o.fy_px);
}

void ScenarioCamera::paint(const std::vector<GroundPatch>& patches, double over_ratio) {
  for (const GroundPatch& patch : patches) {
    if (!is_in_view(patch.middle, patch.radius_m)) continue;
    for (const GroundFace& face : patch.faces) {
      std::array<Vector3d, 4> corners;
      for (std::size_t i = 0; i < 4; ++i) corners[i] = T_camera_map_ * face.corners[i];
      canvas_.paint(corners, face.colour, over_ratio);
    }
  }
}

void ScenarioCamera::paint_ground(const math::PoseSample& ego) {
  if (map_ == nullptr) return;
  // On a grid, so that the same place has the same land whichever way ego came.
  if (!land_middle_ ||
      std::max(std::abs(ego.x_m - land_middle_->x_m), std::abs(ego.y_m - land_middle_->y_m)) > kLandDriftM) {
    land_middle_ = {std::round(ego.x_m / kLandDriftM) * kLandDriftM, std::round(ego.y_m / kLandDriftM) * kLandDriftM};
    land_ = land_mesh(*map_, *land_middle_, ego.z_m, kLandHalfM);
  }
  paint(land_, 0);
  paint(roads_.walks, kOverGround);
  paint(roads_.lanes, kOverGround);
  paint(roads_.paint, kOverGround);
}

// Where no sky is seen from below: under every object.
void ScenarioCamera::paint_shadows(const messages::TruthObjects& truth, const Isometry3d& T_map_ego) {
  for (const messages::TruthObject& object : truth.objects) {
    const messages::Box3& box = object.box;
    const Isometry3d T_ego_box = Eigen::Translation3d(box.x_m, box.y_m, box.z_m - box.height_m / 2) *
                                 Eigen::AngleAxisd(box.yaw_rad, Vector3d::UnitZ());
    const Isometry3d T = T_camera_map_ * T_map_ego * T_ego_box;
    const double x = box.length_m / 2 + 0.1, y = box.width_m / 2 + 0.1;
    const std::array<Vector3d, 4> corners{T * Vector3d(-x, -y, 0), T * Vector3d(x, -y, 0), T * Vector3d(x, y, 0),
                                          T * Vector3d(-x, y, 0)};
    canvas_.paint(corners, kShadow, kOverGround);
  }
}

void ScenarioCamera::paint(const Body& body, const Isometry3d& T_map_body) {
  const Isometry3d T_camera_body = T_camera_map_ * T_map_body;
  for (const Part& part : body.parts) {
    each_face(part.shape, [&](const Face& face) {
      std::array<Vector3d, 12> corners;
      for (std::size_t i = 0; i < face.corners.size(); ++i) corners[i] = T_camera_body * face.corners[i];
      if ((T_camera_body.linear() * face.normal).dot(corners[0]) >= 0) return;  // its back
      canvas_.paint(std::span(corners).first(face.corners.size()),
                    lit(part.surface.colour, T_map_body.linear() * face.normal));
    });
  }
}

// Lamps of vehicles, which their solids do not have: red behind, white ahead.
void ScenarioCamera::paint_trim(const messages::TruthObject& object, const Isometry3d& T_map_ego) {
  if (!is_motor_vehicle(object.object_class)) return;
  const messages::Box3& box = object.box;
  const Isometry3d T_ego_box =
      Eigen::Translation3d(box.x_m, box.y_m, box.z_m) * Eigen::AngleAxisd(box.yaw_rad, Vector3d::UnitZ());
  const Isometry3d T = T_camera_map_ * T_map_ego * T_ego_box;
  const double middle = std::min(0.0, 1 - box.height_m / 2), half = 0.08, outer = box.width_m / 2 - 0.06;
  const double low = middle - half, high = middle + half;
  for (const double end : {-1.0, 1.0}) {
    const double x = end * (box.length_m / 2 + 0.01);
    if ((T.linear() * Vector3d(end, 0, 0)).dot(T * Vector3d(x, 0, 0)) >= 0) continue;
    for (const double side : {-1.0, 1.0}) {
      const double y = side * outer, inner = side * (outer - 0.16 * box.width_m);
      const std::array<Vector3d, 4> lamp{T * Vector3d(x, y, low), T * Vector3d(x, inner, low),
                                         T * Vector3d(x, inner, high), T * Vector3d(x, y, high)};
      canvas_.paint(lamp, end < 0 ? kTailLamp : kHeadLamp, kOverBody);
    }
  }
}

void ScenarioCamera::paint_lamps(const messages::SignalStates* signals) {
  const Vector3d eye_m = T_camera_map_.inverse().translation();
  for (const Lamp& lamp : boards_.lamps) {
    if (!is_in_view(lamp.middle, lamp.up.norm())) continue;
    if (lamp.right.cross(lamp.up).dot(eye_m - lamp.middle) <= 0) continue;  // its back
    messages::LightState state = messages::LightState::kUnknown;
    for (std::size_t i = 0; signals != nullptr && i < signals->signals.size(); ++i) {
      if (signals->signals[i].id == lamp.signal) state = signals->signals[i].state;
    }
    std::array<Vector3d, 12> corners;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners.size());
      corners[i] = T_camera_map_ * (lamp.middle + std::cos(angle) * lamp.right + std::sin(angle) * lamp.up);
    }
    canvas_.paint(corners, lamp_colour(lamp.place, state), kOverBody);
  }
}

bool ScenarioCamera::look(const messages::TruthObjects& truth, const messages::SignalStates* signals,
                          const math::PoseSample& ego) {
  if (!math::is_sound(ego)) return false;
  const Isometry3d T_map_ego = math::isometry(ego);
  T_camera_map_ = (T_map_ego * mount_.T_ego_camera).inverse();
  canvas_.begin(T_camera_map_.linear().col(2), backdrop_, kRiseRange);
  paint_ground(ego);
  paint_shadows(truth, T_map_ego);
  const TruthBodies bodies(truth, ego);
  for (const Placed& placed : bodies.placed()) paint(*placed.body, placed.T_map_body);
  for (const messages::TruthObject& object : truth.objects) paint_trim(object, T_map_ego);
  for (const Fixture& board : boards_.bodies) {
    if (is_in_view(board.T_map_body.translation(), 6)) paint(board.body, board.T_map_body);
  }
  paint_lamps(signals);
  return true;
}

RgbPicture ScenarioCamera::picture(base::Time stamp, std::uint64_t seed) const {
  const int width = canvas_.width();
  RgbPicture picture{width, canvas_.height(), std::vector<std::uint8_t>(3 * canvas_.pixels().size())};
  for (int y = 0; y < canvas_.height(); ++y) {
    const std::uint32_t bits = draw(seed, RandomStream::kCamera, stamp.ns, static_cast<std::uint32_t>(y))[0];
    const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    add_noise(&canvas_.pixels()[row], &noise_[bits % kNoiseCount], width, &picture.rgb[3 * row]);
  }
  return picture;
}

messages::CompressedImage ScenarioCamera::image(base::Time stamp, std::uint64_t seed) const {
  const RgbPicture seen = picture(stamp, seed);
  return {{stamp, mount_.frame_id}, "png", plain_png(seen.rgb, seen.width_px, seen.height_px)};
}

}  // namespace hangil::simulation
