// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::runtime {

// Whether frames keep their deadline, as far as levels depend on it. Without a deadline all is calm.
class FrameControl {
 public:
  // A frame has ended, in time or after its deadline. True: do less.
  bool note(bool is_late) {
    late_count_ = is_late ? late_count_ + 1 : 0;
    in_time_count_ = is_late ? 0 : in_time_count_ + 1;
    if (is_late) has_been_late_ = true;
    if (late_count_ < kFramesLate) return false;
    late_count_ = 0;
    return true;
  }
  // Whether levels may be restored.
  bool are_calm() const { return !has_been_late_ || in_time_count_ >= kFramesInTime; }

 private:
  static constexpr int kFramesLate = 2, kFramesInTime = 10;

  int late_count_ = 0, in_time_count_ = 0;
  bool has_been_late_ = false;
};

}  // namespace hangil::runtime
