// SPDX-License-Identifier: Apache-2.0
#include "lidar/detect_objects.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#ifdef LXDEBUG
#include <cstdio>
#include <cstdlib>
#endif

namespace hangil::lidar {

namespace {

using messages::Object;
using messages::ObjectClass;

constexpr float kLargest_m = 25;           // larger pieces are not looked at as a whole
constexpr float kUnknownLikeness = 0.1f;   // of a piece of plain size that looks like nothing

// Everything one piece, of whatever degree, is judged by.
struct Piece {
  Segment sum;  // ranges and sums over its segments
  float top_m = 0;
  Judgement judgement;
  float value = 0;
};

// Highest occupied height that at most 0.5 m of nothing separate from what is below it.
float top_of_profile_m(std::uint32_t profile) {
  constexpr int kGapMost = 4;
  int top = std::countr_zero(profile);
  for (int k = top + 1; k < 32 && k - top <= kGapMost + 1; ++k) {
    if ((profile >> k & 1) != 0) top = k;
  }
  return static_cast<float>(top + 1) * kProfileStep_m;
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

class Chooser {
 public:
  Chooser(const ObjectConfig& config, ObjectState& state)
      : config_(config), tree_(state.tree), objects_(state.objects),
        sensor_x_m_(static_cast<float>(config.sensor_x_m)), sensor_y_m_(static_cast<float>(config.sensor_y_m)) {}

  // Leaves in objects_ the best cut through the part of the tree under a piece; returns the mean likeness of that cut.
  float choose_coarse(Range middles) {
    coarse_size_ = tree_.middle[middles.end - 1].end - tree_.middle[middles.begin].begin;
    if (middles.size() == 1) return choose_middle(tree_.middle[middles.begin]);
    const Piece whole = look({tree_.middle[middles.begin].begin, tree_.middle[middles.end - 1].end});
    const std::size_t before = objects_.size();
    float sum = 0;
    for (std::uint32_t i = middles.begin; i < middles.end; ++i) {
      const Range segments = tree_.middle[i];
      sum += choose_middle(segments) * static_cast<float>(point_count(segments));
    }
    return keep_better(whole, sum, before);
  }

 private:
  std::uint32_t point_count(Range segments) const {
    return tree_.segments[segments.end - 1].points.end - tree_.segments[segments.begin].points.begin;
  }

  float choose_middle(Range segments) {
    const Piece whole = look(segments);
    const std::size_t before = objects_.size();
    if (segments.size() == 1) {
      add(whole);
      return whole.value;
    }
    float sum = 0;
    for (std::uint32_t i = segments.begin; i < segments.end; ++i) {
      const Piece part = look({i, i + 1});
      add(part);
      sum += part.value * static_cast<float>(part.sum.points.size());
    }
    return keep_better(whole, sum, before);
  }

  // The whole replaces its parts' objects (those after `before`) where it is at least as good as their mean.
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
    if (points.size() < static_cast<std::uint32_t>(config_.points_least)) return piece;
    const float *x = tree_.x_m.data() + points.begin, *y = tree_.y_m.data() + points.begin;
    const Rectangle upright = enclose(x, y, points.size(), 0);
    piece.judgement.rectangle = upright;
    if (upright.along_m() > kLargest_m) return piece;
    const Contour contour = merge_contours(segments, tree_);
    const Rectangle rectangle = enclose(x, y, points.size(), fit_yaw_rad(contour.x_m, contour.y_m, contour.count));
    piece.top_m = top_of_profile_m(piece.sum.profile);
    const messages::Box3 box = box_of(rectangle, 0, 1);
    const float sight_rad = static_cast<float>(std::atan2(box.y_m - sensor_y_m_, box.x_m - sensor_x_m_));
    const float turn_rad = std::abs(std::remainder(rectangle.yaw_rad - sight_rad, std::numbers::pi_v<float>));
    const float count = static_cast<float>(points.size());
    const Rectangle upper = enclose_upper(rectangle, x, y, tree_.height_m.data() + points.begin, points.size(), 1.1f);
    const Shape shape{rectangle, piece.top_m, static_cast<float>(piece.sum.low_count) / count,
                             share_near_faces_ratio(rectangle, contour.x_m, contour.y_m, contour.count, sensor_x_m_, sensor_y_m_, 0.25f),
                             turn_rad, count, upper.along_m(), upper.across_m(), segments.size()==coarse_size_, (piece.sum.profile >> (int)(piece.top_m/kProfileStep_m+.5f)) != 0, ((piece.sum.ground_least_m+piece.sum.ground_most_m)/2 + piece.top_m - 1.73f) / std::hypot((float)box.x_m-sensor_x_m_,(float)box.y_m-sensor_y_m_) > limit_ - kC};
    piece.judgement = judge(shape, sensor_x_m_, sensor_y_m_);
#ifdef LXDEBUG
    if (getenv("LXX")) { static float X=atof(getenv("LXX")), Y=atof(getenv("LXY")); if (std::hypot(box.x_m-X, box.y_m-Y)<2.5) printf("  piece seg %u-%u at %.1f %.1f L %.2f W %.2f yaw %.2f top %.2f low %.2f face %.2f obl %.2f n %.0f up %.2f %.2f -> cls %d like %.2f\n", segments.begin, segments.end, box.x_m, box.y_m, rectangle.along_m(), rectangle.across_m(), rectangle.yaw_rad, shape.top_m, shape.low_ratio, shape.face_ratio, shape.obliqueness_rad, shape.point_count, shape.upper_along_m, shape.upper_across_m, (int)piece.judgement.object_class, piece.judgement.likeness); }
#endif
    const float plain = kUnknownLikeness * trapezoid(rectangle.along_m(), -1, 0, 5, 8);
    piece.value = std::max(piece.judgement.likeness, plain);
    return piece;
  }

  void add(const Piece& piece) {
    const Judgement& judgement = piece.judgement;
    if (piece.sum.points.size() < static_cast<std::uint32_t>(config_.points_least) || piece.top_m <= 0) return;
    const bool is_known = judgement.likeness >= static_cast<float>(config_.known_likeness);
    if (!is_known && judgement.rectangle.along_m() > static_cast<float>(config_.unknown_length_most_m)) return;
    const float ground_m = (piece.sum.ground_least_m + piece.sum.ground_most_m) / 2;
    objects_.push_back({is_known ? judgement.object_class : ObjectClass::kUnknown,
                        is_known ? 0.95f * judgement.likeness : 0.1f + 0.4f * judgement.likeness,
                        box_of(judgement.rectangle, ground_m, piece.top_m), piece.sum.points.size()});
  }

  const ObjectConfig& config_;
  SegmentTree& tree_;
  std::vector<Object>& objects_;
  float sensor_x_m_, sensor_y_m_;
  std::uint32_t coarse_size_ = 0;
public: float limit_=1e9f; const float kC = getenv("KC") ? atof(getenv("KC")) : -1;
};

bool is_before(const Object& a, const Object& b) {
  const double da = std::hypot(a.box.x_m, a.box.y_m), db = std::hypot(b.box.x_m, b.box.y_m);
  if (da != db) return da < db;
  return a.box.x_m != b.box.x_m ? a.box.x_m < b.box.x_m : a.box.y_m < b.box.y_m;
}

}  // namespace

messages::Objects detect_objects(const messages::ObstaclePoints& points, const ObjectConfig& config,
                                 ObjectState& state) {
  const SegmentRule rule{static_cast<float>(config.tolerance_m), static_cast<float>(config.body_least_m),
                         static_cast<float>(config.body_most_m), static_cast<float>(config.sensor_x_m),
                         static_cast<float>(config.sensor_y_m)};
  cut_segments(points, rule, state.tree);
  state.objects.clear();
  Chooser chooser(config, state);
  { std::vector<float> st(2048,-9.f); for(std::size_t i=0;i<points.x_m.size();++i) if(state.tree.cells[i]!=kNoCell) { float t=(points.z_m[i]-1.73f)/std::sqrt(state.tree.squared_distance_m2[i]); auto& q=st[state.tree.directions[i]]; q=std::max(q,t);} std::sort(st.begin(),st.end()); int e=0; while(e<2047&&st[e]<-5) ++e; int mm=2048-e; float q5=st[e+mm/2], q8=st[e+mm*8/10]; chooser.limit_= mm>512 && q8-q5<0.02f ? (getenv("Q8")?q8:q5) : 1e9f; 
#ifdef LXDEBUG
  static int nn=0; if(getenv("LIM")&&nn++%15==0) printf("limit p50 %.4f p80 %.4f p90 %.4f p97 %.4f\n",st[1024],st[1638],st[1843],st[1990]);
#endif
  }
  for (const Range middles : state.tree.coarse) chooser.choose_coarse(middles);
  std::sort(state.objects.begin(), state.objects.end(), is_before);
  return {.header = points.header, .objects = state.objects};
}

}  // namespace hangil::lidar
