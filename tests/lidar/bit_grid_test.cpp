// SPDX-License-Identifier: Apache-2.0
#include "lidar/bit_grid.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace hangil::lidar {
namespace {

std::uint32_t cell_at(int column, int row) { return static_cast<std::uint32_t>(row * kGridSide + column); }

// Labels by comparing every cell with every other, until nothing changes.
std::vector<std::size_t> brute_force(const std::vector<std::uint32_t>& cells, int reach) {
  std::vector<std::size_t> labels(cells.size());
  std::iota(labels.begin(), labels.end(), std::size_t{0});
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (std::size_t k = 0; k < cells.size(); ++k) {
        const int columns = static_cast<int>(cells[i] % kGridSide) - static_cast<int>(cells[k] % kGridSide);
        const int rows = static_cast<int>(cells[i] / kGridSide) - static_cast<int>(cells[k] / kGridSide);
        if (std::abs(columns) > reach || std::abs(rows) > reach || labels[i] == labels[k]) continue;
        labels[i] = labels[k] = std::min(labels[i], labels[k]);
        is_changed = true;
      }
    }
  }
  return labels;
}

// Components of the cells linked over at most 2^log2_reach.
struct Labelled {
  std::unique_ptr<BitGrid> grid = std::make_unique<BitGrid>();
  Components components;

  Labelled(const std::vector<std::uint32_t>& cells, int log2_reach) {
    for (const std::uint32_t cell : cells) grid->set(cell);
    widen(*grid, log2_reach, *grid);
    connect(*grid, components);
  }
};

void expect_same_partition(const std::vector<std::uint32_t>& cells, int log2_reach) {
  const Labelled labelled(cells, log2_reach);
  const auto expected = brute_force(cells, 1 << log2_reach);
  std::map<std::size_t, std::uint32_t> of_expected;
  std::set<std::uint32_t> labels;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::uint32_t label = labelled.components.label(cells[i]);
    ASSERT_LT(label, labelled.components.count);
    labels.insert(label);
    ASSERT_EQ(of_expected.emplace(expected[i], label).first->second, label) << "split, reach " << (1 << log2_reach);
  }
  ASSERT_EQ(labels.size(), of_expected.size()) << "merged, reach " << (1 << log2_reach);
  ASSERT_EQ(labels.size(), labelled.components.count);
}

TEST(Connect, AgreesWithComparingEveryPairOnRandomCells) {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    const int side = 8 + round % 25, origin = round % 2 == 0 ? 0 : kGridSide - side;
    std::vector<std::uint32_t> cells;
    for (int i = 0; i < 20 + 3 * round; ++i) {
      const int column = origin + static_cast<int>(random() % static_cast<unsigned>(side));
      const int row = origin + static_cast<int>(random() % static_cast<unsigned>(side));
      cells.push_back(cell_at(column, row));
    }
    for (const int log2_reach : {0, 1, 2}) expect_same_partition(cells, log2_reach);
  }
}

TEST(Connect, RowEndsDoNotTouchTheNextRowsBeginnings) {
  expect_same_partition({cell_at(kGridSide - 1, 4), cell_at(0, 5), cell_at(0, 6)}, 0);
  expect_same_partition({cell_at(kGridSide - 2, 4), cell_at(0, 5), cell_at(1, 7)}, 2);
}

TEST(Connect, FollowsASpiralThatClosesLate) {
  std::vector<std::uint32_t> cells;
  for (int turn = 0; turn < 12; ++turn) {
    const int least = 100 + 2 * turn, most = 200 - 2 * turn;
    for (int k = least; k <= most; ++k) cells.push_back(cell_at(k, least));
    for (int k = least; k <= most; ++k) cells.push_back(cell_at(most, k));
    for (int k = least; k <= most; ++k) cells.push_back(cell_at(k, most));
    for (int k = least + 2; k <= most; ++k) cells.push_back(cell_at(least, k));
    cells.push_back(cell_at(least + 1, least + 2));
  }
  const Labelled labelled(cells, 0);
  EXPECT_EQ(labelled.components.count, 1u);
}

TEST(Connect, LabelsCountFromTheFirstCellOn) {
  const Labelled labelled({cell_at(500, 9), cell_at(3, 9), cell_at(70, 2), cell_at(501, 10)}, 0);
  EXPECT_EQ(labelled.components.count, 3u);
  EXPECT_EQ(labelled.components.label(cell_at(70, 2)), 0u);
  EXPECT_EQ(labelled.components.label(cell_at(3, 9)), 1u);
  EXPECT_EQ(labelled.components.label(cell_at(501, 10)), 2u);
}

TEST(Connect, FullGridIsOneAndEmptyGridIsNone) {
  auto grid = std::make_unique<BitGrid>();
  Components components;
  connect(*grid, components);
  EXPECT_EQ(components.count, 0u);
  grid->words.fill(~std::uint64_t{0});
  connect(*grid, components);
  EXPECT_EQ(components.count, 1u);
}

TEST(Connect, ChequerboardIsConnectedOverItsCorners) {
  auto grid = std::make_unique<BitGrid>();
  for (int row = 0; row < kGridSide; ++row) {
    for (int column = row % 2; column < kGridSide; column += 2) grid->set(cell_at(column, row));
  }
  Components components;
  connect(*grid, components);
  EXPECT_EQ(components.count, 1u);
}

}  // namespace
}  // namespace hangil::lidar
