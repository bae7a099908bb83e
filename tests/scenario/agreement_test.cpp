// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "scenario/oracle.hpp"

namespace hangil::tests {

namespace {

std::vector<std::filesystem::path> files_in(const std::string& folder, const std::string& ending) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(ending)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Plays, compares, and says so on one line. Whether it stays within 0.1 m and ends at the same time.
bool agrees(const std::string& name, const base::Result<Played>& played, const std::string& oracle_file) {
  if (!played) {
    std::printf("%-60s %s\n", name.c_str(), played.error().message.c_str());
    return false;
  }
  const auto oracle = read_oracle(oracle_file);
  if (!oracle) return false;
  const Agreement agreement = compare(played->trace, *played->scenario, *oracle);
  std::printf("%-60s worst %7.3f m (%s at %.2f s, beyond from %.2f s), ends %.2f s, other %.2f s, %s\n", name.c_str(),
              agreement.worst_m, agreement.worst_entity.c_str(), agreement.worst_time_s, agreement.first_beyond_s,
              agreement.end_s, agreement.oracle_end_s, std::string(scenario::word(played->end_reason)).c_str());
  return agreement.worst_m <= 0.1 && agreement.compared_count > 0;
}

TEST(Agreement, AlksTemplatesStayWithinADecimetreOfTheOtherPlayer) {
  const std::string folder = suites_dir() + "/alks/logical_scenarios/concrete_scenarios";
  HANGIL_NEEDS_DATA(folder);
  Player player;
  int outside = 0, count = 0;
  for (const auto& file : files_in(folder, ".xosc")) {
    const std::string oracle = suites_dir() + "/oracle/alks/" + file.stem().string() + ".nocontrollers.csv.gz";
    outside += !agrees(file.stem().string(), player.play(file.string()), oracle);
    ++count;
  }
  EXPECT_EQ(count, 15);
  EXPECT_EQ(outside, 0);
}

TEST(Agreement, NcapExecutionsStayWithinADecimetreOfTheOtherPlayer) {
  const std::string folder = suites_dir() + "/ncap2026/OpenSCENARIO/NCAP/CA-FC_2026/Variations/SingleExecution";
  HANGIL_NEEDS_DATA(folder);
  Player player;
  int outside = 0, count = 0;
  for (const auto& file : files_in(folder, ".xosc")) {
    const std::string oracle = suites_dir() + "/oracle/ncap2026/" + file.stem().string() + ".csv.gz";
    const bool is_within = agrees(file.stem().string(), player.play_first(file.string()), oracle);
    const bool is_argued = file.stem() == "CBFA_50_50kph";  // in docs/scenarios.md
    outside += !is_within && !is_argued;
    ++count;
  }
  EXPECT_EQ(count, 18);
  EXPECT_EQ(outside, 0);
}

// How far each public trace of many features may be off; where that is more than a decimetre, docs/scenarios.md says
// why.
struct Limit {
  std::string_view trace;
  double worst_m;
};
constexpr std::array kLimits = {
    Limit{"acc-test", 70.5},
    Limit{"alks_cut-in", 81.37},
    Limit{"alks_cut-out", 104.25},
    Limit{"alks_decelerate", 132.85},
    Limit{"alks_pedestrian", 90.1},
    Limit{"alks_r157_cut_in_quick_brake", 6.95},
    Limit{"cut-in", 0.12},
    Limit{"cut-in_cr", 0.25},
    Limit{"cut-in_simple", 0.1},
    Limit{"drive_when_close", 394},
    Limit{"drop-bike", 0.1},
    Limit{"follow_ghost", 26.11},
    Limit{"highway_driver", 540.9},
    Limit{"highway_merge", 6.73},
    Limit{"keep_lateral_distance", 3.53},
    Limit{"lane-change_clothoid_based_trajectory", 0.1},
    Limit{"lane-change_clothoid_spline_based_trajectory", 0.91},
    Limit{"lane-change_trajectory_wp", 0.1},
    Limit{"lane_change", 0.63},
    Limit{"lane_change_crest", 0.1},
    Limit{"lane_change_simple", 631.18},
    Limit{"left-hand-traffic_by_heading", 0.1},
    Limit{"left-hand-traffic_using_road_rule", 0.1},
    Limit{"long_dist_action_with_jerk", 18.38},
    Limit{"pedestrian", 0.1},
    Limit{"pedestrian_collision", 0.1},
    Limit{"pedestrian_traj_synch", 1.33},
    Limit{"slow-lead-vehicle", 0.15},
    Limit{"speed-profile", 76.88},
    Limit{"straight_500m", 0.1},
    Limit{"traffic_lights", 0.1},
    Limit{"trailer_connect", 19.46},
    Limit{"trajectory-test", 26.52},
    Limit{"tunnels", 0.1},
    Limit{"two_plus_one_road", 46.79},
    Limit{"velodrome", 0.32},
};

bool stays_within(Player& player, const Limit& limit) {
  const std::string name(limit.trace), folder = suites_dir() + "/oracle/esmini/";
  scenario::RunOptions options;
  options.time_limit = base::Duration::seconds(120);
  const auto played = player.play(suites_dir() + "/esmini/resources/xosc/" + name + ".xosc", {}, options);
  const bool is_within = agrees(name, played, folder + name + ".csv.gz");
  EXPECT_TRUE(played.ok());
  const auto oracle = read_oracle(folder + name + ".csv.gz");
  EXPECT_TRUE(oracle.ok());
  if (played && oracle) {
    EXPECT_LE(compare(played->trace, *played->scenario, *oracle).worst_m, limit.worst_m) << name;
  }
  return is_within;
}

TEST(Agreement, ASampleOfFeaturesStaysWhereItIs) {
  HANGIL_NEEDS_DATA(suites_dir() + "/oracle/esmini");
  Player player;
  for (const Limit& limit : kLimits) {
    const bool is_sample =
        limit.trace == "drop-bike" || limit.trace == "traffic_lights" || limit.trace == "cut-in_simple";
    if (!is_sample) continue;
    EXPECT_TRUE(stays_within(player, limit)) << limit.trace;
  }
}

TEST(AgreementNightly, NoTraceOfManyFeaturesGetsWorse) {
  HANGIL_NEEDS_DATA(suites_dir() + "/oracle/esmini");
  EXPECT_EQ(files_in(suites_dir() + "/oracle/esmini", ".csv.gz").size(), kLimits.size());
  Player player;
  int within = 0;
  for (const Limit& limit : kLimits) within += stays_within(player, limit);
  std::printf("%d of %zu within 0.1 m\n", within, kLimits.size());
  EXPECT_GE(within, 12);
}

}  // namespace

}  // namespace hangil::tests
