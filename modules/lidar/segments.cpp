// SPDX-License-Identifier: Apache-2.0
#include "lidar/segments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/hot.hpp"
#include "lidar/direction.hpp"
#include "lidar/gather.hpp"
#include "lidar/points.hpp"

namespace hangil::lidar {

namespace {

constexpr std::uint32_t kNoLabel = 0xffffffff;
constexpr float kUnseen = -1e9f;

struct Located {
  std::uint32_t* cells;
  std::uint16_t* directions;
  float* squared_distance_m2;
  float* steepness;
};

// Where each point lies in the grid and as seen from the sensor.
HANGIL_HOT void locate(const messages::ObstaclePoints& points, float tolerance_m, const Located& out) {
  const float cells_per_m = 4.0f / tolerance_m, half = kGridSide / 2;
  const float sensor_x_m = points.sensor_x_m, sensor_y_m = points.sensor_y_m, sensor_z_m = points.sensor_z_m;
  const float* __restrict x_m = points.x_m.data(), * __restrict y_m = points.y_m.data();
  const float* __restrict z_m = points.z_m.data();
  const std::size_t count = points.x_m.size();
  std::uint32_t* __restrict cells = out.cells;
  std::uint16_t* __restrict directions = out.directions;
  float* __restrict squared_distance_m2 = out.squared_distance_m2, * __restrict steepness = out.steepness;
  for (std::size_t i = 0; i < count; ++i) {
    const float column = x_m[i] * cells_per_m + half, row = y_m[i] * cells_per_m + half;
    const bool is_inside = (column >= 0) & (column < kGridSide) & (row >= 0) & (row < kGridSide);
    const auto c = static_cast<std::int32_t>(is_inside ? column : 0.0f);
    const auto r = static_cast<std::int32_t>(is_inside ? row : 0.0f);
    const float dx = is_inside ? x_m[i] - sensor_x_m : 1.0f, dy = is_inside ? y_m[i] - sensor_y_m : 0.0f;
    const float squared_m2 = dx * dx + dy * dy;
    cells[i] = is_inside ? static_cast<std::uint32_t>(r * kGridSide + c) : kNoCell;
    directions[i] = static_cast<std::uint16_t>(direction_index<kDirectionCount>(dx, dy));
    squared_distance_m2[i] = squared_m2;
    const float rise_m = z_m[i] - sensor_z_m;
    steepness[i] = rise_m * std::abs(rise_m) / squared_m2;
  }
}

void mark_bodies(const messages::ObstaclePoints& points, const SegmentRule& rule, SegmentTree& tree) {
  tree.grid.clear();
  for (std::size_t i = 0; i < points.x_m.size(); ++i) {
    const float height_m = points.height_m[i];
    const bool is_body = (height_m >= rule.body_least_m) & (height_m <= rule.body_most_m);
    tree.grid.set(is_body ? tree.cells[i] : kNoCell);
  }
  tree.grid.words[kGridWords] = 0;
}

void connect_all(SegmentTree& tree) {
  connect(tree.grid, tree.fine_parts);
  widen(tree.grid, 1, tree.wide);
  connect(tree.wide, tree.middle_parts);
  widen(tree.grid, 2, tree.wide);
  connect(tree.wide, tree.coarse_parts);
}

// The first cell of each component of the finest degree.
void find_first_cells(SegmentTree& tree) {
  const Components& parts = tree.fine_parts;
  grow(tree.first_cell, parts.count);
  std::uint32_t next = 0;
  for (std::uint32_t word = 0; word < kGridWords && next < parts.count; ++word) {
    if (tree.grid.words[word] == 0) continue;
    for (std::uint64_t starts = parts.run_starts[word]; starts != 0; starts &= starts - 1) {
      const std::uint32_t cell = 64 * word + static_cast<std::uint32_t>(std::countr_zero(starts));
      if (parts.label(cell) == next) tree.first_cell[next++] = cell;
    }
  }
}

constexpr int kLabelBits = 21;  // a grid of 2^20 cells has no more labels

// Sorts the finest components by coarse, then middle, then own label.
void order_segments(SegmentTree& tree) {
  const std::uint32_t count = tree.fine_parts.count;
  grow(tree.keys, count);
  grow(tree.position, count);
  for (std::uint32_t label = 0; label < count; ++label) {
    const std::uint32_t cell = tree.first_cell[label];
    const std::uint64_t coarse = tree.coarse_parts.label(cell), middle = tree.middle_parts.label(cell);
    tree.keys[label] = coarse << 2 * kLabelBits | middle << kLabelBits | label;
  }
  std::sort(tree.keys.begin(), tree.keys.begin() + count);
  for (std::uint32_t i = 0; i < count; ++i) tree.position[tree.keys[i] & ((1u << kLabelBits) - 1)] = i;
}

// Ranges of sorted segments with the same middle, and of these with the same coarse label.
void find_ranges(SegmentTree& tree) {
  tree.middle.clear();
  tree.coarse.clear();
  for (std::uint32_t i = 0; i < tree.fine_parts.count; ++i) {
    const std::uint64_t key = tree.keys[i], last = i > 0 ? tree.keys[i - 1] : ~key;
    const bool is_new_coarse = key >> 2 * kLabelBits != last >> 2 * kLabelBits;
    if (is_new_coarse || key >> kLabelBits != last >> kLabelBits) {
      const auto index = static_cast<std::uint32_t>(tree.middle.size());
      if (is_new_coarse) tree.coarse.push_back({index, index});
      tree.coarse.back().end = index + 1;
      tree.middle.push_back({i, i});
    }
    tree.middle.back().end = i + 1;
  }
}

// Labels every point in a body's cell with its segment and sums the segments up. What hangs over shows in the profile
// only.
void label_points(const messages::ObstaclePoints& points, float body_most_m, SegmentTree& tree) {
  tree.segments.assign(tree.fine_parts.count, {});
  tree.steepest.assign(kDirectionCount, kUnseen);
  for (std::size_t i = 0; i < points.x_m.size(); ++i) {
    const std::uint32_t cell = tree.cells[i];
    float& steepest = tree.steepest[tree.directions[i]];
    steepest = std::max(steepest, cell == kNoCell ? kUnseen : tree.steepness[i]);
    tree.labels[i] = kNoLabel;
    if (!tree.grid.has(cell)) continue;
    const std::uint32_t label = tree.position[tree.fine_parts.label(cell)];
    const float height_m = points.height_m[i], ground_m = points.z_m[i] - height_m;
    Segment& segment = tree.segments[label];
    segment.profile |= 1u << std::clamp(static_cast<int>(height_m * (1 / kProfileStep_m)), 0, 31);
    if (height_m > body_most_m) continue;
    tree.labels[i] = label;
    ++segment.points.end;
    segment.low_count += height_m < kLow_m ? 1 : 0;
    segment.ground_least_m = std::min(segment.ground_least_m, ground_m);
    segment.ground_most_m = std::max(segment.ground_most_m, ground_m);
  }
}

// Counting sort of the points by segment; leaves their indices in `sorted`.
void sort_points(const messages::ObstaclePoints& points, SegmentTree& tree) {
  std::uint32_t total = 0;
  for (Segment& segment : tree.segments) {
    const std::uint32_t count = segment.points.end;
    segment.points = {total, total};
    total += count;
  }
  for (std::uint32_t i = 0; i < points.x_m.size(); ++i) {
    if (tree.labels[i] != kNoLabel) tree.sorted[tree.segments[tree.labels[i]].points.end++] = i;
  }
  gather(points.x_m.data(), tree.sorted.data(), total, tree.x_m.data());
  gather(points.y_m.data(), tree.sorted.data(), total, tree.y_m.data());
  gather(points.height_m.data(), tree.sorted.data(), total, tree.height_m.data());
}

// Ties go to the smaller coordinates, so that the order of the points does not matter.
bool is_nearer(const Sight& a, const Sight& b) {
  if (a.key != b.key) return a.key < b.key;
  return a.x_m != b.x_m ? a.x_m < b.x_m : a.y_m < b.y_m;
}

void begin(Panorama& panorama) {
  panorama.touched.clear();
  ++panorama.epoch;
}

void see(const Sight& sight, Panorama& panorama) {
  Panorama::Entry& entry = panorama.entries[sight.direction];
  if (entry.epoch != panorama.epoch) {
    panorama.touched.push_back(sight.direction);
    entry = {panorama.epoch, sight};
  } else if (is_nearer(sight, entry.sight)) {
    entry.sight = sight;
  }
}

void find_contour(const messages::ObstaclePoints& points, Segment& segment, SegmentTree& tree) {
  constexpr float kContourMost_m = 1.3f, kHighPenalty_m2 = 1e6f;
  begin(tree.panorama);
  for (std::uint32_t k = segment.points.begin; k < segment.points.end; ++k) {
    const std::uint32_t i = tree.sorted[k];
    const float penalty_m2 = points.height_m[i] < kContourMost_m ? 0.0f : kHighPenalty_m2;
    see({tree.squared_distance_m2[i] + penalty_m2, points.x_m[i], points.y_m[i], tree.directions[i]}, tree.panorama);
  }
  std::sort(tree.panorama.touched.begin(), tree.panorama.touched.end());
  segment.contour.begin = static_cast<std::uint32_t>(tree.contour.size());
  for (const std::uint16_t direction : tree.panorama.touched) {
    const Sight& sight = tree.panorama.entries[direction].sight;
    tree.contour.push_back(sight);
    tree.contour_x_m.push_back(sight.x_m);
    tree.contour_y_m.push_back(sight.y_m);
  }
  segment.contour.end = static_cast<std::uint32_t>(tree.contour.size());
}

float ratio_of_steepness(float value) { return std::copysign(std::sqrt(std::abs(value)), value); }

void reserve(std::size_t count, SegmentTree& tree) {
  grow(tree.cells, count);
  grow(tree.labels, count);
  grow(tree.sorted, count);
  grow(tree.directions, count);
  grow(tree.squared_distance_m2, count);
  grow(tree.steepness, count);
  grow(tree.x_m, count);
  grow(tree.y_m, count);
  grow(tree.height_m, count);
  tree.panorama.entries.assign(kDirectionCount, {});
  tree.panorama.epoch = 0;
  tree.contour.clear();
  tree.contour_x_m.clear();
  tree.contour_y_m.clear();
}

}  // namespace

void cut_segments(const messages::ObstaclePoints& points, const SegmentRule& rule, SegmentTree& tree) {
  const std::size_t count = points.x_m.size();
  reserve(count, tree);
  locate(points, rule.tolerance_m,
         {tree.cells.data(), tree.directions.data(), tree.squared_distance_m2.data(), tree.steepness.data()});
  mark_bodies(points, rule, tree);
  connect_all(tree);
  find_first_cells(tree);
  order_segments(tree);
  find_ranges(tree);
  label_points(points, rule.body_most_m, tree);
  sort_points(points, tree);
  for (Segment& segment : tree.segments) find_contour(points, segment, tree);
}

Segment sum_segments(const SegmentTree& tree, Range segments) {
  Segment sum = tree.segments[segments.begin];
  for (std::uint32_t i = segments.begin + 1; i < segments.end; ++i) {
    const Segment& segment = tree.segments[i];
    sum.points.end = segment.points.end;
    sum.contour.end = segment.contour.end;
    sum.low_count += segment.low_count;
    sum.profile |= segment.profile;
    sum.ground_least_m = std::min(sum.ground_least_m, segment.ground_least_m);
    sum.ground_most_m = std::max(sum.ground_most_m, segment.ground_most_m);
  }
  return sum;
}

Contour merge_contours(Range segments, SegmentTree& tree) {
  const std::uint32_t first = tree.segments[segments.begin].contour.begin;
  const std::uint32_t last = tree.segments[segments.end - 1].contour.end;
  if (segments.size() == 1) return {tree.contour_x_m.data() + first, tree.contour_y_m.data() + first, last - first};
  begin(tree.panorama);
  for (std::uint32_t i = first; i < last; ++i) see(tree.contour[i], tree.panorama);
  std::sort(tree.panorama.touched.begin(), tree.panorama.touched.end());
  tree.merged_x_m.clear();
  tree.merged_y_m.clear();
  for (const std::uint16_t direction : tree.panorama.touched) {
    tree.merged_x_m.push_back(tree.panorama.entries[direction].sight.x_m);
    tree.merged_y_m.push_back(tree.panorama.entries[direction].sight.y_m);
  }
  return {tree.merged_x_m.data(), tree.merged_y_m.data(), tree.merged_x_m.size()};
}

float field_of_view_top_ratio(SegmentTree& tree) {
  constexpr float kAgreement_ratio = 0.02f;
  auto& values = tree.steepest;
  const auto seen = std::partition(values.begin(), values.end(), [](float value) { return value <= kUnseen; });
  const auto count = values.end() - seen;
  if (count < kDirectionCount / 4) return std::numeric_limits<float>::infinity();
  const auto median = seen + count / 2, upper = seen + count * 4 / 5;
  std::nth_element(seen, upper, values.end());
  std::nth_element(seen, median, upper);
  const float median_ratio = ratio_of_steepness(*median), upper_ratio = ratio_of_steepness(*upper);
  return upper_ratio - median_ratio < kAgreement_ratio ? median_ratio : std::numeric_limits<float>::infinity();
}

}  // namespace hangil::lidar
