// SPDX-License-Identifier: Apache-2.0
#include "sweep/processes.hpp"

#include <csignal>
#include <cstdio>
#include <map>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace hangil::sweep {

namespace {

std::map<std::size_t, JobEnd> run_jobs_of(std::size_t count, const ProcessOptions& options, const Job& job) {
  std::vector<std::size_t> jobs;
  for (std::size_t i = 0; i < count; ++i) jobs.push_back(i);
  std::map<std::size_t, JobEnd> ends;
  const auto status = run_in_processes(jobs, options, job, [&](std::size_t i, JobEnd end) -> base::Status {
    EXPECT_EQ(ends.count(i), 0U) << "job " << i << " ended twice";
    ends[i] = std::move(end);
    return {};
  });
  EXPECT_TRUE(status.ok());
  return ends;
}

// What a job may do to its process, by number.
std::string misbehave(std::size_t i) {
  if (i == 1) ::raise(SIGKILL);
  if (i == 2) ::_exit(7);
  if (i == 3) {
    std::puts("before it hung");
    std::fflush(stdout);
    for (;;) ::pause();
  }
  if (i == 4) {
    const rlimit none{0, 0};  // as on a full disk
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &none);
    std::FILE* file = std::tmpfile();
    return std::string("wrote ") +
           (file != nullptr && std::fputs("x", file) >= 0 && std::fflush(file) == 0 ? "it" : "nothing");
  }
  return "job " + std::to_string(i);
}

}  // namespace

TEST(RunInProcesses, EveryJobEndsOnceOnAnyNumberOfWorkers) {
  for (const int workers : {1, 2, 4}) {
    const auto ends = run_jobs_of(9, {.worker_count = workers}, [](std::size_t i) { return std::to_string(i * i); });
    ASSERT_EQ(ends.size(), 9U);
    for (const auto& [i, end] : ends) {
      EXPECT_EQ(end.output, std::to_string(i * i));
      EXPECT_EQ(end.problem, "");
    }
  }
}

TEST(RunInProcesses, OneThatDiesHangsOrCannotWriteHarmsNoOther) {
  auto ends = run_jobs_of(6, {.worker_count = 2, .time_limit_s = 1.5}, misbehave);
  ASSERT_EQ(ends.size(), 6U);
  EXPECT_EQ(ends[0].output, "job 0");
  EXPECT_NE(ends[1].problem.find("its process died: Killed"), std::string::npos) << ends[1].problem;
  EXPECT_NE(ends[2].problem.find("exit status 7"), std::string::npos) << ends[2].problem;
  EXPECT_NE(ends[3].problem.find("time limit"), std::string::npos) << ends[3].problem;
  EXPECT_EQ(ends[3].log, "before it hung\n");
  EXPECT_EQ(ends[4].output, "wrote nothing");
  EXPECT_EQ(ends[5].output, "job 5");
}

TEST(RunInProcesses, LongOutputArrivesWholeAndLongLogsKeepTheirEnd) {
  const auto ends = run_jobs_of(2, {}, [](std::size_t i) {
    for (int line = 0; line < 20000; ++line) std::printf("line %d\n", line);
    return std::string(3'000'000, static_cast<char>('a' + i));
  });
  ASSERT_EQ(ends.size(), 2U);
  EXPECT_EQ(ends.at(1).output, std::string(3'000'000, 'b'));
  EXPECT_LE(ends.at(0).log.size(), 64U * 1024);
  EXPECT_NE(ends.at(0).log.find("line 19999\n"), std::string::npos);
}

TEST(RunInProcesses, AJobThatPrintsWithoutEndCostsNoMemory) {
  rusage before{}, after{};
  ::getrusage(RUSAGE_SELF, &before);
  const auto ends = run_jobs_of(1, {}, [](std::size_t) {
    const std::string line(1 << 16, 'x');
    for (int i = 0; i < 1600; ++i) std::fwrite(line.data(), 1, line.size(), stdout);  // 100 MiB
    std::puts("the end");
    return std::string("x");
  });
  ::getrusage(RUSAGE_SELF, &after);
  EXPECT_LE(ends.at(0).log.size(), 64U * 1024);
  EXPECT_EQ(ends.at(0).log.substr(ends.at(0).log.size() - 8), "the end\n");
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 40 * 1024) << "KiB";
}

TEST(RunInProcesses, AnErrorOfTheParentEndsTheWhole) {
  int told = 0;
  const auto status = run_in_processes(
      {0, 1, 2}, {}, [](std::size_t) { return std::string("x"); },
      [&](std::size_t, JobEnd) -> base::Status {
        ++told;
        return base::Error{"the disk is full"};
      });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "the disk is full");
  EXPECT_EQ(told, 1);
}

TEST(RunInProcesses, StoppingKillsWhatRuns) {
  std::atomic<bool> should_stop = false;
  int told = 0;
  const auto status = run_in_processes(
      {0, 1, 2}, {.worker_count = 2, .should_stop = &should_stop},
      [](std::size_t i) {
        if (i == 1) ::pause();
        return std::string("x");
      },
      [&](std::size_t, JobEnd) -> base::Status {
        should_stop = true;
        ++told;
        return {};
      });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(told, 1);
}

}  // namespace hangil::sweep
