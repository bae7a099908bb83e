// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.hpp"

#include <csignal>

namespace hangil::cli {

namespace {

std::atomic<bool> was_signalled{false};

void note_signal(int number) {
  was_signalled.store(true, std::memory_order_relaxed);
  std::signal(number, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& interrupted() {
  static const bool is_installed = [] {
    std::signal(SIGINT, note_signal);
    std::signal(SIGTERM, note_signal);
    return true;
  }();
  static_cast<void>(is_installed);
  return was_signalled;
}

}  // namespace hangil::cli
