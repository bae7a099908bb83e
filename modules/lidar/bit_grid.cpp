// SPDX-License-Identifier: Apache-2.0
#include "lidar/bit_grid.hpp"

#include "lidar/points.hpp"

namespace hangil::lidar {

namespace {

std::uint32_t root_of(std::uint32_t* parents, std::uint32_t run) {
  while (parents[run] != run) run = parents[run] = parents[parents[run]];
  return run;
}

// The smaller root wins, so that every root is the first run of its component.
void join(std::uint32_t* parents, std::uint32_t a, std::uint32_t b) {
  a = root_of(parents, a);
  b = root_of(parents, b);
  parents[a < b ? b : a] = a < b ? a : b;
}

// Appends the runs of one row; returns how many runs there are now. `run_labels` holds parents until all is joined.
std::uint32_t find_runs(const std::uint64_t* words, int row, std::uint32_t run, Components& components) {
  std::uint64_t before = 0;
  std::uint32_t open = run;
  for (int w = 0; w < kRowWords; ++w) {
    const std::size_t word = static_cast<std::size_t>(row * kRowWords + w);
    const std::uint64_t set = words[word];
    if ((set | before) == 0) continue;
    const std::uint64_t shifted = set << 1 | before;
    std::uint64_t starts = set & ~shifted, ends = ~set & shifted;
    before = set >> 63;
    components.run_starts[word] = starts;
    components.runs_before[word] = run;
    for (; starts != 0; starts &= starts - 1) {
      components.run_labels[run] = run;
      components.run_begin[run++] = static_cast<std::uint16_t>(64 * w + std::countr_zero(starts));
    }
    for (; ends != 0; ends &= ends - 1) {
      components.run_end[open++] = static_cast<std::uint16_t>(64 * w + std::countr_zero(ends));
    }
  }
  if (open < run) components.run_end[open] = kGridSide;
  return run;
}

// Joins the runs [middle, end) of a row with those of the row before, [begin, middle), that touch them.
void join_rows(std::uint32_t begin, std::uint32_t middle, std::uint32_t end, Components& components) {
  std::uint32_t above = begin, here = middle;
  const std::uint16_t *run_begin = components.run_begin.data(), *run_end = components.run_end.data();
  while (above < middle && here < end) {
    if (run_begin[above] <= run_end[here] && run_begin[here] <= run_end[above]) {
      join(components.run_labels.data(), above, here);
    }
    if (run_end[above] < run_end[here]) {
      ++above;
    } else {
      ++here;
    }
  }
}

std::size_t count_runs(const BitGrid& grid) {
  std::size_t count = 0;
  for (std::size_t word = 0; word < kGridWords; ++word) {
    const std::uint64_t set = grid.words[word];
    if (set != 0) count += static_cast<std::size_t>(std::popcount(set & ~(set << 1)));
  }
  return count;
}

}  // namespace

void widen(const BitGrid& grid, int log2_reach, BitGrid& wide) {
  if (&wide != &grid) wide.words = grid.words;
  for (int shift = 1; shift < 1 << log2_reach; shift *= 2) {
    // Along the rows, then across them from the last row down, so that each still finds its source unchanged.
    for (std::size_t word = kGridWords; word-- > 0;) {
      const bool is_first = word % kRowWords == 0;
      const std::uint64_t carry = is_first ? 0 : wide.words[word - 1] >> (64 - shift);
      wide.words[word] |= wide.words[word] << shift | carry;
    }
    const std::size_t offset = static_cast<std::size_t>(shift) * kRowWords;
    for (std::size_t word = kGridWords; word-- > offset;) wide.words[word] |= wide.words[word - offset];
  }
}

void connect(const BitGrid& grid, Components& components) {
  const std::size_t most_runs = count_runs(grid);
  grow(components.run_starts, kGridWords);
  grow(components.runs_before, kGridWords);
  grow(components.run_labels, most_runs);
  grow(components.run_begin, most_runs);
  grow(components.run_end, most_runs);
  std::uint32_t begin = 0, middle = 0;
  for (int row = 0; row < kGridSide; ++row) {
    const std::uint32_t end = find_runs(grid.words.data(), row, middle, components);
    join_rows(begin, middle, end, components);
    begin = middle;
    middle = end;
  }
  components.count = 0;
  for (std::uint32_t run = 0; run < middle; ++run) {
    // A parent comes before its children and already holds its final label.
    std::uint32_t& label = components.run_labels[run];
    label = label == run ? components.count++ : components.run_labels[label];
  }
}

}  // namespace hangil::lidar
