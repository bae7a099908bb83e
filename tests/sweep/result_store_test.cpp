// SPDX-License-Identifier: Apache-2.0
#include "sweep/result_store.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sweep/processes.hpp"

namespace hangil::sweep {

namespace {

constexpr std::int64_t kRunCount = 40;

std::string new_folder() {
  std::string path = testing::TempDir() + "sweep_store_XXXXXX";
  EXPECT_NE(::mkdtemp(path.data()), nullptr);
  return path;
}

SweepHeader header(const std::string& seed = "7") {
  SweepHeader header;
  header.run_count = kRunCount;
  header.identity = {{"scenario", "cut in"}, {"seed", seed}};
  return header;
}

SweepRow row(std::int64_t index) {
  SweepRow row{index, {{"speed", std::to_string(index * 0.1)}}, {}};
  row.result.scenario = "cut in #" + std::to_string(index);
  row.result.verdict = index % 3 == 0 ? "FAIL" : "PASS";
  row.result.kpis.min_ttc_s = 1.0 / static_cast<double>(index + 1);
  return row;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// A sweep that goes on where the file is. `worked_on` counts how often each run was driven.
void go_on(const std::string& folder, int worker_count) {
  auto store = ResultStore::open(folder, header(), true);  // those of a killed one may live on for a moment
  ASSERT_TRUE(store.ok()) << store.error().message;
  std::vector<std::size_t> missing;
  for (std::int64_t i = 0; i < kRunCount; ++i) {
    if (store->rows().count(i) == 0) missing.push_back(static_cast<std::size_t>(i));
  }
  const auto ended = run_in_processes(
      missing, {.worker_count = worker_count},
      [](std::size_t i) {
        ::usleep(1000 * (1 + i * 7 % 5));
        return std::to_string(i);
      },
      [&](std::size_t i, JobEnd) { return store->add(row(static_cast<std::int64_t>(i))); });
  ASSERT_TRUE(ended.ok());
  ASSERT_TRUE(store->sort().ok());
}

std::string whole_file() {
  const std::string folder = new_folder();
  go_on(folder, 1);
  return text_of(folder + "/results.jsonl");
}

}  // namespace

TEST(ResultStore, TheFileIsTheSameForAnyNumberOfWorkers) {
  const std::string expected = whole_file();
  for (const int workers : {2, 4}) {
    const std::string folder = new_folder();
    go_on(folder, workers);
    EXPECT_EQ(text_of(folder + "/results.jsonl"), expected) << workers;
  }
}

TEST(ResultStore, KilledAtRandomMomentsAndResumedGivesTheSameFile) {
  const std::string expected = whole_file();
  std::mt19937 random(3);
  for (int trial = 0; trial < 3; ++trial) {
    const std::string folder = new_folder();
    for (int kill = 0; kill < 3; ++kill) {
      const pid_t child = ::fork();
      ASSERT_GE(child, 0);
      if (child == 0) {
        go_on(folder, 2);
        ::_exit(0);
      }
      ::usleep(static_cast<useconds_t>(random() % 40'000));
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
      // Lines of whole runs only grow in number, and none is there twice.
      const std::string text = text_of(folder + "/results.jsonl");
      const auto rows = parse_store(text, "file", nullptr);
      ASSERT_TRUE(rows.ok()) << rows.error().message;
      std::map<std::int64_t, int> times;
      for (const SweepRow& one : *rows) EXPECT_EQ(++times[one.index], 1);
    }
    go_on(folder, 2);
    EXPECT_EQ(text_of(folder + "/results.jsonl"), expected) << trial;
  }
}

TEST(ResultStore, ALineCutShortAnywhereIsDroppedAndWrittenAnew) {
  const std::string expected = whole_file();
  std::mt19937 random(5);
  for (int trial = 0; trial < 8; ++trial) {
    const std::string folder = new_folder();
    write(folder + "/results.jsonl", expected.substr(0, random() % expected.size()));
    go_on(folder, 2);
    EXPECT_EQ(text_of(folder + "/results.jsonl"), expected);
  }
}

TEST(ResultStore, TwoSweepsIntoOneFolderAreRefused) {
  const std::string folder = new_folder();
  const auto first = ResultStore::open(folder, header());
  ASSERT_TRUE(first.ok());
  const auto second = ResultStore::open(folder, header());
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().message.find("another sweep writes"), std::string::npos);
}

TEST(ResultStore, AnotherSweepsFileIsRefusedByWhatDiffers) {
  const std::string folder = new_folder();
  ASSERT_TRUE(ResultStore::open(folder, header()).ok());
  const auto other = ResultStore::open(folder, header("8"));
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().message.find("seed is 7, not 8"), std::string::npos) << other.error().message;
}

TEST(ResultStore, AnotherVersionIsRefusedByItsNumber) {
  const std::string folder = new_folder();
  write(folder + "/results.jsonl", "{\"format\":\"hangil sweep\",\"version\":99,\"later\":true}\n");
  const auto store = ResultStore::open(folder, header());
  ASSERT_FALSE(store.ok());
  EXPECT_NE(store.error().message.find("version 99"), std::string::npos) << store.error().message;
}

TEST(ResultStore, BrokenLinesAreNamed) {
  for (const std::string line : {"no json", "{}", "{\"index\":\"a\"}", "[1,2]", "null"}) {
    const std::string folder = new_folder();
    { ASSERT_TRUE(ResultStore::open(folder, header()).ok()); }
    write(folder + "/results.jsonl", text_of(folder + "/results.jsonl") + line + "\n");
    const auto store = ResultStore::open(folder, header());
    ASSERT_FALSE(store.ok()) << line;
    EXPECT_NE(store.error().message.find("results.jsonl:2: "), std::string::npos) << store.error().message;
  }
}

TEST(ResultStore, WhatIsForgottenIsMissingAndDrivenAnew) {
  const std::string folder = new_folder();
  go_on(folder, 1);
  const std::string whole = text_of(folder + "/results.jsonl");
  {
    auto store = ResultStore::open(folder, header());
    ASSERT_TRUE(store.ok());
    ASSERT_TRUE(store->forget("FAIL").ok());
    EXPECT_EQ(store->rows().size(), static_cast<std::size_t>(kRunCount) - (kRunCount + 2) / 3);
  }
  EXPECT_EQ(parse_store(text_of(folder + "/results.jsonl"), "file", nullptr)->size(),
            static_cast<std::size_t>(kRunCount) - (kRunCount + 2) / 3);
  go_on(folder, 2);
  EXPECT_EQ(text_of(folder + "/results.jsonl"), whole);
}

TEST(ResultStore, AFullDiskLosesNothingThatWasThere) {
  const std::string folder = new_folder();
  {
    auto store = ResultStore::open(folder, header());
    ASSERT_TRUE(store.ok());
    for (std::int64_t i = 0; i < 10; ++i) ASSERT_TRUE(store->add(row(i)).ok());
  }
  const std::string before = text_of(folder + "/results.jsonl");
  const pid_t child = ::fork();
  if (child == 0) {
    auto store = ResultStore::open(folder, header());
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{before.size() + 100, before.size() + 100};  // less than a line more
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto added = store->add(row(10));
    ::_exit(!added.ok() && added.error().message.find("cannot be written") != std::string::npos ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(text_of(folder + "/results.jsonl"), before);
  go_on(folder, 1);
  EXPECT_EQ(text_of(folder + "/results.jsonl"), whole_file());
}

TEST(ResultStore, DamagedFilesAreReadOrRefused) {
  const std::string text = whole_file();
  std::mt19937 random(11);
  for (int i = 0; i < 300; ++i) {
    std::string damaged = text;
    for (int k = 0; k < 3; ++k) damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    const auto rows = parse_store(damaged, "file", nullptr);
    const std::string said = rows.ok() ? "file:" : rows.error().message;
    EXPECT_EQ(said.find("file:"), 0U) << said;
  }
}

}  // namespace hangil::sweep
