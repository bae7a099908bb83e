// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.hpp"
#include "math/pose_sample.hpp"

namespace hangil::math {

struct PoseBufferLimits {
  base::Duration max_extrapolation{200'000'000};  // before the oldest and after the newest sample
  base::Duration max_gap{500'000'000};            // between two samples that may be interpolated
  int capacity = 256;                             // samples kept, at least 2; memory is taken once
};

// The last poses of one body, asked for the pose at the stamp of other data. Fill it from a queue input:
//
//   for (const auto& pose : activation.get(poses_)) (void)buffer_.add(messages::pose_sample(*pose));
//   const auto pose = buffer_.at(scan->header.stamp);   // test it: there may be none
class PoseBuffer {
 public:
  explicit PoseBuffer(PoseBufferLimits limits = {});

  // Keeps samples in order of stamp. A stamp seen before replaces that sample. A stamp that goes back by more than
  // max_gap means that the clock was set back: all earlier samples are forgotten. Error: a number that is not finite,
  // or a quaternion that is not a rotation; the sample is then not kept.
  base::Status add(const PoseSample& sample);

  // Interpolates between neighbours, or moves the nearest end sample on with its own velocity. Error: no sample yet,
  // `stamp` too far outside (says how far), or in a gap longer than max_gap. Binary search.
  base::Result<PoseSample> at(base::Time stamp) const;

  bool empty() const { return samples_.empty(); }
  int size() const { return static_cast<int>(samples_.size()); }
  const PoseSample& newest() const { return samples_.back(); }  // not when empty
  const PoseSample& oldest() const { return samples_.front(); }
  void clear() { samples_.clear(); }

 private:
  base::Result<PoseSample> extrapolated(const PoseSample& end, base::Time stamp) const;

  PoseBufferLimits limits_;
  std::vector<PoseSample> samples_;  // by stamp
};

}  // namespace hangil::math
