// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "scenario/distribution.hpp"
#include "scenario/oracle.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::tests {

namespace {

// Files of the public suites that do not play, and what of them is not there or wrong. Every other one plays.
struct Unplayable {
  std::string_view file, why;
};
constexpr std::array kUnresolved = {
    Unplayable{"alks_r157_quick_stop_test.xosc", "'TargetBrakeRate' is not declared"},
    Unplayable{"controller_conflict_1_3.xosc", "'model' is not declared"},
    Unplayable{"environment_catalog_test.xosc", "no catalog 'EnvironmentCatalog'"},
    Unplayable{"miscobj_mix.xosc", "no catalog 'MiscObjectCatalog'"},
    Unplayable{"scenario_runner_with_acts.xosc", "no catalog 'my_trajectory_catalog'"},
    Unplayable{"auto_light.xosc", "no catalog 'VehicleCatalog'"},
    Unplayable{"car_walk.xosc", "no catalog 'openx_assets_3d.catalog'"},
    Unplayable{"cut-in_environment.xosc", "no catalog 'EnvironmentCatalog'"},
    Unplayable{"light_state.xosc", "no catalog 'MiscObjectCatalog'"},
    Unplayable{"synchronize.xosc", "'AccRate' is not declared"},
    // Places that are not there.
    Unplayable{"relative_pos_over_intersection.xosc", "s = 100"},
    Unplayable{"star_position_types.xosc", "has no lane 2"},
    Unplayable{"ltap-od-relative-speed.xosc", "s = 455"},
};

std::string_view why_unplayable(const std::string& file) {
  for (const Unplayable& one : kUnresolved) {
    if (file == one.file) return one.why;
  }
  return {};
}

bool is_scenario(scenario::ScenarioLibrary& library, const std::string& path) {
  const auto root = library.document(path);
  return !root || root->child("Storyboard");  // else a catalog or a distribution
}

std::vector<std::string> scenarios_below(const std::string& folder) {
  scenario::ScenarioLibrary library;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".xosc" && is_scenario(library, entry.path().string()))
      paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool has_unsupported(scenario::ScenarioLibrary& library, const std::string& path) {
  const auto read = scenario::read_scenario(library, path);
  return read && std::any_of(read->findings.begin(), read->findings.end(), [](const scenario::Finding& finding) {
           return finding.severity == scenario::Severity::kUnsupported;
         });
}

struct Tally {
  int count = 0, resolved = 0, played = 0, unsupported = 0;
};

// Plays every n-th scenario below a folder to its end or a minute. Each plays, or fails for the reason listed.
Tally play_all(const std::string& folder, std::size_t stride) {
  Tally tally;
  Player player;
  scenario::ScenarioLibrary library;
  const auto paths = scenarios_below(folder);
  for (std::size_t i = 0; i < paths.size(); i += stride) {
    const std::string name = std::filesystem::path(paths[i]).filename().string();
    scenario::RunOptions options;
    options.time_limit = base::Duration::seconds(60);
    const auto played = player.play(paths[i], {}, options);
    const std::string_view why = why_unplayable(name);
    ++tally.count;
    tally.resolved += why.empty();
    tally.played += played.ok();
    tally.unsupported += why.empty() && has_unsupported(library, paths[i]);
    EXPECT_EQ(played.ok(), why.empty()) << paths[i] << ": " << (played ? "plays now" : played.error().message);
    if (!played && !why.empty()) {
      EXPECT_NE(played.error().message.find(why), std::string::npos) << played.error().message;
    }
  }
  return tally;
}

void print(const Tally& tally) {
  std::printf("%d scenarios: %d whose references resolve, %d of these with an element that is not supported, %d play\n",
              tally.count, tally.resolved, tally.unsupported, tally.played);
}

TEST(Suites, ASampleOfPublicScenariosPlays) {
  HANGIL_NEEDS_DATA(suites_dir() + "/esmini");
  EXPECT_GT(play_all(suites_dir() + "/esmini", 12).played, 8);
  EXPECT_EQ(play_all(suites_dir() + "/scenario_runner", 4).played, 2);
}

TEST(SuitesNightly, EveryCarlaScenarioPlaysOnANamedMap) {
  HANGIL_NEEDS_DATA(suites_dir() + "/scenario_runner");
  const Tally tally = play_all(suites_dir() + "/scenario_runner", 1);
  print(tally);
  EXPECT_EQ(tally.count, 8);
  EXPECT_EQ(tally.played, 8);
}

TEST(SuitesNightly, EveryScenarioOfManyFeaturesPlaysIfItsReferencesResolve) {
  HANGIL_NEEDS_DATA(suites_dir() + "/esmini");
  const Tally tally = play_all(suites_dir() + "/esmini", 1);
  print(tally);
  EXPECT_GE(tally.count, 145);
  EXPECT_EQ(tally.played, tally.resolved);
  EXPECT_LE(tally.unsupported, 0.08 * tally.resolved);
}

struct PointTally {
  int played = 0, ended_by_limit = 0;
};

// Every n-th allowed point of every distribution in a folder, to its end or ten minutes.
PointTally play_points(const std::string& folder, std::uint64_t stride) {
  Player player;
  scenario::ScenarioLibrary library;
  PointTally tally;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".xosc") continue;
    const auto read = scenario::read_distribution(library, file.path().string());
    EXPECT_TRUE(read.ok()) << file.path();
    const auto points = read ? scenario::expand(library, read->distribution) : read.error();
    EXPECT_TRUE(points.ok()) << file.path();
    if (!points) continue;
    for (std::size_t i = 0; i < points->allowed.size(); i += stride) {
      const auto values = scenario::point(read->distribution, points->allowed[i]);
      const auto one = player.play(read->distribution.scenario_file, values);
      EXPECT_TRUE(one.ok()) << file.path() << ", point " << points->allowed[i] << ": " << one.error().message;
      if (!one) break;
      ++tally.played;
      tally.ended_by_limit += one->end_reason == scenario::EndReason::kTimeLimit;
    }
  }
  return tally;
}

TEST(SuitesNightly, EveryRunOfNcapStandardRangePlaysToItsEnd) {
  const std::string folder = suites_dir() + "/ncap2026/OpenSCENARIO/NCAP/CA-FC_2026/Variations/StandardRange";
  HANGIL_NEEDS_DATA(folder);
  const PointTally tally = play_points(folder, 1);
  EXPECT_EQ(tally.played, 428);
  EXPECT_EQ(tally.ended_by_limit, 0);
}

// Some points have no end of their own: an ego of constant speed never triggers what would end them.
TEST(SuitesNightly, APointOfEveryThousandOfTheAlksGridsPlays) {
  const std::string folder = suites_dir() + "/alks/logical_scenarios";
  HANGIL_NEEDS_DATA(folder);
  const PointTally tally = play_points(folder, 997);
  std::printf("%d points, %d ended by the time limit\n", tally.played, tally.ended_by_limit);
  EXPECT_GE(tally.played, 100);
  EXPECT_LE(tally.ended_by_limit, 11);
}

}  // namespace

}  // namespace hangil::tests
