// SPDX-License-Identifier: Apache-2.0
#include "runtime/worker_signal.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/run_times.hpp"

namespace hangil::runtime {
namespace {

// Workers that count how often they were called, until they are told to end.
class Called {
 public:
  Called(int worker_count, int cores) : signal_(cores) {
    for (int i = 0; i < worker_count; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Called() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
      signal_.call_all();
    }
    for (std::thread& thread : threads_) thread.join();
  }
  void call() {
    std::unique_lock lock(mutex_);
    const bool must_wake = signal_.call_one();
    lock.unlock();
    if (must_wake) signal_.wake_one();
  }
  void wait_for(int count, int idle_count) {
    while (true) {
      const std::lock_guard lock(mutex_);
      if (count_ >= count && idle_count_ >= idle_count) return;
    }
  }
  int count() {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      ++idle_count_;
      signal_.wait(lock);
      --idle_count_;
      if (is_over_) return;
      ++count_;
    }
  }

  std::mutex mutex_;
  WorkerSignal signal_;
  int count_ = 0, idle_count_ = 0;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

// With one core a waiting worker sleeps at once, with as many as workers it looks out first.
TEST(WorkerSignal, EveryCallIsAnsweredOnceWhetherTheCalledSleepsOrLooksOut) {
  for (const int worker_count : {1, 2, 3}) {
    for (const int claimed_workers : {1, 1000}) {
      Called called(worker_count, claimed_workers);
      for (int k = 1; k <= 300; ++k) {
        called.wait_for(k - 1, worker_count);
        if (k % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        called.call();
        called.wait_for(k, worker_count);
        ASSERT_EQ(called.count(), k);
      }
    }
  }
}

TEST(WorkerSignal, WhenNobodyWaitsNobodyIsCalled) {
  WorkerSignal signal(2);
  EXPECT_FALSE(signal.call_one());
  Called called(1, 1);
  called.wait_for(0, 1);
  called.call(), called.call();  // the second may come while the first is being answered
  called.wait_for(1, 1);
  EXPECT_LE(called.count(), 2);
}

TEST(RunTimes, AModuleIsShortOnceItHasRunAndOnAverage) {
  RunTimes times(2);
  EXPECT_FALSE(times.is_short(0));
  times.note(0, 5'000);
  EXPECT_TRUE(times.is_short(0));
  EXPECT_FALSE(times.is_short(1));
  for (int k = 0; k < 20; ++k) times.note(0, 50'000);
  EXPECT_FALSE(times.is_short(0));
  for (int k = 0; k < 40; ++k) times.note(0, 1'000);
  EXPECT_TRUE(times.is_short(0));
}

}  // namespace
}  // namespace hangil::runtime
