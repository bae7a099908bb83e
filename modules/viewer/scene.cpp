// SPDX-License-Identifier: Apache-2.0
#include "viewer/scene.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <Eigen/Geometry>

namespace hangil::viewer {

namespace {

constexpr float kGroundTop_m = 0.25F;  // of clouds whose obstacles nobody told apart

// From a message's frame to ego: nothing when that is not known.
std::optional<math::Pose2> to_ego(const std::string& frame_id, const SceneMessages& messages) {
  if (frame_id == "ego") return math::Pose2{};
  if (frame_id != "map" || !messages.T_map_ego) return std::nullopt;
  return math::inverse(math::planar(*messages.T_map_ego));
}

math::Box2 footprint(const messages::Box3& box) { return {{box.x_m, box.y_m, box.yaw_rad}, box.length_m, box.width_m}; }

bool is_finite(const math::Box2& box) {
  return std::isfinite(box.pose.x_m + box.pose.y_m + box.pose.yaw_rad + box.length_m + box.width_m);
}

void add_box(const math::Box2& box, std::vector<math::Box2>& boxes) {
  if (is_finite(box)) boxes.push_back(box);
}

int offset_of(const messages::PointCloud2& cloud, std::string_view name) {
  for (const auto& field : cloud.point_fields) {
    const bool fits = field.datatype == messages::PointField::kFloat32 && field.offset + 4 <= cloud.point_step;
    if (field.name == name && fits) return static_cast<int>(field.offset);
  }
  return -1;
}

void add_cloud(const SceneMessages& messages, Scene& scene) {
  if (messages.points == nullptr || messages.T_ego_lidar == nullptr) return;
  const auto& [t, q] = messages.T_ego_lidar->transform;
  const Eigen::Matrix3f R = Eigen::Quaterniond(q.w, q.x, q.y, q.z).normalized().toRotationMatrix().cast<float>();
  const Eigen::Vector3f origin = Eigen::Vector3d(t.x, t.y, t.z).cast<float>();
  const bool has_obstacles = messages.obstacles != nullptr;
  for (const auto& point : cloud_points(*messages.points)) {
    const Eigen::Vector3f p = R * Eigen::Vector3f(point[0], point[1], point[2]) + origin;
    auto& into = has_obstacles || p.z() < kGroundTop_m ? scene.ground : scene.obstacles;
    into.push_back({p.x(), p.y(), p.z()});
  }
}

void add_obstacles(const messages::ObstaclePoints& cloud, Scene& scene) {
  const std::size_t count = std::min({cloud.x_m.size(), cloud.y_m.size(), cloud.height_m.size()});
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(cloud.x_m[i] + cloud.y_m[i] + cloud.height_m[i])) continue;
    scene.obstacles.push_back({cloud.x_m[i], cloud.y_m[i], cloud.height_m[i]});
  }
}

std::vector<math::Point2> history_of(std::uint32_t id, const SceneMessages& messages) {
  std::vector<math::Point2> path;
  for (const auto* message : messages.tracks) {
    const auto T_ego_frame = to_ego(message->header.frame_id, messages);
    for (const auto& track : message->tracks) {
      if (track.id == id && T_ego_frame) path.push_back(*T_ego_frame * math::Point2{track.box.x_m, track.box.y_m});
    }
  }
  return path;
}

void add_tracks(const SceneMessages& messages, Scene& scene) {
  if (messages.tracks.empty()) return;
  const auto& now = *messages.tracks.back();
  const auto T_ego_frame = to_ego(now.header.frame_id, messages);
  if (!T_ego_frame) return;
  const math::Pose2 turn{0, 0, T_ego_frame->yaw_rad};
  for (const auto& track : now.tracks) {
    math::Box2 box = footprint(track.box);
    box.pose = *T_ego_frame * box.pose;
    const math::Point2 velocity = turn * math::Point2{track.vx_mps, track.vy_mps};
    if (!is_finite(box)) continue;
    scene.tracks.push_back({track.id, track.object_class, box, velocity.x_m, velocity.y_m,
                            track.id == 0 ? std::vector<math::Point2>{} : history_of(track.id, messages),
                            track.is_confirmed});
  }
}

void add_futures(const SceneMessages& messages, Scene& scene) {
  if (messages.predictions == nullptr) return;
  const auto T_ego_frame = to_ego(messages.predictions->header.frame_id, messages);
  if (!T_ego_frame) return;
  for (const auto& object : messages.predictions->objects) {
    for (const auto& future : object.futures) {
      SceneFuture& path = scene.futures.emplace_back(SceneFuture{object.object_class, future.probability, {}});
      path.path.push_back(*T_ego_frame * math::Point2{object.box.x_m, object.box.y_m});
      for (const auto& state : future.states) path.path.push_back(*T_ego_frame * math::Point2{state.x_m, state.y_m});
    }
  }
}

void add_plan(const SceneMessages& messages, Scene& scene) {
  if (messages.trajectory == nullptr) return;
  const auto T_ego_frame = to_ego(messages.trajectory->header.frame_id, messages);
  if (!T_ego_frame) return;
  const auto add = [&](const auto& points, std::vector<math::Pose2>& into) {
    for (const auto& p : points) {
      const math::Pose2 pose = *T_ego_frame * math::Pose2{p.x_m, p.y_m, p.yaw_rad};
      if (std::isfinite(pose.x_m + pose.y_m + pose.yaw_rad)) into.push_back(pose);
    }
  };
  add(messages.trajectory->points, scene.plan);
  add(messages.trajectory->stop_points, scene.stop_plan);
}

void add_mission(const SceneMessages& messages, Scene& scene) {
  if (messages.mission == nullptr) return;
  const auto T_ego_frame = to_ego(messages.mission->header.frame_id, messages);
  if (!T_ego_frame) return;
  for (const auto& p : messages.mission->path) scene.mission.push_back(*T_ego_frame * math::Point2{p.x_m, p.y_m});
}

}  // namespace

std::vector<std::array<float, 3>> cloud_points(const messages::PointCloud2& cloud) {
  const std::array offsets = {offset_of(cloud, "x"), offset_of(cloud, "y"), offset_of(cloud, "z")};
  const bool is_readable = std::all_of(offsets.begin(), offsets.end(), [](int offset) { return offset >= 0; });
  if (!is_readable || cloud.is_bigendian || cloud.point_step == 0) return {};
  std::vector<std::array<float, 3>> points;
  const std::uint64_t count = std::min<std::uint64_t>(static_cast<std::uint64_t>(cloud.width) * cloud.height,
                                                      cloud.data.size() / cloud.point_step);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::array<float, 3> point{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      std::memcpy(&point[axis], &cloud.data[i * cloud.point_step + static_cast<std::size_t>(offsets[axis])], 4);
    }
    if (std::isfinite(point[0] + point[1] + point[2])) points.push_back(point);
  }
  return points;
}

Scene make_scene(const SceneMessages& messages) {
  Scene scene;
  scene.is_rejected = messages.is_rejected;
  add_cloud(messages, scene);
  if (messages.obstacles != nullptr) add_obstacles(*messages.obstacles, scene);
  if (messages.truth != nullptr) {
    for (const auto& object : messages.truth->objects) add_box(footprint(object.box), scene.truth);
  }
  if (messages.detections != nullptr) {
    for (const auto& object : messages.detections->objects) add_box(footprint(object.box), scene.detections);
  }
  add_tracks(messages, scene);
  add_futures(messages, scene);
  add_plan(messages, scene);
  add_mission(messages, scene);
  return scene;
}

}  // namespace hangil::viewer
