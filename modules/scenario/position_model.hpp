// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/yaml.hpp"
#include "scenario/entity_index.hpp"

namespace hangil::scenario {

struct Trajectory;
struct Route;

struct Orientation {
  double h_rad = 0, p_rad = 0, r_rad = 0;
  bool is_relative = false;
};

struct WorldPosition {
  double x_m = 0, y_m = 0;
  std::optional<double> z_m;
  double h_rad = 0, p_rad = 0, r_rad = 0;
};
// Offsets along the world's axes from an entity.
struct RelativeWorldPosition {
  EntityIndex entity = 0;
  double dx_m = 0, dy_m = 0, dz_m = 0;
};
// Offsets in the entity's own frame.
struct RelativeObjectPosition {
  EntityIndex entity = 0;
  double dx_m = 0, dy_m = 0, dz_m = 0;
};
struct RoadPosition {
  std::string road;
  double s_m = 0, t_m = 0;
};
struct RelativeRoadPosition {
  EntityIndex entity = 0;
  double ds_m = 0, dt_m = 0;
};
struct LanePosition {
  std::string road;
  int lane = 0;
  double s_m = 0, offset_m = 0;
};
struct RelativeLanePosition {
  EntityIndex entity = 0;
  int lane_delta = 0;
  double ds_m = 0, offset_m = 0;
  bool is_along_lane = false;  // dsLane: along the lane's centre instead of the reference line
};
// Along a route, `path_s_m` from its first waypoint.
struct RoutePosition {
  std::shared_ptr<const Route> route;
  double path_s_m = 0;
  std::optional<int> lane;  // else by t
  double t_m = 0, lane_offset_m = 0;
  std::optional<EntityIndex> of_entity;  // FromCurrentEntity
};
struct TrajectoryPosition {
  std::shared_ptr<const Trajectory> trajectory;
  double s_m = 0, t_m = 0;
};

// Needs a map that says by which projection it lies on the earth.
struct GeoPosition {
  double latitude_rad = 0, longitude_rad = 0;
  std::optional<double> altitude_m;
};

struct Position {
  std::variant<WorldPosition, RelativeWorldPosition, RelativeObjectPosition, RoadPosition, RelativeRoadPosition,
               LanePosition, RelativeLanePosition, RoutePosition, TrajectoryPosition, GeoPosition>
      where;
  std::optional<Orientation> orientation;
  base::SourcePlace place;
};

struct TrajectoryVertex {
  Position position;
  std::optional<double> time_s;
};
struct Polyline {
  std::vector<TrajectoryVertex> vertices;
};
// Curvatures are positive to the left; a segment without a start goes on where the one before it ended.
struct ClothoidSegment {
  std::optional<Position> start;
  double start_curvature_radpm = 0, end_curvature_radpm = 0, length_m = 0, heading_offset_rad = 0;
  std::optional<double> start_time_s;
};
struct ClothoidSpline {
  std::vector<ClothoidSegment> segments;
  std::optional<double> end_time_s;
};
struct NurbsControlPoint {
  Position position;
  double weight = 1;
  std::optional<double> time_s;
};
struct Nurbs {
  int order = 4;
  std::vector<NurbsControlPoint> points;
  std::vector<double> knots;
};

struct Trajectory {
  std::string name;
  bool is_closed = false;
  std::variant<Polyline, ClothoidSpline, Nurbs> shape;
  base::SourcePlace place;
};

// Whether it says when to be where: at its ends at least, or at every segment of a spline.
bool has_times(const Trajectory& trajectory);

struct Waypoint {
  Position position;
  std::string strategy;
};
struct Route {
  std::string name;
  bool is_closed = false;
  std::vector<Waypoint> waypoints;
  base::SourcePlace place;
};

}  // namespace hangil::scenario
