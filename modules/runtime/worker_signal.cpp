// SPDX-License-Identifier: Apache-2.0
#include "runtime/worker_signal.hpp"

#include <chrono>
#include <thread>

namespace hangil::runtime {

namespace {

using namespace std::chrono_literals;

// allowed: how long a thread looks out before it sleeps; no message or digest depends on it
using Clock = std::chrono::steady_clock;

constexpr auto kLookOut = 50us;  // about twice what waking a thread costs
constexpr int kLooksAClock = 32;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

}  // namespace

WorkerSignal::WorkerSignal(int worker_count)
    : may_look_out_(worker_count <= static_cast<int>(std::thread::hardware_concurrency())) {}

void WorkerSignal::wait(std::unique_lock<std::mutex>& lock) {
  ++waiting_count_;
  if (may_look_out_) {
    lock.unlock();
    look_out();
    lock.lock();
  }
  while (call_count_.load(std::memory_order_relaxed) == 0) {
    ++sleeping_count_;
    wake_.wait(lock);
    --sleeping_count_;
  }
  call_count_.fetch_sub(1, std::memory_order_relaxed);
  --waiting_count_;
}

void WorkerSignal::look_out() const {
  const auto until = Clock::now() + kLookOut;
  do {
    for (int i = 0; i < kLooksAClock; ++i) {
      if (call_count_.load(std::memory_order_relaxed) > 0) return;
      pause();
    }
  } while (Clock::now() < until);
}

bool WorkerSignal::call_one() {
  if (waiting_count_ <= call_count_.load(std::memory_order_relaxed)) return false;
  const int calls = call_count_.fetch_add(1, std::memory_order_relaxed) + 1;
  return calls > waiting_count_ - sleeping_count_;
}

void WorkerSignal::call_all() {
  call_count_.store(waiting_count_, std::memory_order_relaxed);
  wake_.notify_all();
}

}  // namespace hangil::runtime
