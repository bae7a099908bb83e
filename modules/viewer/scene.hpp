// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "math/box2.hpp"
#include "math/pose_sample.hpp"
#include "messages/geometry.hpp"
#include "messages/mission.hpp"
#include "messages/objects.hpp"
#include "messages/obstacle_points.hpp"
#include "messages/point_cloud2.hpp"
#include "messages/predictions.hpp"
#include "messages/tracks.hpp"
#include "messages/trajectory.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::viewer {

struct ScenePoint {
  float x_m, y_m, height_m;
};

struct SceneTrack {
  std::uint32_t id = 0;
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  math::Box2 box;
  double vx_mps = 0, vy_mps = 0;
  std::vector<math::Point2> history;  // oldest first, ends at the box
  bool is_confirmed = false;
};

struct SceneFuture {
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  double probability = 0;
  std::vector<math::Point2> path;  // begins at the object
};

// Everything of one moment, seen from above in frame ego.
struct Scene {
  std::vector<ScenePoint> ground, obstacles;
  std::vector<math::Box2> truth, detections;
  std::vector<SceneTrack> tracks;
  std::vector<SceneFuture> futures;
  std::vector<math::Pose2> plan, stop_plan;
  std::vector<math::Point2> mission;
  bool is_rejected = false;
};

// The messages of one frame; null or empty where there is none.
struct SceneMessages {
  const messages::PointCloud2* points = nullptr;
  const messages::TransformStamped* T_ego_lidar = nullptr;  // needed for points
  const messages::ObstaclePoints* obstacles = nullptr;
  const messages::TruthObjects* truth = nullptr;
  const messages::Objects* detections = nullptr;
  std::vector<const messages::Tracks*> tracks;  // oldest first, the last being of this frame
  const messages::Predictions* predictions = nullptr;
  const messages::Trajectory* trajectory = nullptr;
  const messages::Mission* mission = nullptr;
  std::optional<math::PoseSample> T_map_ego;  // needed for what is in frame map
  bool is_rejected = false;
};

// What is in a frame that cannot be brought to ego, and every number that is not finite, is left out.
Scene make_scene(const SceneMessages& messages);

// x, y and z of a cloud's points in its own frame. Points that are not finite are left out; a layout without float32 x,
// y, z within point_step, or bytes that do not hold what the header says, gives none.
std::vector<std::array<float, 3>> cloud_points(const messages::PointCloud2& cloud);

}  // namespace hangil::viewer
