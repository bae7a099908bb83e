// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <limits>

#include "evaluation/frame_match.hpp"

namespace hangil::evaluation {

inline constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();  // null in JSON

// Recall and precision of one group of objects.
struct Score {
  static constexpr std::string_view kType = "hangil_msgs/msg/Score";
  std::string name;
  std::uint32_t truth_count = 0, found_count = 0;  // counted labelled objects
  double recall_ratio = kNoValue;
  std::uint32_t box_count = 0, right_count = 0;  // boxes of known class that count
  double precision_ratio = kNoValue;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("truth_count", self.truth_count);
    visit("found_count", self.found_count);
    visit("recall_ratio", self.recall_ratio);
    visit("box_count", self.box_count);
    visit("right_count", self.right_count);
    visit("precision_ratio", self.precision_ratio);
  }
};

// A class counts labelled objects of that class, and boxes that claim it.
struct ScoreSheet {
  static constexpr std::string_view kType = "hangil_msgs/msg/ScoreSheet";
  Score total;
  std::vector<Score> by_class, by_distance;  // groups that hold nothing are left out

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("total", self.total);
    visit("by_class", self.by_class);
    visit("by_distance", self.by_distance);
  }
};

// Adds up frames.
class ScoreTally {
 public:
  explicit ScoreTally(const Protocol& protocol) : protocol_(protocol) {}
  void add(const EvaluatedFrame& frame, const FrameMatch& match);
  ScoreSheet sheet() const;

 private:
  static constexpr std::size_t kBandCount = 4;  // equal parts of the greatest distance
  std::size_t band(double distance_m) const;
  void count_truth(const messages::TruthObject& object, bool is_found);
  void count_box(const Candidate& box, bool is_right);

  Protocol protocol_;
  Score total_;
  std::array<Score, messages::kObjectClassCount> by_class_;
  std::array<Score, kBandCount> by_distance_;
};

// part / whole; unknown when there is nothing to divide.
double ratio(double part, double whole);

}  // namespace hangil::evaluation
