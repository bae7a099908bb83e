// SPDX-License-Identifier: Apache-2.0
#include "simulation/road_mesh.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "map/road_pose.hpp"
#include "simulation/road_paint.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;
using map::LaneType;

constexpr double kPatchM = 40, kLongestM = 25.6, kShortestM = 0.8, kToleranceM = 0.01;
constexpr Colour kShoulder{104, 104, 106};

Vector3d point_of(const map::Road& road, double s_m, double t_m) {
  const map::RoadPose pose = map::road_pose(road, s_m, t_m);
  return {pose.x_m, pose.y_m, pose.z_m};
}

bool is_straight(const map::Road& road, double a_m, double b_m, double t_m) {
  const Vector3d middle = point_of(road, (a_m + b_m) / 2, t_m);
  return (middle - (point_of(road, a_m, t_m) + point_of(road, b_m, t_m)) / 2).norm() <= kToleranceM;
}

void add_stations(const map::Road& road, double a_m, double b_m, std::array<double, 2> t_m,
                  std::vector<double>& found) {
  const bool is_short =
      b_m - a_m <= kLongestM && is_straight(road, a_m, b_m, t_m[0]) && is_straight(road, a_m, b_m, t_m[1]);
  if (is_short || b_m - a_m <= kShortestM) {
    found.push_back(b_m);
    return;
  }
  const double middle_m = (a_m + b_m) / 2;
  add_stations(road, a_m, middle_m, t_m, found);
  add_stations(road, middle_m, b_m, t_m, found);
}

bool is_walk(LaneType type) {
  return type == LaneType::kSidewalk || type == LaneType::kWalking || type == LaneType::kCurb ||
         type == LaneType::kBorder;
}

bool is_asphalt(LaneType type) {
  return map::is_drivable(type) || type == LaneType::kParking || type == LaneType::kShoulder ||
         type == LaneType::kStop || type == LaneType::kBiking || type == LaneType::kCrosswalk ||
         type == LaneType::kRoadWorks || type == LaneType::kShared || type == LaneType::kTram;
}

class MeshMaker {
 public:
  explicit MeshMaker(RoadMesh& mesh) : walks_(mesh.walks), lanes_(mesh.lanes) {}

  void add(const map::Road& road, const map::LaneSection& section) {
    const map::LaneEdges right =
        map::lane_edges(road, section, static_cast<int>(section.lanes.size()) - 1, section.s_m);
    const map::LaneEdges left = map::lane_edges(road, section, 0, section.s_m);
    const auto places = stations(road, section.s_m, section.end_s_m, right.right_t_m, left.left_t_m);
    for (std::size_t i = 1; i < places.size(); ++i) {
      for (std::size_t lane = 0; lane < section.lanes.size(); ++lane) {
        add(road, section, static_cast<int>(lane), places[i - 1], places[i]);
      }
    }
  }

 private:
  void add(const map::Road& road, const map::LaneSection& section, int place, double from_m, double to_m) {
    const map::Lane& lane = section.lanes[static_cast<std::size_t>(place)];
    if (lane.id == 0 || (!is_walk(lane.type) && !is_asphalt(lane.type))) return;
    const map::LaneEdges from = map::lane_edges(road, section, place, from_m);
    const map::LaneEdges to = map::lane_edges(road, section, place, to_m);
    if (from.width_m() < 0.01 && to.width_m() < 0.01) return;
    const bool is_for_walking = is_walk(lane.type);
    const Colour colour = is_for_walking ? kPaving.colour : map::is_drivable(lane.type) ? kAsphalt.colour : kShoulder;
    (is_for_walking ? walks_ : lanes_)
        .add(road_face(road, from_m, to_m, {from.right_t_m, from.left_t_m}, {to.right_t_m, to.left_t_m}, colour));
  }

  PatchMaker walks_, lanes_;
};

}  // namespace

GroundPatch patch_of(std::vector<GroundFace> faces) {
  Vector3d least = faces.front().corners[0], most = least;
  for (const GroundFace& face : faces) {
    for (const Vector3d& corner : face.corners) least = least.cwiseMin(corner), most = most.cwiseMax(corner);
  }
  return {(least + most) / 2, (most - least).norm() / 2, std::move(faces)};
}

void PatchMaker::add(const GroundFace& face) {
  if (!faces_.empty() && (face.corners[0] - faces_.front().corners[0]).norm() > kPatchM) close();
  faces_.push_back(face);
}

void PatchMaker::close() {
  if (faces_.empty()) return;
  patches_.push_back(patch_of(std::exchange(faces_, {})));
}

std::vector<double> stations(const map::Road& road, double from_s_m, double to_s_m, double right_t_m, double left_t_m) {
  std::vector<double> found{from_s_m};
  if (to_s_m > from_s_m) add_stations(road, from_s_m, to_s_m, {right_t_m, left_t_m}, found);
  return found;
}

GroundFace road_face(const map::Road& road, double from_s_m, double to_s_m, std::array<double, 2> from_t_m,
                     std::array<double, 2> to_t_m, Colour colour) {
  return {{point_of(road, from_s_m, from_t_m[0]), point_of(road, to_s_m, to_t_m[0]), point_of(road, to_s_m, to_t_m[1]),
           point_of(road, from_s_m, from_t_m[1])},
          colour};
}

RoadMesh road_mesh(const map::Map& map) {
  RoadMesh mesh;
  {
    MeshMaker maker(mesh);
    for (const map::Road& road : map.roads()) {
      for (const map::LaneSection& section : road.sections) maker.add(road, section);
    }
  }
  add_road_paint(map, mesh.paint);
  return mesh;
}

}  // namespace hangil::simulation
