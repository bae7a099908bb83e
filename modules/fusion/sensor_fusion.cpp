// SPDX-License-Identifier: Apache-2.0
#include "fusion/sensor_fusion.hpp"

#include <algorithm>
#include <cmath>

#include "fusion/existence.hpp"
#include "math/isometry.hpp"

namespace hangil::fusion {

namespace {

constexpr std::size_t kMostFrames = 16;  // of each sensor, waiting
constexpr double kLatenessGain = 0.2;
constexpr double kAround_m = 0.3;        // of an object, within which a picture's find is part of it
constexpr double kMuchLarger_ratio = 2;  // than usual for the class: then it is something else
constexpr double kTrustForgetting_ratio = 0.95, kLeastShown_ratio = 0.3, kLeastLookedFor = 4;

// By time, in order of arrival where times are equal; the oldest go when there are too many.
template <class Frame, class TimeOf>
void insert(std::vector<Frame>& frames, Frame frame, TimeOf time_of) {
  const auto place = std::upper_bound(frames.begin(), frames.end(), time_of(frame),
                                      [&](base::Time time, const Frame& other) { return time < time_of(other); });
  frames.insert(place, std::move(frame));
  if (frames.size() > kMostFrames) frames.erase(frames.begin());
}

bool is_around(const messages::Box3& box, const messages::Box3& found) {
  const double c = std::cos(box.yaw_rad), s = std::sin(box.yaw_rad), x = found.x_m - box.x_m, y = found.y_m - box.y_m;
  return std::abs(c * x + s * y) < box.length_m / 2 + kAround_m &&
         std::abs(c * y - s * x) < box.width_m / 2 + kAround_m;
}

bool is_much_larger(const messages::Box3& box, const messages::Box3& usual) {
  const double most_m = kMuchLarger_ratio * std::max(usual.length_m, usual.width_m) + kAround_m;
  return std::max(box.length_m, box.width_m) > most_m;
}

}  // namespace

void SensorFusion::set_uncalibrated(const std::string& why) {
  camera_.reset();
  why_uncalibrated_ = why;
}

void SensorFusion::add(const messages::ObstaclePoints& obstacles) {
  if (!camera_) return;
  PointFrame frame{obstacles.header.stamp, {}};
  take_points_ahead(obstacles, camera_->optics, camera_->T_ego_camera.inverse(), frame.points);
  insert(points_, std::move(frame), [](const PointFrame& f) { return f.stamp; });
}

void SensorFusion::add(const messages::Objects& objects, base::Time now) {
  lidar_.has_come = true, lidar_.last = now;
  insert(boxes_, BoxFrame{objects, now}, [](const BoxFrame& f) { return f.objects.header.stamp; });
}

void SensorFusion::add(const messages::ImageObjects& seen, base::Time now) {
  const base::Time moment = seen.header.stamp + base::Duration::milliseconds(config_.camera_time_offset_ms);
  const double lateness_ms = (now - moment).to_ms();
  camera_link_.lateness_ms +=
      camera_link_.has_come ? kLatenessGain * (lateness_ms - camera_link_.lateness_ms) : lateness_ms;
  camera_link_.has_come = true, camera_link_.last = now;
  insert(pictures_, Picture{seen, moment, now}, [](const Picture& p) { return p.moment; });
}

void SensorFusion::advance(base::Time now, SensorFusionOutput& output) {
  output.objects.clear(), output.left.clear(), output.whole.clear(), output.report.reset();
  if (!has_first_) first_ = now, has_first_ = true;
  while (!boxes_.empty()) {
    const BoxFrame& frame = boxes_.front();
    const Picture* picture = camera_ ? picture_of(frame.objects.header.stamp) : nullptr;
    if (picture == nullptr && must_wait(frame, now)) break;
    done_ = std::max(done_, frame.objects.header.stamp);
    if (picture != nullptr) {
      fuse(frame, *picture, output);
      pictures_.erase(pictures_.begin() + (picture - pictures_.data()));
    } else {
      output.objects.push_back(frame.objects);
    }
    boxes_.erase(boxes_.begin());
  }
  release_pictures(now, output);
  report(now, output);
}

bool SensorFusion::is_lost(const Link& link, base::Time now) const {
  return (now - (link.has_come ? link.last : first_)).to_ms() > config_.lost_after_ms;
}

const SensorFusion::Picture* SensorFusion::picture_of(base::Time stamp) const {
  const Picture* nearest = nullptr;
  double least_ms = config_.pair_tolerance_ms;
  for (const Picture& picture : pictures_) {
    const double apart_ms = std::abs((picture.moment - stamp).to_ms());
    if (apart_ms <= least_ms && (nearest == nullptr || apart_ms < least_ms)) nearest = &picture, least_ms = apart_ms;
  }
  return nearest;
}

bool SensorFusion::must_wait(const BoxFrame& frame, base::Time now) const {
  if (!is_usable() || !camera_link_.has_come || is_lost(camera_link_, now)) return false;
  const base::Time stamp = frame.objects.header.stamp;
  const bool is_newer_there = !pictures_.empty() && pictures_.back().moment > stamp;
  return !is_newer_there && (now - frame.arrived).to_ms() < config_.most_wait_ms;
}

// With the ego's motion between both stamps, where it is known.
Eigen::Isometry3d SensorFusion::T_camera_ego(base::Time boxes, base::Time picture) const {
  const Eigen::Isometry3d T_camera_ego = camera_->T_ego_camera.inverse();
  const auto then = poses_.at(boxes), there = poses_.at(picture);
  if (!then || !there) return T_camera_ego;
  return T_camera_ego * math::isometry(*there).inverse() * math::isometry(*then);
}

void SensorFusion::fuse(const BoxFrame& frame, const Picture& picture, SensorFusionOutput& output) {
  const base::Time stamp = frame.objects.header.stamp;
  const ImageView view = {camera_->optics, T_camera_ego(stamp, picture.moment), &picture.seen};
  fusion_.fuse(frame.objects, view, fused_);
  judge_camera(view);
  if (!is_usable()) return output.objects.push_back(frame.objects);
  messages::ImageObjects left = picture.seen;
  left.header.stamp = picture.moment;
  add_from_frustums(view, stamp, left);
  output.objects.push_back(fused_.objects);
  output.left.push_back(std::move(left));
}

// A camera that shows little of what it should is not believed in what it does not show.
void SensorFusion::judge_camera(const ImageView& view) {
  shown_ *= kTrustForgetting_ratio, looked_for_ *= kTrustForgetting_ratio;
  for (std::size_t i = 0; i < fused_.sights.size(); ++i) {
    const bool is_shown = fused_.box_of_object[i] != kUnassigned;
    const Sight& sight = fused_.sights[i];
    if (!is_shown && absence_evidence(config_.camera, visibility_of(sight), sight.object_class) == 0) continue;
    shown_ += is_shown, looked_for_ += 1;
  }
  CameraModel model = config_.camera;
  if (looked_for_ > kLeastLookedFor && shown_ < kLeastShown_ratio * looked_for_) model.detection_probability = 0;
  fusion_.set_model(model);
  watch_.add(fused_.sights, view.seen->objects, view.optics);
  error_ = watch_.judge();
  is_miscalibrated_ = error_ && error_->largest_deg() > config_.most_calibration_error_deg;
}

// Takes the boxes that found their place from `left`.
void SensorFusion::add_from_frustums(const ImageView& view, base::Time stamp, messages::ImageObjects& left) {
  const auto points = std::find_if(points_.begin(), points_.end(), [&](const auto& f) { return f.stamp == stamp; });
  if (points != points_.end()) project_points(points->points, view, projected_);
  left.objects.clear();
  for (std::size_t i = 0; i < view.seen->objects.size(); ++i) {
    if (fused_.is_box_taken[i]) continue;
    std::optional<messages::Object> found;
    if (points != points_.end()) found = object_in_frustum(view.seen->objects[i], view, projected_);
    if (!found) {
      left.objects.push_back(view.seen->objects[i]);
    } else if (!join_object_around(*found)) {
      fused_.objects.objects.push_back(*found);
      fused_.box_of_object.push_back(static_cast<int>(i));
    }
  }
}

// Where a box of the LiDAR is there already that no picture's box fitted, that is it.
bool SensorFusion::join_object_around(const messages::Object& found) {
  for (std::size_t i = 0; i < fused_.objects.objects.size(); ++i) {
    messages::Object& object = fused_.objects.objects[i];
    if (!is_around(object.box, found.box)) continue;
    if (fused_.box_of_object[i] != kUnassigned) return true;
    if (is_much_larger(object.box, found.box)) continue;
    if (object.object_class != messages::ObjectClass::kUnknown && object.object_class != found.object_class) continue;
    const double p = std::clamp<double>(object.existence_probability, 1e-6, 1 - 1e-6);
    const double evidence = box_evidence(config_.camera, found.existence_probability);
    object.existence_probability = static_cast<float>(probability_of(log_odds(p) + evidence));
    object.object_class = found.object_class;
    fused_.box_of_object[i] = 0;
    return true;
  }
  return false;
}

// Pictures that no boxes will ask for any more.
void SensorFusion::release_pictures(base::Time now, SensorFusionOutput& output) {
  std::size_t kept = 0;
  for (Picture& picture : pictures_) {
    const bool is_late = (picture.moment - done_).to_ms() < -config_.pair_tolerance_ms;
    const bool has_waited = (now - picture.arrived).to_ms() >= config_.most_wait_ms;
    if (!is_late && !has_waited && !is_lost(lidar_, now)) {
      if (&pictures_[kept] != &picture) pictures_[kept] = std::move(picture);
      ++kept;
      continue;
    }
    if (!is_usable()) continue;
    picture.seen.header.stamp = picture.moment;
    output.whole.push_back(std::move(picture.seen));
  }
  pictures_.resize(kept);
}

}  // namespace hangil::fusion
