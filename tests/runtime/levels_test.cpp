// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include <sched.h>

#include "cpu_hog.hpp"
#include "live_drive.hpp"
#include "runtime/as_driven.hpp"
#include "runtime/frame_control.hpp"
#include "runtime/live_thread.hpp"
#include "runtime/work_control.hpp"

namespace hangil::runtime {
namespace {

constexpr std::int64_t kBudgetNs = 10 * kMs;

int note(WorkControl& control, std::int64_t run_ns) { return control.note({.run_ns = run_ns}); }

TEST(WorkControl, LevelsRiseAfterTwoOverrunsAndFallAfterFiveIdleRuns) {
  WorkControl control({kBudgetNs}, 3, 100);
  EXPECT_EQ(control.allowance(), 100);
  EXPECT_EQ(control.note({.run_ns = 12 * kMs, .operations = 100}), 0);
  EXPECT_EQ(control.note({.run_ns = 12 * kMs, .operations = 100}), 1);
  EXPECT_EQ(control.level(), 1);
  for (int k = 0; k < 4; ++k) EXPECT_EQ(control.note({.run_ns = 4 * kMs, .operations = 100}), 0);
  EXPECT_EQ(control.note({.run_ns = 4 * kMs, .operations = 100}), -1);
  EXPECT_EQ(control.level(), 0);
  control.note({.run_ns = 4 * kMs, .operations = 100});
  EXPECT_EQ(control.allowance(), 200);  // 0.8 * 10 ms at 40 us an operation
}

TEST(WorkControl, AnAllowanceThatCutsIntoTheWorkCountsAsAnOverrun) {
  WorkControl cut({kBudgetNs}, 2, 100), whole({kBudgetNs}, 2, 100);
  for (int k = 0; k < 2; ++k) {
    cut.note({.run_ns = 8 * kMs, .operations = 99, .allowance = 100});
    whole.note({.run_ns = 8 * kMs, .operations = 60, .allowance = 100});
  }
  EXPECT_EQ(cut.level(), 1);
  EXPECT_EQ(whole.level(), 0);
}

TEST(WorkControl, ALevelRestoredTooEarlyIsTriedAgainLater) {
  WorkControl control({kBudgetNs}, 2, 0);
  int last_wait = 0;
  for (int trial = 0; trial < 6; ++trial) {
    while (control.level() == 0) note(control, 30 * kMs);
    int wait = 0;
    while (control.level() == 1) note(control, kMs), ++wait;
    EXPECT_GE(wait, last_wait);
    EXPECT_LE(wait, 80);
    last_wait = wait;
  }
  EXPECT_EQ(last_wait, 80);
  for (int k = 0; k < 30; ++k) note(control, kMs);  // a restored level that holds is forgiven
  while (control.level() == 0) note(control, 30 * kMs);
  int wait = 0;
  while (control.level() == 1) note(control, kMs), ++wait;
  EXPECT_EQ(wait, 5);
}

TEST(WorkControl, NothingIsRestoredWhileFramesAreLate) {
  WorkControl control({kBudgetNs}, 2, 0);
  EXPECT_TRUE(control.reduce());
  EXPECT_FALSE(control.reduce());  // there is no lower one
  for (int k = 0; k < 50; ++k) EXPECT_EQ(control.note({.run_ns = kMs, .are_frames_calm = false}), 0);
  EXPECT_EQ(control.note({.run_ns = kMs}), -1);
}

TEST(FrameControl, TwoLateFramesAskForLessAndTenInTimeAreCalm) {
  FrameControl frames;
  EXPECT_TRUE(frames.are_calm());
  EXPECT_FALSE(frames.note(true));
  EXPECT_FALSE(frames.are_calm());
  EXPECT_FALSE(frames.note(false));
  EXPECT_FALSE(frames.note(true));
  EXPECT_TRUE(frames.note(true));
  for (int k = 0; k < 9; ++k) frames.note(false);
  EXPECT_FALSE(frames.are_calm());
  frames.note(false);
  EXPECT_TRUE(frames.are_calm());
}

// As under load up to its tenth activation: then level 0 takes longer than its budget, or than the frame has.
class LoadedModule : public Module {
 public:
  LoadedModule(Setup& setup, std::chrono::milliseconds run)
      : run_(run), in_(setup.latest<Number>("in0")), out_(setup.output<Number>("out")) {
    setup.levels(2);
  }
  void step(Activation& activation) override {
    if (activation.level() == 0 && activation.ordinal() < 10) std::this_thread::sleep_for(run_);
    activation.publish(out_, activation.get(in_).message->stamp,
                       Number{static_cast<std::uint64_t>(activation.level())});
  }

 private:
  std::chrono::milliseconds run_;
  Latest<Number> in_;
  Output<Number> out_;
};

struct LevelDrive {
  Drive drive;
  Graph graph;
  int reduced = 0, restored = 0;
};

LevelDrive drive_loaded(std::int64_t budget_ns, std::int64_t deadline_ns, bool adapts_work) {
  constexpr std::chrono::milliseconds kRun{120};
  TestGraph test{.source_topics = {"/s"}, .frame_topic = "/s", .output_topic = "/m0"};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .latency_ns = budget_ns}};
  for (int k = 0; k < 40; ++k) test.messages.push_back(number_message(1, k * 30 * kMs, k * 30 * kMs, 1));
  std::vector<base::ConfigProblem> problems;
  LevelDrive made{.graph = make_graph(test, problems)};
  EXPECT_TRUE(problems.empty());
  made.graph.deadline = {deadline_ns};
  made.graph.modules[0].level_count = 2;
  made.graph.modules[0].make = [=](Setup& setup) { return std::make_unique<LoadedModule>(setup, kRun); };
  made.drive = drive_live(made.graph, test, {.worker_count = 1, .adapts_work = adapts_work, .drain = {200 * kMs}});
  for (const EventRecord& event : made.drive.events) {
    if (event.kind != "level_changed") continue;
    (event.text.ends_with("level 1") ? made.reduced : made.restored) += 1;
  }
  return made;
}

void expect_driven_again(const LevelDrive& made) {
  const auto again = replay_as_driven(made.graph, events_of(events_of(made.graph, made.drive.log)),
                                      source_of(made.drive.sources), {.worker_count = 2}, {});
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(again->summary.digest, made.drive.summary.run.digest);
}

TEST(Levels, FallUnderLoadRiseAfterItAndAreDrivenAgain) {
  const LevelDrive made = drive_loaded(100 * kMs, 0, true);
  EXPECT_GE(made.reduced, 1);
  EXPECT_GE(made.restored, 1);
  expect_driven_again(made);
}

TEST(Levels, FallWhenFramesAreLateThoughEveryBudgetIsKept) {
  const LevelDrive made = drive_loaded(1000 * kMs, 60 * kMs, true);
  EXPECT_GE(made.reduced, 1);
  expect_driven_again(made);
}

TEST(Levels, StayWhenTheDriveIsToldNotToAdapt) {
  const LevelDrive made = drive_loaded(100 * kMs, 60 * kMs, false);
  EXPECT_EQ(made.reduced + made.restored, 0);
  EXPECT_GT(std::count_if(made.drive.events.begin(), made.drive.events.end(),
                          [](const EventRecord& event) { return event.kind == "deadline_missed"; }),
            2);
  expect_driven_again(made);
}

// Two threads of one core: what one of them waits while the other runs is told.
TEST(WaitedForCore, GrowsForAThreadThatSharesItsCore) {
  cpu_set_t before, first;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  CPU_ZERO(&first);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&first) == 0; ++cpu) {
    if (CPU_ISSET(cpu, &before)) CPU_SET(cpu, &first);
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof first, &first), 0);
  std::int64_t waited_ns = 0, ran_ns = 0;
  {
    const CpuHog hog(1);  // inherits the core
    const std::int64_t waited_before_ns = waited_for_core_ns(this_thread_id());
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(200)) {
    }
    waited_ns = waited_for_core_ns(this_thread_id()) - waited_before_ns;
    ran_ns = (std::chrono::steady_clock::now() - begin).count();
  }
  sched_setaffinity(0, sizeof before, &before);
  if (waited_for_core_ns(this_thread_id()) == 0) GTEST_SKIP() << "this kernel tells no schedstat";
  EXPECT_GT(waited_ns, 20 * kMs);
  EXPECT_LT(waited_ns, ran_ns);
  EXPECT_EQ(waited_for_core_ns(-1), 0);
}

}  // namespace
}  // namespace hangil::runtime
