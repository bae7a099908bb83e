// SPDX-License-Identifier: Apache-2.0
#include "evaluation/hota.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

// One object in `count` frames, followed by a track of an id that the frame decides, alike by `likeness`.
template <class HotaIdOf>
HotaSequence one_object(int count, double likeness, HotaIdOf id_of) {
  HotaSequence sequence;
  for (int frame = 0; frame < count; ++frame) sequence.push_back({{7}, {id_of(frame)}, {likeness}});
  return sequence;
}

HotaScore hota_score(const HotaSequence& sequence) { return score_hota({&sequence, 1}); }

// 0 to 0.99 in hundredths.
double hundredths(std::mt19937& random) { return static_cast<double>(random() % 100) * 0.01; }

HotaSequence random_sequence(unsigned seed) {
  std::mt19937 random(seed);
  HotaSequence sequence;
  for (int i = 0; i < 20; ++i) {
    HotaFrame& frame = sequence.emplace_back();
    for (std::uint32_t id = 0; id < 5; ++id) {
      if (random() % 4 != 0) frame.truth_ids.push_back(id);
      if (random() % 4 != 0) frame.track_ids.push_back(id + (i > 10 && id == 2 ? 10 : 0));
    }
    for (const std::uint32_t truth : frame.truth_ids) {
      for (const std::uint32_t track : frame.track_ids)
        frame.likeness.push_back((truth == track ? 0.6 : 0.1) + 0.3 * hundredths(random));
    }
  }
  return sequence;
}

TEST(Hota, APerfectTrackerHasOne) {
  const HotaScore score = hota_score(one_object(10, 1, [](int) { return 3u; }));
  EXPECT_NEAR(score.hota, 1, 1e-12);
  EXPECT_NEAR(score.detection * score.association * score.localization, 1, 1e-12);
}

TEST(Hota, ASwitchHalfwayHalvesAssociationOnly) {
  const HotaScore score = hota_score(one_object(10, 1, [](int frame) { return frame < 5 ? 3u : 4u; }));
  EXPECT_NEAR(score.detection, 1, 1e-12);
  EXPECT_NEAR(score.association, 0.5, 1e-12);
  EXPECT_NEAR(score.hota, std::sqrt(0.5), 1e-12);
}

TEST(Hota, LikenessOfOneHalfMeetsTenOfNineteenThresholds) {
  const HotaScore score = hota_score(one_object(4, 0.5, [](int) { return 1u; }));
  EXPECT_NEAR(score.hota, 10.0 / 19, 1e-12);
  EXPECT_NEAR(score.localization, (10 * 0.5 + 9) / 19, 1e-12);
}

TEST(Hota, MissedAndFalseOnesLowerDetection) {
  HotaSequence sequence = one_object(4, 1, [](int) { return 1u; });
  sequence.push_back({{7}, {}, {}});
  sequence.push_back({{}, {9}, {}});
  const HotaScore score = hota_score(sequence);
  EXPECT_NEAR(score.detection, 4.0 / 6, 1e-12);
  EXPECT_NEAR(score.association, 4.0 / 5, 1e-12);
}

// Frame by frame the second track is the better match, over the sequence the first is.
TEST(Hota, MatchesFavourThePairThatAgreesOverTheSequence) {
  HotaSequence sequence;
  for (int i = 0; i < 10; ++i) sequence.push_back({{1}, {1}, {0.8}});
  sequence.push_back({{1}, {1, 2}, {0.8, 0.85}});
  EXPECT_NEAR(hota_score(sequence).association, hota_score(HotaSequence(11, {{1}, {1}, {0.8}})).association, 1e-12);
}

TEST(Hota, IsThatOfTheCountsOfAllSequences) {
  const std::vector<HotaSequence> two = {random_sequence(1), random_sequence(1)};
  EXPECT_NEAR(score_hota(two).hota, hota_score(two[0]).hota, 1e-12);
}

TEST(Hota, NamesAndOrderDoNotMatter) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const HotaSequence sequence = random_sequence(seed);
    HotaSequence other = sequence;
    std::reverse(other.begin(), other.end());
    for (HotaFrame& frame : other) {
      for (std::uint32_t& id : frame.track_ids) id = 1000 - id;
    }
    const HotaScore score = hota_score(sequence), again = hota_score(other);
    EXPECT_NEAR(score.hota, again.hota, 1e-12) << seed;
    EXPECT_GT(score.hota, 0.1);
    EXPECT_LT(score.hota, 1);
  }
}

TEST(Hota, MoreLikenessIsNeverWorseAtAnyThreshold) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    // Each object alone in its frame, so that likeness changes no match.
    std::mt19937 random(seed);
    HotaSequence sequence;
    for (std::uint32_t i = 0; i < 30; ++i) sequence.push_back({{i % 3}, {i % 3}, {hundredths(random)}});
    HotaSequence better = sequence;
    for (HotaFrame& frame : better) frame.likeness[0] = std::min(1.0, frame.likeness[0] + 0.1);
    const HotaScore score = hota_score(sequence), more = hota_score(better);
    for (std::size_t t = 0; t < score.hota_by_threshold.size(); ++t)
      EXPECT_GE(more.hota_by_threshold[t], score.hota_by_threshold[t] - 1e-12);
  }
}

TEST(Hota, WithoutAnythingThereIsNothing) {
  EXPECT_EQ(score_hota({}).hota, 0);
  EXPECT_EQ(hota_score({{{}, {}, {}}}).hota, 0);
  EXPECT_EQ(hota_score({{{1}, {}, {}}, {{}, {2}, {}}}).hota, 0);
}

}  // namespace
}  // namespace hangil::evaluation
