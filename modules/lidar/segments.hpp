// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "lidar/bit_grid.hpp"
#include "messages/obstacle_points.hpp"

// What stands on the ground, cut into pieces in three degrees: two points belong together where a chain of points
// links them whose steps are at most a quarter, a half, or the whole of a tolerance along x and along y. Which degree
// is right depends on what the piece looks like (detect_objects.hpp).
namespace hangil::lidar {

// Heights above ground. Points of the body decide what is connected; overhanging leaves and kerbs do not.
struct SegmentRule {
  float tolerance_m = 0.5f;
  float body_least_m = 0.3f, body_most_m = 2.4f;
  float sensor_x_m = 0, sensor_y_m = 0;  // where the scan was seen from, ego frame
};

// Bit k of a height profile: points between k and k + 1 of these above ground.
inline constexpr float kProfileStep_m = 0.125f;
inline constexpr float kLow_m = 1.0f;

struct Range {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t size() const { return end - begin; }
};

// A piece of the finest degree.
struct Segment {
  Range points;   // into SegmentTree's points
  Range contour;  // into SegmentTree's contours
  std::uint32_t low_count = 0;                               // points below kLow_m
  std::uint32_t profile = 0;                                 // heights that occur
  float ground_least_m = 1e9f, ground_most_m = -1e9f;        // height of the ground beneath, ego frame
};

// Segments stand in an order in which every piece of a coarser degree is a range of them, and with it a range of points
// and of contour points. Buffers are reused from scan to scan.
struct SegmentTree {
  std::vector<Segment> segments;
  std::vector<Range> middle;        // pieces of the middle degree: ranges of segments
  std::vector<Range> coarse;        // of the coarsest: ranges of middle pieces
  std::vector<float> x_m, y_m, height_m;  // points, segment by segment
  std::vector<float> contour_x_m, contour_y_m;  // nearest to the sensor in each of 2048 directions, low points first

  BitGrid grid, wide;
  Components fine_parts, middle_parts, coarse_parts;
  std::vector<std::uint32_t> cells, labels, order, first_cell, position, sorted;
  std::vector<std::uint64_t> keys;
  std::vector<float> squared_distance_m2;
  std::vector<std::uint16_t> directions;
  struct Sight {
    float key = 0, x_m = 0, y_m = 0;  // key: squared distance, more for high points
    std::uint16_t direction = 0;
  };
  std::vector<Sight> contour;  // as contour_x_m, contour_y_m
  struct Nearest {
    std::uint32_t epoch = 0;
    Sight sight;
  };
  std::vector<Nearest> nearest;  // by direction
  std::uint32_t epoch = 0;
  std::vector<std::uint16_t> touched;
  std::vector<float> merged_x_m, merged_y_m;
};

// The contour of several segments together: what one hides of another is not part of it. Valid until the next call.
struct Contour {
  const float *x_m, *y_m;
  std::size_t count;
};
Contour merge_contours(Range segments, SegmentTree& tree);

// Does not depend on the order of the points. Points outside +-kGridSide / 8 tolerances are left out.
void cut_segments(const messages::ObstaclePoints& points, const SegmentRule& rule, SegmentTree& tree);

}  // namespace hangil::lidar
