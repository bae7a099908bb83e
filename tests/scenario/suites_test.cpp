// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "scenario/oracle.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::tests {

namespace {

struct Tally {
  int played = 0, count = 0;
};

// Every scenario file below a folder, to its end or a minute; says which do not play and why.
Tally play_all(const std::string& folder) {
  Tally tally;
  Player player;
  scenario::ScenarioLibrary library;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".xosc") continue;
    const auto root = library.document(entry.path().string());
    if (root && !root->child("Storyboard")) continue;  // a catalog or a distribution
    scenario::RunOptions options;
    options.time_limit = base::Duration::seconds(60);
    const auto played = player.play(entry.path().string(), {}, options);
    ++tally.count;
    tally.played += played.ok();
    if (!played) std::printf("%s: %s\n", entry.path().filename().c_str(), played.error().message.c_str());
  }
  return tally;
}

TEST(SuitesNightly, CarlaScenariosPlayOnNamedMaps) {
  HANGIL_NEEDS_DATA(suites_dir() + "/scenario_runner");
  const Tally tally = play_all(suites_dir() + "/scenario_runner");
  std::printf("%d of %d\n", tally.played, tally.count);
  EXPECT_GE(tally.count, 8);
}

TEST(SuitesNightly, FilesOfManyFeaturesPlayOrSayWhatIsMissing) {
  HANGIL_NEEDS_DATA(suites_dir() + "/esmini");
  const Tally tally = play_all(suites_dir() + "/esmini");
  std::printf("%d of %d\n", tally.played, tally.count);
  EXPECT_GE(tally.played, tally.count / 2);
}

}  // namespace

}  // namespace hangil::tests
