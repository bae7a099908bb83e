// SPDX-License-Identifier: Apache-2.0
#include "cli/health.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace hangil::cli {

namespace {

constexpr std::int64_t kMebibyte = 1 << 20;
constexpr std::int64_t kGibibyte = 1 << 30;

using Findings = std::vector<Finding>;

void judge_processor(const Machine& machine, Findings& findings) {
  if (machine.instruction_level == "x86-64") {
    findings.push_back({true, "this processor lacks SSE4.2 or POPCNT, which every binary of Hangil uses",
                        "use a machine made since 2010"});
  } else if (machine.instruction_level == "x86-64-v2") {
    findings.push_back({false, "no AVX2 here: the hot kernels run in their slower form", "none needed; results agree"});
  }
  const bool is_narrow = machine.core_count < 2 || (machine.core_quota > 0 && machine.core_quota < 2);
  if (is_narrow) {
    findings.push_back({false, "fewer than two cores: a replay with two workers is no faster than with one",
                        "give the machine or container two cores or more"});
  }
}

void judge_space(const Machine& machine, Findings& findings) {
  if (machine.memory_available_bytes >= 0 && machine.memory_available_bytes < kGibibyte) {
    findings.push_back({true, "less than 1 GiB of memory is available; a replay may take that much",
                        "close programs, or use a machine with 2 GiB or more"});
  } else if (machine.memory_bytes >= 0 && machine.memory_bytes < 4 * kGibibyte) {
    findings.push_back({false, "less than 4 GiB of memory: building with two jobs may run out of it",
                        "build with cmake --build --preset release -j1"});
  }
  if (machine.disk_free_bytes >= 0 && machine.disk_free_bytes < 2 * kGibibyte) {
    findings.push_back({false, "less than 2 GiB of disk is free here; recordings and build trees are large",
                        "free some, or write recordings elsewhere with -o"});
  }
}

std::string missing_of(const std::vector<Package>& packages, std::string_view group) {
  std::string names;
  for (const Package& package : packages) {
    if (package.is_in(group) && !package.is_present) names += (names.empty() ? "" : " ") + package.name;
  }
  return names;
}

void judge_packages(const std::vector<Package>& packages, Findings& findings) {
  const std::string run = missing_of(packages, "run");
  if (!run.empty()) findings.push_back({true, "building needs packages that are missing: " + run, "scripts/setup.sh"});
  std::string test = missing_of(packages, "test");
  const std::string bench = missing_of(packages, "bench");
  test += (test.empty() || bench.empty() ? "" : " ") + bench;
  if (!test.empty()) {
    findings.push_back({false, "tests and benchmarks need packages that are missing: " + test,
                        "scripts/setup.sh --test (scripts/test.sh does it itself)"});
  }
}

void judge_modules(const Health& health, Findings& findings) {
  if (!health.module_libraries.empty()) return;
  findings.push_back({true, "no module libraries in " + health.module_dir + "; no pipeline can load",
                      "cmake --build --preset release --target hangil_modules"});
}

void judge_real_time(const RealTime& real_time, Findings& findings) {
  if (real_time.priority_limit == 0 && !real_time.may_raise_priority) {
    findings.push_back({false, "live: real-time priorities are not allowed (RLIMIT_RTPRIO 0, no CAP_SYS_NICE)",
                        "add '<user> - rtprio 80' to /etc/security/limits.conf and log in again"});
  }
  const bool may_lock = real_time.may_lock_memory || real_time.locked_bytes_limit < 0;
  if (!may_lock && real_time.locked_bytes_limit < 512 * kMebibyte) {
    findings.push_back({false, "live: memory cannot be locked (RLIMIT_MEMLOCK below 512 MiB, no CAP_IPC_LOCK)",
                        "add '<user> - memlock unlimited' to /etc/security/limits.conf and log in again"});
  }
  if (!real_time.governor.empty() && real_time.governor != "performance") {
    findings.push_back({false, "live: the cores slow down when idle (governor " + real_time.governor + ")",
                        "cpupower frequency-set -g performance"});
  }
  if (real_time.huge_pages == "always") {
    findings.push_back({false, "live: transparent huge pages are 'always'; their compaction stalls a step now and then",
                        "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled, as root"});
  }
}

std::string size_text(std::int64_t bytes) {
  return bytes < 0 ? "unknown" : fmt::format("{:.1f} GiB", static_cast<double>(bytes) / static_cast<double>(kGibibyte));
}

std::string limit_text(std::int64_t limit) { return limit < 0 ? "unlimited" : std::to_string(limit); }

std::string or_unknown(const std::string& text) { return text.empty() ? "unknown" : text; }

std::string machine_text(const Machine& machine) {
  const std::string quota = machine.core_quota > 0 ? fmt::format(" (quota {:.1f})", machine.core_quota) : "";
  return fmt::format(
      "system     {}, Linux {}\nprocessor  {}, {} cores{}\n           {}: {}\n"
      "memory     {}, {} available; {} of disk free here\n",
      or_unknown(machine.system), or_unknown(machine.kernel), or_unknown(machine.cpu), machine.core_count, quota,
      or_unknown(machine.instruction_level), fmt::join(machine.vector_features, " "), size_text(machine.memory_bytes),
      size_text(machine.memory_available_bytes), size_text(machine.disk_free_bytes));
}

std::string packages_text(const std::vector<Package>& packages) {
  std::string text;
  for (const char* group : {"run", "test", "bench", "dev"}) {
    const auto in_group = [&](const Package& package) { return package.is_in(group); };
    const auto there = [&](const Package& package) { return package.is_in(group) && package.is_present; };
    text += fmt::format("{}{} {} of {}", text.empty() ? "" : ", ", group,
                        std::count_if(packages.begin(), packages.end(), there),
                        std::count_if(packages.begin(), packages.end(), in_group));
  }
  return "packages   " + text + "\n";
}

std::string real_time_text(const RealTime& real_time) {
  const auto yes = [](bool is_so) { return is_so ? "yes" : "no"; };
  return fmt::format(
      "real time  priority limit {}, memlock {}, CAP_SYS_NICE {}, CAP_IPC_LOCK {}\n"
      "           PREEMPT_RT {}, governor {}, transparent huge pages {}\n",
      limit_text(real_time.priority_limit), limit_text(real_time.locked_bytes_limit), yes(real_time.may_raise_priority),
      yes(real_time.may_lock_memory), yes(real_time.is_preempt_rt), or_unknown(real_time.governor),
      or_unknown(real_time.huge_pages));
}

}  // namespace

std::vector<Finding> judge(const Health& health) {
  Findings findings;
  judge_processor(health.machine, findings);
  judge_space(health.machine, findings);
  judge_packages(health.packages, findings);
  judge_modules(health, findings);
  judge_real_time(health.real_time, findings);
  std::stable_partition(findings.begin(), findings.end(), [](const Finding& finding) { return finding.is_blocking; });
  return findings;
}

std::string health_text(const Health& health) {
  std::string text = machine_text(health.machine) + packages_text(health.packages) + real_time_text(health.real_time);
  text += fmt::format("modules    {} in {}\n\n", health.module_libraries.size(), health.module_dir);
  for (const Finding& finding : health.findings) {
    text += fmt::format("{} {}\n      do: {}\n", finding.is_blocking ? "FAILS" : "note ", finding.what, finding.remedy);
  }
  return text + (health.findings.empty() ? "Everything fits.\n" : "");
}

}  // namespace hangil::cli
