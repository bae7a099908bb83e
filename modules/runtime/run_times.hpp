// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hangil::runtime {

// How long each module's activations take on this machine, as a running mean. Only decides which thread does something,
// never what is done.
class RunTimes {
 public:
  explicit RunTimes(std::size_t module_count) : mean_ns_(module_count, kUnknown) {}

  void note(int module, std::int64_t run_ns) {
    std::int64_t& mean_ns = mean_ns_[static_cast<std::size_t>(module)];
    mean_ns = mean_ns == kUnknown ? run_ns : mean_ns + (run_ns - mean_ns) / 8;
  }
  // Whether it is over before another thread would have woken up.
  bool is_short(int module) const {
    const std::int64_t mean_ns = mean_ns_[static_cast<std::size_t>(module)];
    return mean_ns != kUnknown && mean_ns < kWakeNs;
  }

 private:
  static constexpr std::int64_t kUnknown = -1, kWakeNs = 20'000;

  std::vector<std::int64_t> mean_ns_;
};

}  // namespace hangil::runtime
