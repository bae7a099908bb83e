// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <thread>
#include <vector>

namespace hangil::runtime {

// Threads that want all the cores as long as it lives.
class CpuHog {
 public:
  explicit CpuHog(int thread_count) {
    for (int i = 0; i < thread_count; ++i) {
      threads_.emplace_back([this] {
        while (!is_over_.load(std::memory_order_relaxed)) {
        }
      });
    }
  }
  ~CpuHog() {
    is_over_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  CpuHog(const CpuHog&) = delete;
  CpuHog& operator=(const CpuHog&) = delete;

 private:
  std::atomic<bool> is_over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hangil::runtime
