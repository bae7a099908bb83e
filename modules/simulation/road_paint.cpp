// SPDX-License-Identifier: Apache-2.0
#include "simulation/road_paint.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "map/road_lanes.hpp"
#include "map/road_pose.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;

constexpr double kMarkingWidthM = 0.12, kStopLineWidthM = 0.5, kStripeM = 0.5;
constexpr Colour kYellowPaint{226, 178, 40};

enum class Stroke { kNone, kSolid, kBroken };

// The lines of a marking from right to left along the road; the second is none in single ones.
std::array<Stroke, 2> strokes(std::string_view type) {
  const auto stroke = [](std::string_view word) {
    return word == "solid" ? Stroke::kSolid : word == "broken" ? Stroke::kBroken : Stroke::kNone;
  };
  const std::size_t gap = type.find(' ');
  if (gap == std::string_view::npos) return {stroke(type), Stroke::kNone};
  return {stroke(type.substr(gap + 1)), stroke(type.substr(0, gap))};
}

class Painter {
 public:
  explicit Painter(std::vector<GroundPatch>& patches) : patches_(patches) {}

  void add(const map::Road& road, const map::LaneSection& section, int place) {
    const map::Lane& lane = section.lanes[static_cast<std::size_t>(place)];
    for (std::size_t i = 0; i < lane.marks.size(); ++i) {
      const map::RoadMark& mark = lane.marks[i];
      const double from_m = section.s_m + std::max(0.0, mark.s_m);
      const double next_m = i + 1 < lane.marks.size() ? section.s_m + lane.marks[i + 1].s_m : section.end_s_m;
      add({road, section, place, mark.width_m > 0 ? mark.width_m : kMarkingWidthM,
           mark.color == "yellow" ? kYellowPaint : kPaint.colour},
          strokes(mark.type), from_m, std::min(next_m, section.end_s_m));
    }
  }

  void add(const map::StopLine& line) {
    const Vector3d from(line.from.x_m, line.from.y_m, line.from.z_m), to(line.to.x_m, line.to.y_m, line.to.z_m);
    const Vector3d across = Vector3d(from.y() - to.y(), to.x() - from.x(), 0).normalized() * kStopLineWidthM / 2;
    if (!across.allFinite()) return;
    patches_.add({{from - across, to - across, to + across, from + across}, kPaint.colour});
  }

  // Stripes along the lane that is crossed.
  void add(const map::Crosswalk& crosswalk, const map::LaneGraph& graph) {
    if (crosswalk.lanes.empty() || crosswalk.outline.size() < 3) return;
    const auto& line = graph.lanes[static_cast<std::size_t>(crosswalk.lanes.front().lane)].centre;
    const auto to = std::max<std::size_t>(1, nearest_of(line, crosswalk.outline.front()));
    const Vector3d along = Vector3d(line[to].x_m - line[to - 1].x_m, line[to].y_m - line[to - 1].y_m, 0).normalized();
    if (along.allFinite()) add_stripes(crosswalk.outline, along);
  }

 private:
  struct Line {
    const map::Road& road;
    const map::LaneSection& section;
    int place;
    double width_m;
    Colour colour;
  };

  static std::size_t nearest_of(const std::vector<map::Point3>& line, const map::Point3& p) {
    const auto distance = [&](const map::Point3& q) { return std::hypot(q.x_m - p.x_m, q.y_m - p.y_m); };
    const auto nearest = std::min_element(line.begin(), line.end(),
                                          [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
    return static_cast<std::size_t>(nearest - line.begin());
  }

  void add(const Line& line, std::array<Stroke, 2> both, double from_m, double to_m) {
    const bool is_double = both[1] != Stroke::kNone;
    for (std::size_t i = 0; i < 2; ++i) {
      const double offset_m = is_double ? (i == 0 ? -line.width_m : line.width_m) : 0;
      if (both[i] == Stroke::kSolid) add_strip(line, offset_m, from_m, to_m);
      if (both[i] == Stroke::kBroken) add_dashes(line, offset_m, from_m, to_m);
    }
  }

  void add_dashes(const Line& line, double offset_m, double from_m, double to_m) {
    const int lane_id = line.section.lanes[static_cast<std::size_t>(line.place)].id;
    const double limit_mps = map::speed_limit_mps(line.road, lane_id == 0 ? -1 : lane_id, from_m);
    const double dash_m = limit_mps > 28 ? 6 : 3;
    for (double s_m = std::floor(from_m / (3 * dash_m)) * 3 * dash_m; s_m < to_m; s_m += 3 * dash_m) {
      add_strip(line, offset_m, std::max(s_m, from_m), std::min(s_m + dash_m, to_m));
    }
  }

  // On the lane's outer edge; in the middle of the road for lane 0.
  void add_strip(const Line& line, double offset_m, double from_m, double to_m) {
    if (!(to_m - from_m > 0.05)) return;
    const bool is_left = line.section.lanes[static_cast<std::size_t>(line.place)].id > 0;
    const auto sides = [&](double s_m) {
      const map::LaneEdges edges = map::lane_edges(line.road, line.section, line.place, s_m);
      const double t_m = (is_left ? edges.left_t_m : edges.right_t_m) + offset_m;
      return std::array{t_m - line.width_m / 2, t_m + line.width_m / 2};
    };
    const auto places = stations(line.road, from_m, to_m, sides(from_m)[0], sides(from_m)[0]);
    for (std::size_t i = 1; i < places.size(); ++i) {
      patches_.add(road_face(line.road, places[i - 1], places[i], sides(places[i - 1]), sides(places[i]), line.colour));
    }
  }

  // The part of a convex outline that lies from `low` to `high` across the stripes, as its four extreme corners.
  void add_stripes(const std::vector<map::Point3>& outline, const Vector3d& along) {
    const Vector3d across(-along.y(), along.x(), 0);
    const Vector3d first(outline[0].x_m, outline[0].y_m, outline[0].z_m);
    double least_a = 0, most_a = 0, least_c = 0, most_c = 0;
    for (const map::Point3& corner : outline) {
      const Vector3d p = Vector3d(corner.x_m, corner.y_m, corner.z_m) - first;
      least_a = std::min(least_a, p.dot(along)), most_a = std::max(most_a, p.dot(along));
      least_c = std::min(least_c, p.dot(across)), most_c = std::max(most_c, p.dot(across));
    }
    for (double low = least_c; low + kStripeM / 2 < most_c; low += 2 * kStripeM) {
      const double high = std::min(low + kStripeM, most_c);
      patches_.add({{first + least_a * along + low * across, first + most_a * along + low * across,
                     first + most_a * along + high * across, first + least_a * along + high * across},
                    kPaint.colour});
    }
  }

  PatchMaker patches_;
};

}  // namespace

void add_road_paint(const map::Map& map, std::vector<GroundPatch>& patches) {
  Painter painter(patches);
  for (const map::Road& road : map.roads()) {
    for (const map::LaneSection& section : road.sections) {
      for (std::size_t lane = 0; lane < section.lanes.size(); ++lane)
        painter.add(road, section, static_cast<int>(lane));
    }
  }
  const map::LaneGraph graph = map::lane_graph(map);
  for (const map::StopLine& line : graph.stop_lines) painter.add(line);
  for (const map::Crosswalk& crosswalk : graph.crosswalks) painter.add(crosswalk, graph);
}

}  // namespace hangil::simulation
