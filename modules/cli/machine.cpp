// SPDX-License-Identifier: Apache-2.0
#include "cli/machine.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sched.h>
#include <sys/resource.h>

namespace hangil::cli {

namespace {

std::string first_line(const std::string& path) {
  std::ifstream stream(path);
  std::string line;
  std::getline(stream, line);
  return line;
}

// The value in the first line "key   : value", "key=value" or "key:\tvalue" of a file; empty when there is none.
std::string value_of(const std::string& path, const std::string& key) {
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t end = line.find_first_of(":=");
    if (end == std::string::npos || line.rfind(key, 0) != 0) continue;
    if (line.find_first_not_of(" \t", key.size()) != end) continue;
    const std::size_t start = line.find_first_not_of(" \t\"", end + 1);
    const std::size_t last = line.find_last_not_of(" \t\"");
    return start == std::string::npos ? "" : line.substr(start, last + 1 - start);
  }
  return "";
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> found;
  for (std::string word; stream >> word;) found.push_back(word);
  return found;
}

std::int64_t number(const std::string& text, std::int64_t otherwise) {
  std::istringstream stream(text);
  std::int64_t value = 0;
  return stream >> value ? value : otherwise;
}

bool has_all(const std::vector<std::string>& flags, std::initializer_list<const char*> wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const char* flag) { return std::find(flags.begin(), flags.end(), flag) != flags.end(); });
}

std::int32_t usable_core_count() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

// cgroup v2 "cpu.max": "200000 100000", or "max 100000".
double core_quota(const std::string& root) {
  std::istringstream stream(first_line(root + "/sys/fs/cgroup/cpu.max"));
  double allowed = 0, period = 0;
  return stream >> allowed >> period && period > 0 ? allowed / period : -1;
}

std::int64_t kibibytes(const std::string& text) {
  const std::int64_t value = number(text, -1);
  return value < 0 ? -1 : value * 1024;
}

// A container's limit when it is the smaller one.
std::int64_t memory_bytes(const std::string& root) {
  const std::int64_t whole = kibibytes(value_of(root + "/proc/meminfo", "MemTotal"));
  const std::int64_t limit = number(first_line(root + "/sys/fs/cgroup/memory.max"), -1);
  return limit > 0 && (whole < 0 || limit < whole) ? limit : whole;
}

std::int64_t disk_free_bytes() {
  std::error_code error;
  const auto space = std::filesystem::space(".", error);
  return error ? -1 : static_cast<std::int64_t>(space.available);
}

std::int64_t limit_of(__rlimit_resource resource) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0) return 0;
  return limit.rlim_cur == RLIM_INFINITY ? -1 : static_cast<std::int64_t>(limit.rlim_cur);
}

// "always [madvise] never" -> "madvise".
std::string selected(const std::string& choices) {
  const std::size_t start = choices.find('['), end = choices.find(']');
  return start == std::string::npos || end == std::string::npos ? "" : choices.substr(start + 1, end - start - 1);
}

}  // namespace

std::string instruction_level(const std::vector<std::string>& flags) {
  // LZCNT belongs to v3 too, but some kernels do not list it ("abm"); no processor has the rest without it.
  if (!has_all(flags, {"cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"})) return "x86-64";
  if (!has_all(flags, {"avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave"})) return "x86-64-v2";
  if (!has_all(flags, {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"})) return "x86-64-v3";
  return "x86-64-v4";
}

Machine read_machine(const std::string& root) {
  Machine machine;
  machine.system = value_of(root + "/etc/os-release", "PRETTY_NAME");
  machine.kernel = first_line(root + "/proc/sys/kernel/osrelease");
  machine.cpu = value_of(root + "/proc/cpuinfo", "model name");
  machine.core_count = usable_core_count();
  machine.core_quota = core_quota(root);
  const std::vector<std::string> flags = words(value_of(root + "/proc/cpuinfo", "flags"));
  if (!flags.empty()) machine.instruction_level = instruction_level(flags);
  for (const char* feature : {"sse4_2", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16"}) {
    if (has_all(flags, {feature})) machine.vector_features.push_back(feature);
  }
  machine.memory_bytes = memory_bytes(root);
  machine.memory_available_bytes = kibibytes(value_of(root + "/proc/meminfo", "MemAvailable"));
  machine.disk_free_bytes = disk_free_bytes();
  return machine;
}

RealTime read_real_time(const std::string& root) {
  RealTime real_time;
  real_time.priority_limit = limit_of(RLIMIT_RTPRIO);
  real_time.locked_bytes_limit = limit_of(RLIMIT_MEMLOCK);
  const std::string capabilities = value_of(root + "/proc/self/status", "CapEff");
  std::istringstream stream(capabilities);
  std::uint64_t bits = 0;
  stream >> std::hex >> bits;
  real_time.may_raise_priority = (bits >> 23 & 1) != 0;  // CAP_SYS_NICE, capability.h
  real_time.may_lock_memory = (bits >> 14 & 1) != 0;     // CAP_IPC_LOCK
  real_time.is_preempt_rt = first_line(root + "/sys/kernel/realtime") == "1";
  real_time.governor = first_line(root + "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  real_time.huge_pages = selected(first_line(root + "/sys/kernel/mm/transparent_hugepage/enabled"));
  return real_time;
}

}  // namespace hangil::cli
