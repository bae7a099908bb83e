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

  // One activation took `run_ns` and reported `operations` (0: none). Returns the change of level: -1, 0 or 1.
  int note(std::int64_t run_ns, std::int64_t operations) {
    if (operations > 0) {
      const double measured = static_cast<double>(run_ns) / static_cast<double>(operations);
      ns_per_operation_ = ns_per_operation_ <= 0 ? measured : 0.9 * ns_per_operation_ + 0.1 * measured;
    }
    over_count_ = run_ns > budget_ns_ ? over_count_ + 1 : 0;
    under_count_ = run_ns < budget_ns_ / 2 ? under_count_ + 1 : 0;
    if (over_count_ >= kRunsOver && level_ + 1 < level_count_) return change(1);
    if (under_count_ >= kRunsUnder && level_ > 0) return change(-1);
    return 0;
  }

 private:
  static constexpr int kRunsOver = 2, kRunsUnder = 5;

  int change(int step) {
    level_ += step;
    over_count_ = under_count_ = 0;
    ns_per_operation_ = 0;  // another level costs something else
    return step;
  }

  std::int64_t budget_ns_;
  int level_count_;
  std::int64_t configured_work_;
  int level_ = 0, over_count_ = 0, under_count_ = 0;
  double ns_per_operation_ = 0;
};

}  // namespace hangil::runtime
