// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

namespace hangil::cli {

namespace {

using namespace std::chrono_literals;

constexpr int kBarWidth = 30;

}  // namespace

Progress::Progress(std::string what, base::Time begin, base::Time end)
    : what_(std::move(what)),
      begin_(begin),
      end_(end),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      started_(Clock::now()) {
  next_ = started_ + 2s;
}

void Progress::show(base::Time at) {
  const double whole = (end_ - begin_).to_s();
  show(whole > 0 ? (at - begin_).to_s() / whole : 1.0);
}

void Progress::show(double share) {
  const auto now = Clock::now();
  if (now < next_) return;
  share = std::clamp(share, 0.0, 1.0);
  const double gone_s = std::chrono::duration<double>(now - started_).count();
  const double left_s = share > 0.01 ? gone_s * (1 - share) / share : 0;
  if (is_terminal_) {
    const int full = static_cast<int>(share * kBarWidth);
    fmt::print(stderr, "\r{} [{:#<{}}{:.<{}}] {:3.0f} %, {:.0f} s left ", what_, "", full, "", kBarWidth - full,
               100 * share, left_s);
  } else {
    fmt::print(stderr, "{}: {:.0f} % after {:.0f} s\n", what_, 100 * share, gone_s);
  }
  is_shown_ = true;
  next_ = now + (is_terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000));
}

void Progress::finish() {
  if (is_shown_ && is_terminal_) fmt::print(stderr, "\r{:{}}\r", "", 70);
  is_shown_ = false;
}

}  // namespace hangil::cli
