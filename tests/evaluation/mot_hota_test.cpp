// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "evaluation/mot.hpp"

namespace hangil::evaluation {
namespace {

constexpr messages::ImageBox kLargeInPicture{100, 100, 200, 200};

messages::Box3 mot_box_at(double x_m) { return {x_m, 0, 0.8, 0, 4, 1.8, 1.6}; }

// Ten frames of two objects, each followed by a track that sits on it.
MotSequence followed_two() {
  MotSequence sequence(10);
  for (MotFrame& frame : sequence) {
    for (const int id : {1, 2}) {
      frame.truths.push_back({id, false, mot_box_at(20.0 * id)});
      frame.estimates.push_back({static_cast<std::uint32_t>(id + 10), 1.0, mot_box_at(20.0 * id), kLargeInPicture});
    }
  }
  return sequence;
}

double mot_hota_of(const MotSequence& sequence, double least_confidence = 0) {
  return mot_hota(std::span(&sequence, 1), least_confidence).hota;
}

TEST(MotHota, TracksThatSitOnTheirObjectsHaveAllOfIt) { EXPECT_NEAR(mot_hota_of(followed_two()), 1, 1e-12); }

TEST(MotHota, ATrackThatIsNotSureEnoughIsLeftOut) {
  MotSequence sequence = followed_two();
  for (MotFrame& frame : sequence) frame.estimates.push_back({99, -3.0, mot_box_at(90), kLargeInPicture});
  EXPECT_NEAR(mot_hota_of(sequence), 1, 1e-12);
  EXPECT_LT(mot_hota_of(sequence, -5), 1);
}

TEST(MotHota, WhatFollowsAnIgnoredTruthOrMayBeLeftOutCostsNothing) {
  MotSequence sequence = followed_two();
  for (MotFrame& frame : sequence) {
    frame.truths.push_back({3, true, mot_box_at(60)});
    frame.estimates.push_back({13, 1.0, mot_box_at(60), kLargeInPicture});
    frame.estimates.push_back({14, 1.0, mot_box_at(90), {100, 100, 110, 110}});  // ten pixels high
  }
  EXPECT_NEAR(mot_hota_of(sequence), 1, 1e-12);
}

TEST(MotHota, ASwitchInTheMiddleHalvesTheAssociation) {
  MotSequence sequence = followed_two();
  for (std::size_t i = 5; i < 10; ++i) std::swap(sequence[i].estimates[0].id, sequence[i].estimates[1].id);
  const HotaScore score = mot_hota(std::span(&sequence, 1), 0);
  EXPECT_NEAR(score.detection, 1, 1e-12);
  EXPECT_NEAR(score.association, 1.0 / 3, 1e-12);  // 5 in common, of 10 and 10
}

}  // namespace
}  // namespace hangil::evaluation
