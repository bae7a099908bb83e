// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "base/time.hpp"

namespace hangil::cli {

// Progress on stderr for anything that takes more than 2 s: a bar on a terminal, else a plain line every 10 s.
// From one thread at a time.
class Progress {
 public:
  Progress(std::string what, base::Time begin, base::Time end);

  void show(base::Time at);
  void show(double share);  // 0 to 1
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  base::Time begin_, end_;
  bool is_terminal_;
  Clock::time_point started_, next_;
  bool is_shown_ = false;
};

}  // namespace hangil::cli
