// SPDX-License-Identifier: Apache-2.0
// Without sanitizers only: they keep a heap of their own.
#if defined(__linux__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include "runtime/large_pages.hpp"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/resource.h>

namespace hangil::runtime {
namespace {

bool has_large_pages() {
  std::ifstream file("/sys/kernel/mm/transparent_hugepage/enabled");
  std::string text;
  std::getline(file, text);
  return !text.empty() && text.find("[never]") == std::string::npos;
}

long fault_count() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_minflt;
}

// Faults of a thread that makes and fills clouds of 2 MB for the first time.
long faults_of_a_thread(bool on_large_pages) {
  long faults = 0;
  std::thread([&] {
    if (on_large_pages) put_heap_on_large_pages();
    const long before = fault_count();
    for (int i = 0; i < 8; ++i) {
      auto* cloud = static_cast<volatile char*>(std::malloc(2'000'000));
      for (int k = 0; k < 2'000'000; k += 4096) cloud[k] = 1;  // never freed: each is memory seen for the first time
    }
    faults = fault_count() - before;
  }).join();
  return faults;
}

TEST(LargePages, CloudsCostAFewFaultsInsteadOfHundredsEach) {
  if (!has_large_pages()) GTEST_SKIP() << "this system has no transparent large pages";
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // as the program sets it, for this process
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  EXPECT_GT(faults_of_a_thread(false), 3000);
  EXPECT_LT(faults_of_a_thread(true), 600);
}

}  // namespace
}  // namespace hangil::runtime

#endif
