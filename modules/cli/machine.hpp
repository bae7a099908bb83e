// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"

namespace hangil::cli {

// What `hangil doctor` finds out about a machine. Sizes in bytes; -1 or an empty text where it cannot be known.
struct Machine {
  static constexpr std::string_view kType = "hangil/Machine";
  std::string system, kernel, cpu;
  std::int32_t core_count = 0;    // cores this process may use
  double core_quota = -1;         // of a container; -1: none
  std::string instruction_level;  // "x86-64-v3"
  std::vector<std::string> vector_features;
  std::int64_t memory_bytes = -1, memory_available_bytes = -1, disk_free_bytes = -1;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("system", self.system);
    visit("kernel", self.kernel);
    visit("cpu", self.cpu);
    visit("core_count", self.core_count);
    visit("core_quota", self.core_quota);
    visit("instruction_level", self.instruction_level);
    visit("vector_features", self.vector_features);
    visit("memory_bytes", self.memory_bytes);
    visit("memory_available_bytes", self.memory_available_bytes);
    visit("disk_free_bytes", self.disk_free_bytes);
  }
};

// What a live run with deadlines depends on.
struct RealTime {
  static constexpr std::string_view kType = "hangil/RealTime";
  std::int64_t priority_limit = 0;      // RLIMIT_RTPRIO; -1: unlimited
  std::int64_t locked_bytes_limit = 0;  // RLIMIT_MEMLOCK; -1: unlimited
  bool may_raise_priority = false;      // CAP_SYS_NICE
  bool may_lock_memory = false;         // CAP_IPC_LOCK
  bool is_preempt_rt = false;
  std::string governor, huge_pages;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("priority_limit", self.priority_limit);
    visit("locked_bytes_limit", self.locked_bytes_limit);
    visit("may_raise_priority", self.may_raise_priority);
    visit("may_lock_memory", self.may_lock_memory);
    visit("is_preempt_rt", self.is_preempt_rt);
    visit("governor", self.governor);
    visit("huge_pages", self.huge_pages);
  }
};

// Reads /proc, /sys and /etc below `root` (another folder in tests); free disk space is that of the working folder.
Machine read_machine(const std::string& root = "");
RealTime read_real_time(const std::string& root = "");

// The x86-64 psABI level that a list of /proc/cpuinfo flags reaches: "x86-64", "x86-64-v2" to "x86-64-v4".
std::string instruction_level(const std::vector<std::string>& flags);

}  // namespace hangil::cli
