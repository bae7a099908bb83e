// SPDX-License-Identifier: Apache-2.0
#include "runtime/running_module.hpp"

#include <atomic>
#include <memory>

#include <signal.h>

namespace hangil::runtime {

namespace {

constexpr std::size_t kHandlerStackBytes = 64 << 10;

constinit thread_local RunningModule running;

// Leaves a thread that has such a stack already (a sanitizer's) as it is.
class HandlerStack {
 public:
  HandlerStack() {
    stack_t present = {};
    if (::sigaltstack(nullptr, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) return;
    memory_ = std::make_unique<char[]>(kHandlerStackBytes);
    stack_t ours = {};
    ours.ss_sp = memory_.get();
    ours.ss_size = kHandlerStackBytes;
    ::sigaltstack(&ours, nullptr);
  }
  ~HandlerStack() {
    if (!memory_) return;
    stack_t none = {};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
  }

 private:
  std::unique_ptr<char[]> memory_;
};

}  // namespace

RunningModule running_module() { return running; }

RunningScope::RunningScope(const char* name, std::uint64_t ordinal) {
  static thread_local HandlerStack handler_stack;
  static_cast<void>(handler_stack);
  running = {name, ordinal};
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

RunningScope::~RunningScope() {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  running = {};
}

}  // namespace hangil::runtime
