// SPDX-License-Identifier: Apache-2.0
#include "sweep/sampling.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "sweep/point_table.hpp"
#include "sweep/slurm.hpp"

namespace hangil::sweep {

namespace {

scenario::Distribution grid(std::vector<int> sizes) {
  scenario::Distribution distribution;
  for (std::size_t f = 0; f < sizes.size(); ++f) {
    std::vector<scenario::ParameterSet>& factor = distribution.deterministic.emplace_back();
    for (int i = 0; i < sizes[f]; ++i) factor.push_back({{"p" + std::to_string(f), std::to_string(i)}});
  }
  return distribution;
}

scenario::ExpandedPoints all_of(const scenario::Distribution& distribution, std::uint64_t every = 1) {
  scenario::ExpandedPoints points;
  for (std::uint64_t i = 0; i < scenario::point_count(distribution); i += every) points.allowed.push_back(i);
  return points;
}

}  // namespace

TEST(Sample, IsAscendingWithoutRepetitionAndOfTheSizeAskedFor) {
  const auto distribution = grid({7, 5, 11});
  const auto points = all_of(distribution, 3);
  for (const Sampling sampling : {Sampling::kGrid, Sampling::kRandom, Sampling::kLatinHypercube}) {
    for (const std::uint64_t seed : {0U, 1U, 2U}) {
      const auto chosen = sample(distribution, points, sampling, 40, seed);
      ASSERT_TRUE(chosen.ok());
      EXPECT_EQ(chosen->size(), 40U);
      EXPECT_TRUE(std::is_sorted(chosen->begin(), chosen->end()));
      EXPECT_EQ(std::adjacent_find(chosen->begin(), chosen->end()), chosen->end());
      EXPECT_TRUE(std::includes(points.allowed.begin(), points.allowed.end(), chosen->begin(), chosen->end()));
      EXPECT_EQ(*chosen, *sample(distribution, points, sampling, 40, seed));
    }
  }
  EXPECT_NE(*sample(distribution, points, Sampling::kRandom, 40, 1),
            *sample(distribution, points, Sampling::kRandom, 40, 2));
}

TEST(Sample, MoreThanThereIsGivesAll) {
  const auto distribution = grid({3, 4});
  EXPECT_EQ(sample(distribution, all_of(distribution), Sampling::kRandom, 100, 1)->size(), 12U);
  EXPECT_EQ(sample(distribution, all_of(distribution), Sampling::kGrid, 0, 1)->size(), 12U);
}

TEST(Sample, RandomTakesEveryPointEquallyOften) {
  const auto distribution = grid({10});
  std::map<std::uint64_t, int> times;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const auto chosen = sample(distribution, all_of(distribution), Sampling::kRandom, 3, seed);
    for (const std::uint64_t i : *chosen) ++times[i];
  }
  for (const auto& [i, count] : times) EXPECT_NEAR(count, 600, 5 * 20.5) << i;  // five standard deviations
}

TEST(Sample, LatinHypercubeTakesEveryValueOfEveryParameterEquallyOften) {
  const auto distribution = grid({5, 10, 50});
  const auto chosen = sample(distribution, all_of(distribution), Sampling::kLatinHypercube, 50, 3);
  ASSERT_TRUE(chosen.ok());
  std::map<std::string, int> times;
  for (const std::uint64_t index : *chosen) {
    for (const auto& [name, value] : scenario::point(distribution, index)) ++times[name + "=" + value];
  }
  for (const auto& [value, count] : times) {
    const int expected = value[1] == '0' ? 10 : value[1] == '1' ? 5 : 1;
    EXPECT_EQ(count, expected) << value;
  }
}

TEST(Sample, ASpaceWithoutAllowedPointsIsAnError) { EXPECT_FALSE(sample(grid({3}), {}, Sampling::kRandom, 1, 0).ok()); }

TEST(ParsePoints, ReadsNamesAndValues) {
  const auto points = parse_points("# comment\nego , gap\n10, 5 \r\n\n20,7.5\n", "points.csv");
  ASSERT_TRUE(points.ok()) << points.error().message;
  ASSERT_EQ(points->size(), 2U);
  EXPECT_EQ((*points)[1][1].name, "gap");
  EXPECT_EQ((*points)[1][1].value, "7.5");
  EXPECT_EQ((*points)[0][1].value, "5");
}

TEST(ParsePoints, NamesTheLineThatIsWrong) {
  EXPECT_EQ(parse_points("a,b\n1,2\n3\n", "t.csv").error().message, "t.csv:3: 1 values for 2 parameters");
  EXPECT_EQ(parse_points("a,\n1,2\n", "t.csv").error().message, "t.csv:1: an empty cell");
  EXPECT_FALSE(parse_points("a,b\n", "t.csv").ok());
  EXPECT_FALSE(parse_points("", "t.csv").ok());
}

TEST(Shards, HoldEnoughWorkAndEveryRunOnce) {
  const Shards shards = shards_of(2000, 0.5, 1, 60);
  EXPECT_EQ(shards.shard_count, 16);  // of 125 runs or more: 62 s
  EXPECT_EQ(shards_of(10, 0.5, 1, 60).shard_count, 1);
  EXPECT_LE(shards_of(1'000'000, 100, 1, 60).shard_count, 1000);
}

TEST(Shards, AShardIsReadFromItsText) {
  std::int64_t shard = -1;
  ASSERT_TRUE(parse_shard("3/16", 2000, shard).ok());
  EXPECT_EQ(shard, 3);
  for (const char* text : {"", "3", "16/16", "-1/4", "a/4", "1/0", "1/4x"}) {
    EXPECT_FALSE(parse_shard(text, 2000, shard).ok()) << text;
  }
}

TEST(Shards, TheBatchScriptQuotesItsWords) {
  const std::string script = batch_script({"hangil", "a file's name"}, {10, 4}, "out", 2);
  EXPECT_NE(script.find("exec 'hangil' 'a file'\\''s name' --shard \"$SLURM_ARRAY_TASK_ID/4\""), std::string::npos)
      << script;
  EXPECT_NE(script.find("#SBATCH --requeue"), std::string::npos);
}

}  // namespace hangil::sweep
