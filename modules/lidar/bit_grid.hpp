// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

// Occupancy seen from above, one bit a cell, and its connected components, found run by run as He, Chao and Suzuki do
// ("A run-based two-scan labeling algorithm", IEEE Trans. Image Processing 17(5), 2008). No label image: a cell's run
// is found by counting bits.
namespace hangil::lidar {

inline constexpr int kGridSide = 1024;  // cells
inline constexpr int kRowWords = kGridSide / 64;
inline constexpr std::size_t kGridWords = static_cast<std::size_t>(kGridSide) * kRowWords;
inline constexpr std::uint32_t kNoCell = kGridSide * kGridSide;

// Cell = row * kGridSide + column; rows along +y, columns along +x, the origin in the middle.
struct BitGrid {
  std::array<std::uint64_t, kGridWords + 1> words{};  // the last takes kNoCell
  void clear() { words.fill(0); }
  void set(std::uint32_t cell) { words[cell >> 6] |= std::uint64_t{1} << (cell & 63); }
  bool has(std::uint32_t cell) const { return (words[cell >> 6] >> (cell & 63) & 1) != 0; }
};

// Gives every set cell company: the 2^log2_reach x 2^log2_reach cells from it on. Two cells then touch exactly where
// the originals are at most 2^log2_reach columns and rows apart. `wide` may be `grid`.
void widen(const BitGrid& grid, int log2_reach, BitGrid& wide);

// Set cells that touch (8 neighbours) share a label; labels count from 0 in order of their first cell. Buffers grow to
// the largest grid seen.
struct Components {
  std::vector<std::uint64_t> run_starts;          // bit: a run of set cells begins here; stale in empty words
  std::vector<std::uint32_t> runs_before;         // runs that begin before this word; stale in empty words
  std::vector<std::uint32_t> run_labels;          // by run
  std::vector<std::uint16_t> run_begin, run_end;  // by run: columns [begin, end)
  std::uint32_t count = 0;                        // labels

  // Of a set cell.
  std::uint32_t label(std::uint32_t cell) const {
    const std::uint32_t word = cell >> 6;
    const std::uint64_t up_to = ~std::uint64_t{0} >> (63 - (cell & 63));
    return run_labels[runs_before[word] + static_cast<std::uint32_t>(std::popcount(run_starts[word] & up_to)) - 1];
  }
};
void connect(const BitGrid& grid, Components& components);

}  // namespace hangil::lidar
