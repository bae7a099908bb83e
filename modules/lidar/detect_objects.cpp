// SPDX-License-Identifier: Apache-2.0
#include "lidar/detect_objects.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "lidar/absorb.hpp"
#include "lidar/shape.hpp"

namespace hangil::lidar {

namespace {

using messages::Object;
using messages::ObjectClass;

constexpr float kLargest_m = 25;        // larger pieces are not looked at as a whole
constexpr float kPlainLikeness = 0.1f;  // of a piece of moderate size that looks like nothing
constexpr float kShoulder_m = 1.1f, kShouldersMatter_m = 2.4f;
constexpr float kFaceMargin_m = 0.25f;
constexpr float kCutMargin_ratio = 0.006f;

// One piece, of whatever degree, and what it looks like. Without a likeness or a top it was not looked at.
struct Piece {
  Segment sum;
  float top_m = 0;
  Judgement judgement;
  float value = 0;
};

struct Top {
  int bit = 0;
  bool is_overhung = false;
  float height_m() const { return static_cast<float>(bit + 1) * kProfileStep_m; }
};

// The highest occupied height that no more than 0.5 m of nothing part from what is below it.
Top find_top(std::uint32_t profile) {
  constexpr int kGapMost = 4;
  int top = std::countr_zero(profile);
  for (int k = top + 1; k < 32 && k - top <= kGapMost + 1; ++k) {
    if ((profile >> k & 1) != 0) top = k;
  }
  return {top, top < 31 && profile >> (top + 1) != 0};
}

// Walks the tree and leaves in `objects` the pieces that look most like something.
class Chooser {
 public:
  Chooser(const messages::ObstaclePoints& points, const ObjectConfig& config, ObjectState& state)
      : scan_(points),
        config_(config),
        tree_(state.tree),
        objects_(state.objects),
        points_least_(static_cast<std::uint32_t>(config.points_least)),
        view_top_ratio_(field_of_view_top_ratio(state.tree)) {}

  void choose(Range middles) {
    const Range segments{tree_.middle[middles.begin].begin, tree_.middle[middles.end - 1].end};
    coarse_size_ = segments.size();
    if (middles.size() == 1) {
      choose_middle(segments);
      return;
    }
    const std::size_t before = objects_.size();
    float sum = 0;
    for (std::uint32_t i = middles.begin; i < middles.end; ++i) {
      sum += choose_middle(tree_.middle[i]) * static_cast<float>(sum_segments(tree_, tree_.middle[i]).points.size());
    }
    keep_better(look(segments), sum, before);
  }

 private:
  // Returns the mean value over the points of what it has chosen.
  float choose_middle(Range segments) {
    const std::size_t before = objects_.size();
    float sum = 0;
    for (std::uint32_t i = segments.begin; i < segments.end; ++i) {
      const Piece part = look({i, i + 1});
      add(part);
      sum += part.value * static_cast<float>(part.sum.points.size());
      if (segments.size() == 1) return part.value;
    }
    return keep_better(look(segments), sum, before);
  }

  // The whole takes the place of its parts' objects, those after `before`, where it is worth at least their mean.
  float keep_better(const Piece& whole, float sum_over_points, std::size_t before) {
    const float parts = sum_over_points / static_cast<float>(whole.sum.points.size());
    if (whole.value < parts) return parts;
    objects_.resize(before);
    add(whole);
    return whole.value;
  }

  Piece look(Range segments) {
    Piece piece{.sum = sum_segments(tree_, segments)};
    const Range points = piece.sum.points;
    if (points.size() < points_least_) return piece;
    const float *x_m = tree_.x_m.data() + points.begin, *y_m = tree_.y_m.data() + points.begin;
    const Contour contour = merge_contours(segments, tree_);
    if (enclose(contour.x_m, contour.y_m, contour.count, 0).along_m() > kLargest_m) return piece;
    const Rectangle rectangle = enclose(x_m, y_m, points.size(), fit_yaw_rad(contour.x_m, contour.y_m, contour.count));
    const Shape shape = describe(segments, piece.sum, contour, rectangle);
    piece.top_m = shape.top_m;
    piece.judgement = judge(shape, scan_.sensor_x_m, scan_.sensor_y_m);
    const float moderate = std::clamp((8 - rectangle.along_m()) / 3, 0.0f, 1.0f);
    piece.value = std::max(piece.judgement.likeness, kPlainLikeness * moderate);
    return piece;
  }

  Shape describe(Range segments, const Segment& sum, const Contour& contour, const Rectangle& rectangle) const {
    const Range points = sum.points;
    const Top top = find_top(sum.profile);
    const messages::Box3 box = box_of(rectangle, 0, 1);
    const float dx_m = static_cast<float>(box.x_m) - scan_.sensor_x_m,
                dy_m = static_cast<float>(box.y_m) - scan_.sensor_y_m;
    const float turn_rad = rectangle.yaw_rad - std::atan2(dy_m, dx_m);
    const float rise_m = middle_of_ground_m(sum) + top.height_m() - scan_.sensor_z_m;
    const float count = static_cast<float>(points.size());
    Shape shape{.rectangle = rectangle, .top_m = top.height_m(), .point_count = count};
    shape.low_ratio = static_cast<float>(sum.low_count) / count;
    shape.face_ratio = share_near_faces_ratio(rectangle, contour.x_m, contour.y_m, contour.count, scan_.sensor_x_m,
                                              scan_.sensor_y_m, kFaceMargin_m);
    shape.obliqueness_rad = std::abs(std::remainder(turn_rad, std::numbers::pi_v<float>));
    if (rectangle.along_m() < kShouldersMatter_m) {
      shape.upper_along_m = upper_along_m(rectangle, tree_.x_m.data() + points.begin, tree_.y_m.data() + points.begin,
                                          tree_.height_m.data() + points.begin, points.size(), kShoulder_m);
    }
    shape.is_alone = segments.size() == coarse_size_;
    shape.is_overhung = top.is_overhung;
    const bool reaches_view_top = rise_m / std::hypot(dx_m, dy_m) > view_top_ratio_ - kCutMargin_ratio;
    shape.is_cut = reaches_view_top || (std::isinf(view_top_ratio_) && !shape.is_alone);
    return shape;
  }

  static float middle_of_ground_m(const Segment& sum) { return (sum.ground_least_m + sum.ground_most_m) / 2; }

  void add(const Piece& piece) {
    const Judgement& judgement = piece.judgement;
    if (piece.top_m <= 0) return;
    const bool is_known = judgement.likeness >= static_cast<float>(config_.known_likeness);
    const double length_most_m = config_.unknown_length_most_m;
    if (!is_known && judgement.rectangle.along_m() > static_cast<float>(length_most_m)) return;
    objects_.push_back({is_known ? judgement.object_class : ObjectClass::kUnknown,
                        is_known ? 0.95f * judgement.likeness : 0.1f + 0.4f * judgement.likeness,
                        box_of(judgement.rectangle, middle_of_ground_m(piece.sum), piece.top_m),
                        piece.sum.points.size()});
  }

  const messages::ObstaclePoints& scan_;
  const ObjectConfig& config_;
  SegmentTree& tree_;
  std::vector<Object>& objects_;
  std::uint32_t points_least_;
  float view_top_ratio_;
  std::uint32_t coarse_size_ = 0;  // segments of the coarse piece being walked
};

double squared_distance_m2(const messages::Box3& box) { return box.x_m * box.x_m + box.y_m * box.y_m; }

bool is_before(const Object& a, const Object& b) {
  const double da = squared_distance_m2(a.box), db = squared_distance_m2(b.box);
  if (da != db) return da < db;
  return a.box.x_m != b.box.x_m ? a.box.x_m < b.box.x_m : a.box.y_m < b.box.y_m;
}

}  // namespace

messages::Objects detect_objects(const messages::ObstaclePoints& points, const ObjectConfig& config,
                                 ObjectState& state) {
  const SegmentRule rule{static_cast<float>(config.tolerance_m), static_cast<float>(config.body_least_m),
                         static_cast<float>(config.body_most_m)};
  cut_segments(points, rule, state.tree);
  state.objects.clear();
  Chooser chooser(points, config, state);
  for (const Range middles : state.tree.coarse) chooser.choose(middles);
  absorb_parts(state.objects);
  std::sort(state.objects.begin(), state.objects.end(), is_before);
  return {.header = points.header, .objects = state.objects};
}

}  // namespace hangil::lidar
