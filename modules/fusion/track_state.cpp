// SPDX-License-Identifier: Apache-2.0
#include "fusion/track_state.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "fusion/motion_model.hpp"
#include "math/angles.hpp"

namespace hangil::fusion {

namespace {

constexpr double kQuarterTurn_rad = std::numbers::pi / 2;
constexpr double kTurnSigma_radps = 0.3;     // of an object just seen
constexpr double kPoseSigma_m = 0.1;         // of the ego pose, from frame to frame
constexpr double kHeightGain = 0.4;          // of z, a frame
constexpr double kAccelerationTime_s = 0.5;  // smoothing
constexpr double kSideSlipSigma_mps = 1;
constexpr double kCourseSpeed_mps = 2;  // from which the direction of travel says something of the heading
constexpr double kSureCourse_rad = 0.3;
constexpr double kCourseCorrelation = 3;  // courses of successive frames share their errors: what one alone is worth
constexpr double kCourseSlip_rad = 0.1;   // between heading and direction of travel
constexpr double kBoxFrontVote = 1, kCourseFrontVote = 2;

// Modulo a half turn, 0 to a quarter turn.
double axis_difference_rad(double a_rad, double b_rad) {
  return std::abs(std::remainder(a_rad - b_rad, std::numbers::pi));
}

bool is_turned_a_quarter(const Measurement& measurement, double yaw_rad) {
  return axis_difference_rad(measurement.yaw_rad, yaw_rad) > kQuarterTurn_rad * 2 / 3;
}

void turn_a_quarter(double& yaw_rad, Extent& extent) {
  yaw_rad = math::wrap_angle_rad(yaw_rad + kQuarterTurn_rad);
  std::swap(extent.length_m, extent.width_m);
}

// The direction of travel with its sigma, where there is one to speak of.
struct Course {
  double yaw_rad = 0, sigma_rad = 0;
  bool is_known = false;
};

Course course_of(const PlanarMotion& motion) {
  const double speed = motion.speed_mps();
  if (speed < kCourseSpeed_mps) return {};
  const double velocity_sigma = std::sqrt(motion.covariance(2, 2) + motion.covariance(3, 3));
  return {std::atan2(motion.mean(3), motion.mean(2)), velocity_sigma / speed + kCourseSlip_rad, true};
}

// What travels across its box was taken by the wrong side: boxes of rear views are wider than long.
void turn_along_course(TrackState& track, const Course& course) {
  if (!course.is_known || course.sigma_rad > kSureCourse_rad) return;
  if (axis_difference_rad(course.yaw_rad, track.heading.yaw_rad) < kQuarterTurn_rad * 2 / 3) return;
  turn_a_quarter(track.heading.yaw_rad, track.extent);
}

void update_steering(TrackState& track, const Course& course) {
  const double sigma_rad = kCourseCorrelation * course.sigma_rad;
  if (course.is_known) update_axis(track.heading, course.yaw_rad, sigma_rad, kCourseFrontVote);
  const double unsure_mps = track.motion.speed_mps() * std::sqrt(track.heading.yaw_variance);
  update_no_side_slip(track.motion, track.heading.yaw_rad, std::hypot(kSideSlipSigma_mps, unsure_mps));
}

void update_acceleration(TrackState& track, double speed_before_mps, double dt_s) {
  if (dt_s <= 0) return;
  const double change = (track.motion.speed_mps() - speed_before_mps) / dt_s;
  track.acceleration_mps2 += (1 - std::exp(-dt_s / kAccelerationTime_s)) * (change - track.acceleration_mps2);
}

// What stood close by may once have been part of the box.
void limit_extent(TrackState& track) {
  const MotionModel& model = motion_model(track.classes.last_known());
  track.extent.length_m = std::min(track.extent.length_m, model.max_length_m);
  track.extent.width_m = std::min(track.extent.width_m, model.max_width_m);
}

// A box without a class says that something is there, not what: it does not take away what is confirmed.
double evidence(const TrackState& track, const Measurement& box) {
  const bool says_nothing = track.is_confirmed && box.object_class == messages::ObjectClass::kUnknown;
  return says_nothing ? std::max(box.existence_log_odds, 0.0) : box.existence_log_odds;
}

}  // namespace

TrackState start_track(const Measurement& measurement, base::Time stamp) {
  TrackState track;
  track.first_seen = track.last_seen = track.last_boxed = stamp;
  const Eigen::Matrix2d R = Eigen::Matrix2d::Identity() * std::pow(measurement.position_sigma_m, 2);
  track.motion = planar_motion_at(measurement.position_m, R, motion_model(measurement.object_class).speed_mps);
  track.heading = heading_at(measurement.yaw_rad, measurement.yaw_sigma_rad, kTurnSigma_radps);
  track.heading.front_log_odds = kBoxFrontVote;
  track.z_m = measurement.z_m;
  track.extent = measurement.extent;
  see(track.existence, measurement.existence_log_odds);
  vote(track.classes, measurement.object_class);
  track.box_count = 1;
  return track;
}

void predict(TrackState& track, double dt_s) {
  const MotionModel& model = motion_model(track.classes.last_known());
  if (!model.is_steered) track.heading.turn_radps = 0;
  predict(track.motion, dt_s, track.heading.turn_radps, track.heading.yaw_rad, model.longitudinal_acceleration_mps2,
          model.lateral_acceleration_mps2, kPoseSigma_m);
  predict(track.heading, dt_s, model.yaw_acceleration_radps2);
  const double turn_limit = model.max_curvature_radpm * track.motion.speed_mps();
  track.heading.turn_radps = std::clamp(track.heading.turn_radps, -turn_limit, turn_limit);
  predict(track.existence, dt_s);
}

Measurement fitted(const TrackState& track, const Measurement& measurement) {
  Measurement fit = measurement;
  if (is_turned_a_quarter(fit, track.heading.yaw_rad)) turn_a_quarter(fit.yaw_rad, fit.extent);
  if (fit.is_partial) {
    const Extent whole = {std::max(track.extent.length_m, fit.extent.length_m),
                          std::max(track.extent.width_m, fit.extent.width_m), track.extent.height_m};
    fit.position_m = centre_behind(fit.position_m, fit.extent, whole, track.heading.yaw_rad, fit.sensor_m);
  }
  return fit;
}

void update(TrackState& track, const Measurement& measurement, double dt_s, base::Time stamp) {
  const Measurement fit = fitted(track, measurement);
  const double speed_before = track.motion.speed_mps();
  ++track.box_count;
  update_position(track.motion, fit.position_m, Eigen::Matrix2d::Identity() * std::pow(fit.position_sigma_m, 2));
  update_axis(track.heading, fit.yaw_rad, fit.yaw_sigma_rad, kBoxFrontVote);
  const Course course = course_of(track.motion);
  if (fit.is_partial) turn_along_course(track, course);
  if (motion_model(track.classes.last_known()).is_steered) update_steering(track, course);
  update_acceleration(track, speed_before, dt_s);
  track.z_m += kHeightGain * (fit.z_m - track.z_m);
  if (fit.is_partial) {
    grow(track.extent, fit.extent);
  } else {
    average(track.extent, fit.extent, track.box_count);
  }
  see(track.existence, evidence(track, fit));
  vote(track.classes, fit.object_class);
  if (fit.is_partial) limit_extent(track);
  track.last_seen = track.last_boxed = stamp;
}

void update_from_picture(TrackState& track, double evidence, messages::ObjectClass object_class, const Bearing* bearing,
                         base::Time stamp) {
  if (bearing != nullptr) update_position(track.motion, bearing->position_m, bearing->covariance_m2);
  track.existence.log_odds += evidence;
  vote(track.classes, object_class);
  track.last_seen = stamp;
}

messages::Track to_message(const TrackState& track, base::Time stamp) {
  messages::Track message;
  message.id = track.id;
  message.object_class = track.classes.winner();
  message.existence_probability = static_cast<float>(probability_of(track.existence.log_odds));
  message.box = {.x_m = track.motion.mean(0),
                 .y_m = track.motion.mean(1),
                 .z_m = track.z_m,
                 .yaw_rad = track.heading.yaw_rad,
                 .length_m = track.extent.length_m,
                 .width_m = track.extent.width_m,
                 .height_m = track.extent.height_m};
  message.vx_mps = track.motion.mean(2), message.vy_mps = track.motion.mean(3);
  message.yaw_rate_radps = track.heading.turn_radps;
  message.acceleration_mps2 = track.acceleration_mps2;
  Eigen::Map<Eigen::Matrix<double, 4, 4, Eigen::RowMajor>>(message.covariance.data()) = track.motion.covariance;
  message.age = stamp - track.first_seen;
  message.time_since_update = stamp - track.last_seen;
  message.is_confirmed = track.is_confirmed;
  return message;
}

}  // namespace hangil::fusion
