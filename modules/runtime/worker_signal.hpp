// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace hangil::runtime {

// How workers with nothing to do wait until one that has more than it can do calls them. Waking a sleeping thread costs
// the caller and the called 10 to 30 us each, so a waiting worker first looks out for a call for a while, where every
// worker can have a core. All members but wake_one are
// called under the lock that `wait` is given.
class WorkerSignal {
 public:
  explicit WorkerSignal(int worker_count);

  // Until called. The lock is released meanwhile.
  void wait(std::unique_lock<std::mutex>& lock);
  // Calls one worker more than are called already, if one is left. True: it may sleep, wake_one() has to follow.
  [[nodiscard]] bool call_one();
  void call_all();

  // Best without the lock, which the woken worker wants at once.
  void wake_one() { wake_.notify_one(); }

 private:
  void look_out() const;

  bool may_look_out_;
  std::atomic<int> call_count_ = 0;  // calls that nobody has answered yet; written under the lock
  int waiting_count_ = 0, sleeping_count_ = 0;
  std::condition_variable wake_;
};

}  // namespace hangil::runtime
