// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>
#include <zlib.h>

#include "map/open_drive.hpp"
#include "map/road_pose.hpp"
#include "map/suites.hpp"

namespace hangil::map {
namespace {

struct TracePoint {
  double x_m = 0, y_m = 0, z_m = 0, heading_rad = 0;
};

// The outer edge of a lane as a public player has it, about every 2 m.
struct LaneTrace {
  std::string road;
  int section = 0, lane_id = 0;
  std::vector<TracePoint> points;
};

std::vector<LaneTrace> read_traces(const std::string& path) {
  std::vector<LaneTrace> traces;
  gzFile file = gzopen(path.c_str(), "rb");
  char line[256], road[64];
  while (file != nullptr && gzgets(file, line, sizeof line) != nullptr) {
    LaneTrace trace;
    TracePoint point;
    if (std::sscanf(line, "lane, %63[^,], %d, %d", road, &trace.section, &trace.lane_id) == 3) {
      trace.road = road;
      traces.push_back(trace);
    } else if (std::sscanf(line, "%lf, %lf, %lf, %lf", &point.x_m, &point.y_m, &point.z_m, &point.heading_rad) == 4) {
      traces.back().points.push_back(point);
    }
  }
  if (file != nullptr) gzclose(file);
  return traces;
}

RoadPose outer_edge_at(const Road& road, const LaneSection& section, const LaneTrace& trace, double s) {
  const Lane* lane = find_lane(section, trace.lane_id);
  const LaneEdges edges = lane_edges(road, section, static_cast<int>(lane - section.lanes.data()), s);
  return road_pose(road, s, trace.lane_id > 0 ? edges.left_t_m - 1e-6 : edges.right_t_m + 1e-6);
}

double distance(const RoadPose& a, const TracePoint& b) {
  return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m, a.z_m - b.z_m);
}

// The least distance of the point from the edge, by golden section about the guess.
double distance_to_edge(const Road& road, const LaneSection& section, const LaneTrace& trace, const TracePoint& point,
                        double guess_s) {
  double low = std::max(section.s_m, guess_s - 3), high = std::min(section.end_s_m, guess_s + 3);
  for (int i = 0; i < 40; ++i) {
    const double a = high - 0.618 * (high - low), b = low + 0.618 * (high - low);
    const bool is_lower = distance(outer_edge_at(road, section, trace, a), point) <
                          distance(outer_edge_at(road, section, trace, b), point);
    (is_lower ? high : low) = is_lower ? b : a;
  }
  return distance(outer_edge_at(road, section, trace, (low + high) / 2), point);
}

struct Worst {
  double distance_m = 0;
  std::string where;
};

void compare(const Map& map, const LaneTrace& trace, Worst& worst) {
  const int index = map.road_index(trace.road);
  ASSERT_GE(index, 0) << "road " << trace.road;
  const Road& road = map.road(index);
  ASSERT_LT(trace.section, static_cast<int>(road.sections.size()));
  const LaneSection& section = road.sections[trace.section];
  ASSERT_NE(find_lane(section, trace.lane_id), nullptr);
  for (std::size_t i = 0; i < trace.points.size(); i += 3) {
    const double share = trace.points.size() < 2 ? 0 : double(i) / double(trace.points.size() - 1);
    const double s = section.s_m + share * (section.end_s_m - section.s_m);
    const double off = distance_to_edge(road, section, trace, trace.points[i], s);
    if (off > worst.distance_m) {
      worst = {off, "road " + trace.road + " lane " + std::to_string(trace.lane_id) + " s " + std::to_string(s)};
    }
  }
}

TEST(OpenDriveOracle, EveryLaneEdgeLiesWithinFiveCentimetresOfAPublicPlayers) {
  const std::string folder = tests::suites_dir() + "/oracle/odr_tracks";
  HANGIL_NEEDS_DATA(folder);
  int map_count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().stem().stem().string();
    const auto map = read_open_drive(tests::suite_file(name + ".xodr"));
    ASSERT_TRUE(map) << map.error().message;
    Worst worst;
    for (const LaneTrace& trace : read_traces(entry.path())) compare(*map, trace, worst);
    EXPECT_LT(worst.distance_m, 0.05) << name << ": " << worst.where;
    ++map_count;
  }
  EXPECT_EQ(map_count, 34);
}

}  // namespace
}  // namespace hangil::map
