// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "lidar/bit_grid.hpp"
#include "messages/obstacle_points.hpp"

// What stands on the ground, cut into pieces in three degrees: two points belong together where a chain of points
// links them whose steps are at most a quarter, a half, or the whole of a tolerance along x and along y (counted in
// cells of a quarter). Which degree is right depends on what the piece looks like (detect_objects.hpp).
namespace hangil::lidar {

// Points of the body decide what is connected; overhanging leaves and kerbs do not.
struct SegmentRule {
  float tolerance_m = 0.5f;
  float body_least_m = 0.3f, body_most_m = 2.4f;  // above ground
};

inline constexpr float kLow_m = 1.0f;
inline constexpr float kProfileStep_m = 0.125f;
inline constexpr int kDirectionCount = 2048;  // around the sensor

struct Range {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t size() const { return end - begin; }
};

// One piece: ranges into SegmentTree's arrays, and sums that do not depend on the order of the points.
struct Segment {
  Range points, contour;
  std::uint32_t low_count = 0;                         // points below kLow_m
  std::uint32_t profile = 0;                           // bit k: points between k and k + 1 kProfileStep_m above ground
  float ground_least_m = 1e9f, ground_most_m = -1e9f;  // height of the ground beneath, ego frame
};

// The nearest point in one direction; low points come before high ones.
struct Sight {
  float key = 0;  // squared distance, plus a constant for high points
  float x_m = 0, y_m = 0;
  std::uint16_t direction = 0;
};

// Keeps the nearest sight of each direction; cheap to begin anew.
struct Panorama {
  struct Entry {
    std::uint32_t epoch = 0;
    Sight sight;
  };
  std::vector<Entry> entries;  // by direction
  std::vector<std::uint16_t> touched;
  std::uint32_t epoch = 0;
};

// Segments stand in an order in which every piece of a coarser degree is a range of them, and with it a range of points
// and of contour points. Buffers are reused from scan to scan.
struct SegmentTree {
  std::vector<Segment> segments;                // pieces of the finest degree
  std::vector<Range> middle;                    // of the middle degree: ranges of segments
  std::vector<Range> coarse;                    // of the coarsest: ranges of middle pieces
  std::vector<float> x_m, y_m, height_m;        // points, segment by segment
  std::vector<Sight> contour;                   // segment by segment, by direction
  std::vector<float> contour_x_m, contour_y_m;  // the same as arrays
  std::vector<float> steepest;                  // by direction: the greatest steepness, or -1e9

  BitGrid grid, wide;
  Components fine_parts, middle_parts, coarse_parts;
  std::vector<std::uint32_t> cells, labels, sorted, first_cell, position;
  std::vector<std::uint64_t> keys;
  std::vector<float> squared_distance_m2;
  std::vector<float> steepness;  // rise over distance, squared with its sign
  std::vector<std::uint16_t> directions;
  Panorama panorama;
  std::vector<float> merged_x_m, merged_y_m;
};

// Does not depend on the order of the points. Points outside +-128 tolerances (64 m by default) are left out.
void cut_segments(const messages::ObstaclePoints& points, const SegmentRule& rule, SegmentTree& tree);

// Several neighbouring segments as one piece.
Segment sum_segments(const SegmentTree& tree, Range segments);

// Contour points of several segments together, without what one hides of another. Valid until the next call.
struct Contour {
  const float *x_m, *y_m;
  std::size_t count;
};
Contour merge_contours(Range segments, SegmentTree& tree);

// Rise over distance beyond which the sensor sees nothing: where half of all directions end, provided that a quarter of
// the circle sees anything and that the upper of them agree; else infinity, for then nobody knows.
float field_of_view_top_ratio(SegmentTree& tree);

}  // namespace hangil::lidar
