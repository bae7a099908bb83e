// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.hpp"

namespace hangil::runtime {

// Picks a live module's level and work allowance from what its activations cost (rule 30). Exists in live only: replay
// uses what was recorded, declared replay the configured work and level 0.
class WorkControl {
 public:
  WorkControl(base::Duration budget, int level_count, std::int64_t configured_work)
      : budget_ns_(budget.ns), level_count_(level_count), configured_work_(configured_work) {}

  int level() const { return level_; }
  // 0.8 of the budget at the measured ns per operation; until the first report the configured work.
  std::int64_t allowance() const {
    if (ns_per_operation_ <= 0 || configured_work_ == 0) return configured_work_;
    return std::max<std::int64_t>(1,
                                  static_cast<std::int64_t>(0.8 * static_cast<double>(budget_ns_) / ns_per_operation_));
  }

  // What one activation cost.
  struct Cost {
    std::int64_t run_ns = 0;
    std::int64_t operations = 0;  // reported by the module; 0: none
    std::int64_t allowance = 0;   // given to it; 0: none
    bool are_frames_calm = true;  // false: they were late of late, so nothing is restored
  };

  // Returns the change of level: -1, 0 or 1. An allowance that cuts into the work counts like an overrun: what a level
  // leaves out is chosen better than what is left over.
  int note(const Cost& cost) {
    const bool is_cut = cost.allowance > 0 && cost.operations >= cost.allowance - cost.allowance / 20;
    if (cost.operations > 0) {
      const double measured = static_cast<double>(cost.run_ns) / static_cast<double>(cost.operations);
      ns_per_operation_ = ns_per_operation_ <= 0 ? measured : 0.9 * ns_per_operation_ + 0.1 * measured;
    }
    over_count_ = cost.run_ns > budget_ns_ || (is_cut && cost.run_ns > budget_ns_ / 2) ? over_count_ + 1 : 0;
    under_count_ = cost.run_ns < budget_ns_ / 2 ? under_count_ + 1 : 0;
    if (since_restored_ < kTrial) ++since_restored_;
    if (over_count_ >= kRunsOver && reduce()) return 1;
    if (under_count_ >= patience_ && cost.are_frames_calm && level_ > 0) return restore();
    return 0;
  }

  // A level less work, where there is one.
  bool reduce() {
    if (level_ + 1 >= level_count_) return false;
    patience_ = since_restored_ < kTrial ? std::min(2 * patience_, kMostPatience) : kRunsUnder;
    since_restored_ = kTrial;
    change(1);
    return true;
  }

 private:
  static constexpr int kRunsOver = 2, kRunsUnder = 5, kMostPatience = 80;
  static constexpr int kTrial = 20;  // runs: a level restored that overran within these was restored too early

  int restore() {
    since_restored_ = 0;
    return change(-1);
  }

  int change(int step) {
    level_ += step;
    over_count_ = under_count_ = 0;
    ns_per_operation_ = 0;  // another level costs something else
    return step;
  }

  std::int64_t budget_ns_;
  int level_count_;
  std::int64_t configured_work_;
  int level_ = 0, over_count_ = 0, under_count_ = 0, patience_ = kRunsUnder, since_restored_ = kTrial;
  double ns_per_operation_ = 0;
};

}  // namespace hangil::runtime
