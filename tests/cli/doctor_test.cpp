// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/health.hpp"

namespace hangil::cli {
namespace {

// A folder that stands in for "/".
class FakeRoot {
 public:
  explicit FakeRoot(const std::string& name)
      : path_(::testing::TempDir() + "hangil_root_" + std::to_string(::getpid()) + name) {
    std::filesystem::remove_all(path_);
  }
  ~FakeRoot() { std::filesystem::remove_all(path_); }
  FakeRoot(const FakeRoot&) = delete;
  FakeRoot& operator=(const FakeRoot&) = delete;

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path_ + file).parent_path());
    std::ofstream(path_ + file) << text;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

constexpr char kV3Flags[] = "fpu cx16 lahf_lm popcnt sse4_1 sse4_2 ssse3 avx avx2 bmi1 bmi2 f16c fma movbe xsave";

Health sound_health() {
  Health health;
  health.machine = {.core_count = 4, .instruction_level = "x86-64-v3"};
  health.machine.memory_bytes = health.machine.memory_available_bytes = 16LL << 30;
  health.machine.disk_free_bytes = 100LL << 30;
  health.real_time = {.priority_limit = 95, .locked_bytes_limit = -1, .governor = "performance"};
  health.packages = {{"cmake", "3.25", "run", "builds", true}, {"libgtest-dev", "1.12", "test", "tests", true}};
  health.module_libraries = {"libhangil_tracker.so"};
  return health;
}

TEST(Machine, IsReadFromTheFilesOfAKernel) {
  FakeRoot root("machine");
  root.write("/etc/os-release", "NAME=\"X\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
  root.write("/proc/sys/kernel/osrelease", "6.1.0-13-amd64\n");
  root.write("/proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\nflags\t\t: " + std::string(kV3Flags) +
                                  "\nprocessor\t: 1\nmodel name\t: Another\n");
  root.write("/proc/meminfo", "MemTotal:       8000000 kB\nMemFree: 1 kB\nMemAvailable:    3000000 kB\n");
  root.write("/sys/fs/cgroup/cpu.max", "150000 100000\n");
  root.write("/sys/fs/cgroup/memory.max", "4096000\n");
  const Machine machine = read_machine(root.path());
  EXPECT_EQ(machine.system, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(machine.kernel, "6.1.0-13-amd64");
  EXPECT_EQ(machine.cpu, "Some CPU @ 2 GHz");
  EXPECT_EQ(machine.instruction_level, "x86-64-v3");
  EXPECT_EQ(machine.vector_features, (std::vector<std::string>{"sse4_2", "avx2", "fma"}));
  EXPECT_EQ(machine.memory_bytes, 4096000);
  EXPECT_EQ(machine.memory_available_bytes, 3000000LL * 1024);
  EXPECT_EQ(machine.core_quota, 1.5);
  EXPECT_GE(machine.core_count, 1);
}

TEST(Machine, MissingFilesLeaveUnknowns) {
  const Machine machine = read_machine("/nowhere");
  EXPECT_EQ(machine.memory_bytes, -1);
  EXPECT_EQ(machine.core_quota, -1);
  EXPECT_EQ(machine.instruction_level, "");
  EXPECT_NE(health_text({.machine = machine}).find("unknown"), std::string::npos);
}

TEST(RealTime, ReadsCapabilitiesAndKernelSettings) {
  FakeRoot root("real_time");
  root.write("/proc/self/status", "Name:\tx\nCapEff:\t0000000000800000\n");
  root.write("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  root.write("/sys/kernel/realtime", "1\n");
  root.write("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
  const RealTime real_time = read_real_time(root.path());
  EXPECT_TRUE(real_time.may_raise_priority);
  EXPECT_FALSE(real_time.may_lock_memory);
  EXPECT_TRUE(real_time.is_preempt_rt);
  EXPECT_EQ(real_time.huge_pages, "madvise");
  EXPECT_EQ(real_time.governor, "powersave");
}

TEST(InstructionLevel, NeedsEveryFlagOfTheLevel) {
  const std::vector<std::string> v2 = {"cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"};
  EXPECT_EQ(instruction_level({}), "x86-64");
  EXPECT_EQ(instruction_level(v2), "x86-64-v2");
  auto almost = v2;
  almost.pop_back();
  EXPECT_EQ(instruction_level(almost), "x86-64");
}

TEST(PackageList, ReadsItsFiveColumns) {
  const auto packages = parse_package_list(
      "# name | v | l | g | w\ng++ | 12 | GPL | run | compiles\nbad line\n"
      "a | 1 | MIT | test, bench | why | too many\nb | 1 | MIT | test, bench | why\n");
  ASSERT_EQ(packages.size(), 2u);
  EXPECT_EQ(packages[0].name, "g++");
  EXPECT_EQ(packages[0].why, "compiles");
  EXPECT_TRUE(packages[1].is_in("test"));
  EXPECT_TRUE(packages[1].is_in("bench"));
  EXPECT_FALSE(packages[1].is_in("run"));
}

TEST(PackageList, BuiltInOneNamesTheCompiler) {
  const auto packages = parse_package_list(built_in_package_list());
  EXPECT_TRUE(std::any_of(packages.begin(), packages.end(), [](const Package& p) { return p.name == "g++"; }));
}

TEST(PackageList, PresentMeansInstalledOrAProgramOnThePath) {
  FakeRoot root("packages");
  root.write("/status", "Package: a\nStatus: install ok installed\n\nPackage: b\nStatus: deinstall ok config-files\n");
  root.write("/bin/c", "");
  std::vector<Package> packages = {{"a"}, {"b"}, {"c"}, {"d"}};
  mark_present(packages, installed_packages(root.path() + "/status"), "/nowhere:" + root.path() + "/bin");
  EXPECT_TRUE(packages[0].is_present);
  EXPECT_FALSE(packages[1].is_present);
  EXPECT_TRUE(packages[2].is_present);
  EXPECT_FALSE(packages[3].is_present);
}

TEST(Judge, FindsNothingOnASoundMachine) {
  const Health health = sound_health();
  EXPECT_TRUE(judge(health).empty());
  EXPECT_NE(health_text(health).find("Everything fits."), std::string::npos);
}

TEST(Judge, EachShortcomingIsOneFindingWithARemedy) {
  struct Case {
    const char* words;
    bool is_blocking;
    void (*spoil)(Health&);
  };
  const Case cases[] = {
      {"SSE4.2", true, [](Health& h) { h.machine.instruction_level = "x86-64"; }},
      {"no AVX2", false, [](Health& h) { h.machine.instruction_level = "x86-64-v2"; }},
      {"two cores", false, [](Health& h) { h.machine.core_count = 1; }},
      {"two cores", false, [](Health& h) { h.machine.core_quota = 1; }},
      {"1 GiB of memory", true, [](Health& h) { h.machine.memory_available_bytes = 1000; }},
      {"4 GiB of memory", false, [](Health& h) { h.machine.memory_bytes = 2LL << 30; }},
      {"2 GiB of disk", false, [](Health& h) { h.machine.disk_free_bytes = 5; }},
      {"missing: cmake", true, [](Health& h) { h.packages[0].is_present = false; }},
      {"missing: libgtest-dev", false, [](Health& h) { h.packages[1].is_present = false; }},
      {"no module libraries", true, [](Health& h) { h.module_libraries.clear(); }},
      {"priorities", false, [](Health& h) { h.real_time.priority_limit = 0; }},
      {"locked", false, [](Health& h) { h.real_time.locked_bytes_limit = 8 << 20; }},
      {"governor powersave", false, [](Health& h) { h.real_time.governor = "powersave"; }},
      {"huge pages", false, [](Health& h) { h.real_time.huge_pages = "always"; }},
  };
  for (const Case& planted : cases) {
    Health health = sound_health();
    planted.spoil(health);
    const auto findings = judge(health);
    ASSERT_EQ(findings.size(), 1u) << planted.words;
    EXPECT_NE(findings[0].what.find(planted.words), std::string::npos) << findings[0].what;
    EXPECT_EQ(findings[0].is_blocking, planted.is_blocking) << planted.words;
    EXPECT_FALSE(findings[0].remedy.empty());
  }
}

TEST(Judge, BlockingFindingsComeFirst) {
  Health health = sound_health();
  health.machine.core_count = 1;
  health.module_libraries.clear();
  const auto findings = judge(health);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_TRUE(findings[0].is_blocking);
  EXPECT_FALSE(findings[1].is_blocking);
}

}  // namespace
}  // namespace hangil::cli
