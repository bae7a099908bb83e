// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "evaluation/metric_page.hpp"
#include "evaluation/worst_frames.hpp"
#include "messages/box3.hpp"

// Detection by the definition of nuScenes (Caesar et al., "nuScenes: A Multimodal Dataset for Autonomous Driving", CVPR
// 2020, section 3.1): boxes match by the distance of their centres on the ground, and what matched is judged for place,
// size, heading, velocity and attribute. Which boxes count (range, points) is for the caller to choose beforehand.
namespace hangil::evaluation {

inline constexpr std::array<double, 4> kCentreDistancesM{0.5, 1, 2, 4};

struct CentreBox {
  messages::Box3 box;
  double vx_mps = 0, vy_mps = 0;
  double score = 0;    // of a guess: more is surer
  int attribute = -1;  // what it is doing, numbered by the caller; -1: none
};

// Boxes of one class in one frame, in one frame of reference.
struct CentreFrame {
  std::vector<CentreBox> truths, guesses;
};

// What the class has no use for stays out of the means: nuScenes gives cones no heading, velocity or attribute.
struct CentreClass {
  double heading_period_rad = 6.283185307179586;  // half of that for a class whose front and back are alike
  bool has_heading = true, has_velocity = true, has_attribute = true;
};

// Means over what matched within 2 m, from a recall of 10 % on; 1 where that is not reached.
struct TruePositiveErrors {
  double translation_m = 1, scale = 1;
  std::optional<double> heading_rad, velocity_mps, attribute;  // nothing where the class has none
};

struct CentreClassScore {
  std::array<double, 4> average_precision{};  // at each of kCentreDistancesM
  double mean_average_precision = 0;
  TruePositiveErrors errors;
  std::vector<PrecisionCurve::Point> curve;  // at 2 m, guess by guess, the surest first
};

// One class over all frames.
CentreClassScore score_by_centre(std::span<const CentreFrame> frames, const CentreClass& kind = {});

// What goes wrong in each frame at 2 m and the score with the best F1.
std::vector<FrameErrors> centre_errors(std::span<const CentreFrame> frames);

struct CentreSummary {
  double mean_average_precision = 0;
  TruePositiveErrors errors;            // means over the classes that have them
  double nuscenes_detection_score = 0;  // NDS
};

CentreSummary summarize(std::span<const CentreClassScore> classes);

}  // namespace hangil::evaluation
