// SPDX-License-Identifier: Apache-2.0
#include "fusion/sensor_rig.hpp"

#include <cmath>
#include <cstdio>
#include <numbers>
#include <set>

#include "base/config.hpp"
#include "fusion/rotation_angles.hpp"

namespace hangil::fusion {

namespace {

constexpr double kMostPixels = 32768;
constexpr double kFarthest_m = 50;  // from ego: a lorry and its trailer

// What all sensors have; angles of a body that looks along its x, y to the left.
struct MountEntry {
  std::string name, frame;
  std::vector<double> position_m, rotation_deg;
  double time_offset_ms = 0;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("name", name, "of the sensor, as in its channels");
    visitor.field("frame", frame, "frame_id of its messages");
    visitor.field("position_m", position_m, {-kFarthest_m, kFarthest_m}, "m", "x, y, z in ego");
    visitor.field("rotation_deg", rotation_deg, {-360, 360}, "deg",
                  "roll, pitch, yaw in ego (turns about x, then y, then z); all 0: looks ahead, upright");
    visitor.field("time_offset_ms", time_offset_ms, {-1000, 1000}, "ms",
                  "added to its stamps to get the moment of measurement");
  }
};

struct CameraEntry : MountEntry {
  math::Pinhole optics;

  void visit(base::ConfigVisitor& visitor) {
    MountEntry::visit(visitor);
    visitor.field("width_px", optics.width_px, {1, kMostPixels}, "px", "of the rectified picture");
    visitor.field("height_px", optics.height_px, {1, kMostPixels}, "px", "of the rectified picture");
    visitor.field("fx_px", optics.fx_px, {1, 1e6}, "px", "focal length, horizontal");
    visitor.field("fy_px", optics.fy_px, {1, 1e6}, "px", "focal length, vertical");
    visitor.field("cx_px", optics.cx_px, {-kMostPixels, 2 * kMostPixels}, "px", "principal point from the left edge");
    visitor.field("cy_px", optics.cy_px, {-kMostPixels, 2 * kMostPixels}, "px", "principal point from the top edge");
  }
};

using Problems = std::vector<base::ConfigProblem>;

void require(const base::YamlNode& node, std::initializer_list<const char*> keys, Problems& problems) {
  for (const char* key : keys) {
    if (node.find(key) == nullptr) problems.push_back({node.place, std::string("'") + key + "' is missing"});
  }
}

void require_three(const base::YamlNode& node, const char* key, const std::vector<double>& values, Problems& problems) {
  const base::YamlNode* given = node.find(key);
  if (given == nullptr || values.size() == 3) return;
  problems.push_back({given->place, std::string("'") + key + "' needs three numbers"});
}

template <class Entry>
Entry read_entry(const base::YamlNode& node, Problems& problems) {
  const std::size_t before = problems.size();
  Entry entry = base::read_config<Entry>(&node, problems);
  require(node, {"name", "frame", "position_m", "rotation_deg"}, problems);
  if (problems.size() > before) return entry;
  require_three(node, "position_m", entry.position_m, problems);
  require_three(node, "rotation_deg", entry.rotation_deg, problems);
  return entry;
}

Eigen::Isometry3d T_ego_body(const MountEntry& entry) {
  if (entry.position_m.size() != 3 || entry.rotation_deg.size() != 3) return Eigen::Isometry3d::Identity();
  constexpr double kDegree_rad = std::numbers::pi / 180;
  const std::vector<double>& deg = entry.rotation_deg;
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() = rotation_of({deg[0] * kDegree_rad, deg[1] * kDegree_rad, deg[2] * kDegree_rad});
  T.translation() << entry.position_m[0], entry.position_m[1], entry.position_m[2];
  return T;
}

CameraMount read_camera(const base::YamlNode& node, Problems& problems) {
  require(node, {"width_px", "height_px", "fx_px", "fy_px", "cx_px", "cy_px"}, problems);
  const auto entry = read_entry<CameraEntry>(node, problems);
  return {entry.name, entry.frame, entry.optics, T_ego_body(entry) * T_body_optical(),
          base::Duration::milliseconds(entry.time_offset_ms)};
}

LidarMount read_lidar(const base::YamlNode& node, Problems& problems) {
  const auto entry = read_entry<MountEntry>(node, problems);
  return {entry.name, entry.frame, T_ego_body(entry), base::Duration::milliseconds(entry.time_offset_ms)};
}

template <class Mount, class Read>
std::vector<Mount> read_mounts(const base::YamlNode& root, const char* key, Read read, Problems& problems) {
  std::vector<Mount> mounts;
  const base::YamlNode* list = root.find(key);
  if (list == nullptr) return mounts;
  if (!list->is_sequence()) {
    problems.push_back({list->place, std::string("'") + key + "' needs a list of sensors"});
    return mounts;
  }
  std::set<std::string> names;
  for (const base::YamlNode& item : list->items) {
    if (!item.is_map()) {
      problems.push_back({item.place, std::string("a sensor of '") + key + "' needs name, frame and so on"});
      continue;
    }
    mounts.push_back(read(item, problems));
    if (!names.insert(mounts.back().name).second) {
      problems.push_back({item.place, "there are two sensors of the name '" + mounts.back().name + "'"});
    }
  }
  return mounts;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value == 0 ? 0.0 : value);
  return text;
}

std::string fixed(double value, int digits) {
  char text[32];
  if (std::abs(value) < 0.5 * std::pow(10, -digits)) value = 0;  // no minus before it
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string mount_text(const std::string& name, const std::string& frame, const Eigen::Isometry3d& T_ego_body,
                       base::Duration offset) {
  constexpr double kDegrees = 180 / std::numbers::pi;
  const RotationAngles angles = angles_of(T_ego_body.linear());
  const Eigen::Vector3d p = T_ego_body.translation();
  return "  - name: " + name + "\n    frame: " + frame + "\n    position_m: [" + fixed(p.x(), 4) + ", " +
         fixed(p.y(), 4) + ", " + fixed(p.z(), 4) + "]\n    rotation_deg: [" + fixed(angles.roll_rad * kDegrees, 4) +
         ", " + fixed(angles.pitch_rad * kDegrees, 4) + ", " + fixed(angles.yaw_rad * kDegrees, 4) +
         "]\n    time_offset_ms: " + number(offset.to_ms()) + "\n";
}

std::string all_of(const Problems& problems) {
  std::string text;
  for (const base::ConfigProblem& problem : problems) text += (text.empty() ? "" : "\n") + problem.text();
  return text;
}

}  // namespace

base::Result<SensorRig> parse_sensor_rig(const base::YamlNode& root) {
  Problems problems;
  if (!root.is_map()) return base::Error{root.place.text() + ": a sensor rig needs 'rig', 'cameras' and 'lidars'"};
  for (const base::YamlMember& member : root.members) {
    if (member.key == "rig" || member.key == "cameras" || member.key == "lidars") continue;
    const std::string near = base::nearest_word(member.key, {"rig", "cameras", "lidars"});
    problems.push_back({member.value.place, "unknown key '" + member.key + "'" +
                                                (near.empty() ? "" : ", perhaps '" + near + "' is meant")});
  }
  require(root, {"rig"}, problems);
  SensorRig rig;
  if (const base::YamlNode* name = root.find("rig")) rig.name = name->scalar;
  rig.cameras = read_mounts<CameraMount>(root, "cameras", read_camera, problems);
  rig.lidars = read_mounts<LidarMount>(root, "lidars", read_lidar, problems);
  if (!problems.empty()) return base::Error{all_of(problems)};
  return rig;
}

base::Result<SensorRig> load_sensor_rig(const std::string& path) {
  const auto root = base::load_yaml(path);
  if (!root) return root.error();
  return parse_sensor_rig(*root);
}

std::string sensor_rig_text(const SensorRig& rig) {
  std::string text = "rig: " + rig.name + "\n";
  if (!rig.cameras.empty()) text += "cameras:\n";
  for (const CameraMount& camera : rig.cameras) {
    const Eigen::Isometry3d T_ego_body = camera.T_ego_camera * T_body_optical().inverse();
    text += mount_text(camera.name, camera.frame_id, T_ego_body, camera.time_offset);
    const math::Pinhole& o = camera.optics;
    for (const auto& [key, value] : {std::pair{"width_px", o.width_px},
                                     {"height_px", o.height_px},
                                     {"fx_px", o.fx_px},
                                     {"fy_px", o.fy_px},
                                     {"cx_px", o.cx_px},
                                     {"cy_px", o.cy_px}}) {
      text += std::string("    ") + key + ": " + number(value) + "\n";
    }
  }
  if (!rig.lidars.empty()) text += "lidars:\n";
  for (const LidarMount& lidar : rig.lidars) {
    text += mount_text(lidar.name, lidar.frame_id, lidar.T_ego_lidar, lidar.time_offset);
  }
  return text;
}

}  // namespace hangil::fusion
