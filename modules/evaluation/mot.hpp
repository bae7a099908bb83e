// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "evaluation/hota.hpp"
#include "messages/box3_overlap.hpp"
#include "messages/truth_objects.hpp"

// Multi-object tracking by the protocol of AB3DMOT (Weng et al., "3D Multi-Object Tracking: A Baseline and New
// Evaluation Metrics", IROS 2020, section IV), which is the KITTI tracking benchmark's CLEAR MOT (Bernardin and
// Stiefelhagen, "Evaluating Multiple Object Tracking Performance", 2008; Geiger et al., CVPR 2012) with overlap in 3D
// and a sweep over recall. Everything here is about one class; what that class ignores is marked beforehand.
namespace hangil::evaluation {

// A labelled object of one frame. Ignored ones (a neighbouring class, truncated, occlusion unknown) may be found or
// missed without counting.
struct MotTruth {
  std::int32_t id = 0;
  bool is_ignored = false;
  messages::Box3 box;
};

// What a tracker says of one object in one frame. A track counts with the mean confidence of all its frames.
struct MotEstimate {
  std::uint32_t id = 0;
  double confidence = 0;  // any scale; more is surer; not NaN
  messages::Box3 box;
  messages::ImageBox image_box;  // at most 25 px high, or mostly in an ignore region: not counted as false
};

// Truth and estimates in one frame of reference. An id occurs once at most in each.
struct MotFrame {
  std::vector<MotTruth> truths;
  std::vector<messages::ImageBox> ignore_regions;
  std::vector<MotEstimate> estimates;
};
using MotSequence = std::vector<MotFrame>;  // consecutive frames

// CLEAR MOT at one confidence threshold. Counts are of boxes, of trajectories where they say so.
struct MotScore {
  double least_confidence = 0;  // tracks below are left out
  int truth_count = 0;          // without ignored ones
  int true_positive_count = 0;  // of counted truths, so that with false negatives they sum to truth_count
  int ignored_match_count = 0;  // estimates that matched an ignored truth: neither right nor false
  int false_positive_count = 0, false_negative_count = 0;
  int id_switch_count = 0, fragmentation_count = 0;
  int trajectory_count = 0, mostly_tracked_count = 0, mostly_lost_count = 0;  // > 80 %, < 20 % of their frames
  double mota = 0;   // 1 - (FN + FP + IDS) / truths; 0 where there is no truth
  double smota = 0;  // MOTA scaled to the recall aimed at, 0 to 1
  double motp = 0;   // mean 3D IoU of all matches, ignored ones included, as the benchmark has it
  double recall = 0, precision = 0;
};

// The sweep over 40 recall points; averages count points that are not reached as 0.
struct MotSummary {
  double samota = 0, amota = 0, amotp = 0;
  MotScore best;                // at the threshold with the highest MOTA
  std::vector<double> recalls;  // aimed at: 1/40, 2/40, ...
  std::vector<MotScore> by_recall;
};

using messages::intersection_over_union_3d;

// Of each track, over all its frames.
std::map<std::uint32_t, double> mean_confidences(const MotSequence& sequence);
// Need not be there, and is not false: too small, or mostly where nobody labelled.
bool is_ignorable(const MotEstimate& estimate, const std::vector<messages::ImageBox>& ignore_regions);

// Higher order tracking accuracy by 3D IoU, of tracks at least so sure. Ignored truths do not count, nor do estimates
// that follow one.
HotaScore mot_hota(std::span<const MotSequence> sequences, double least_confidence);

// One class over some sequences, which must outlive this; truth and estimates are paired by 3D IoU >= min_iou.
class MotEvaluation {
 public:
  MotEvaluation(std::span<const MotSequence> sequences, double min_iou);

  // Counts of all sequences together; `recall` is the one that smota is scaled to.
  MotScore score(double least_confidence, double recall = 1) const;
  // The same for one sequence.
  MotScore score_of_sequence(std::size_t sequence, double least_confidence) const;
  MotSummary sweep() const;

 private:
  struct Pair {
    int truth = 0, estimate = 0;
    double iou = 0;
  };
  struct Frame {
    const MotFrame* frame = nullptr;
    std::vector<Pair> pairs;
    std::vector<double> confidences;  // of the estimates' tracks
    std::vector<char> is_ignorable;   // of estimates when nothing matches them
  };
  struct Tally;

  void add_sequence(const MotSequence& sequence, double min_iou);
  void count(const std::vector<Frame>& sequence, double least_confidence, Tally& tally) const;
  static void match(const Frame& frame, double least_confidence, Tally& tally);

  std::vector<std::vector<Frame>> sequences_;
};

}  // namespace hangil::evaluation
