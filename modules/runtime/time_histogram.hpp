// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace hangil::runtime {

// Counts times in buckets at most 1/128 of their value wide, so that a quantile read from it is within 0.4 % of the one
// of the times themselves; the greatest time is kept exactly. 35 KiB, however many times are added. Negative times
// count as 0, times above 4398 s (2^42 ns) fall into the last bucket.
class TimeHistogram {
 public:
  static constexpr std::uint64_t kBucketsAnOctave = 128;

  void add(std::int64_t time_ns);
  void add(const TimeHistogram& other);

  std::uint64_t count() const { return count_; }
  std::int64_t max_ns() const { return max_ns_; }
  double mean_ns() const { return count_ > 0 ? sum_ns_ / static_cast<double>(count_) : 0; }
  // By nearest rank, 0 < share <= 1: the middle of the bucket that holds it; 0 when nothing was added.
  std::int64_t quantile_ns(double share) const;

 private:
  static constexpr std::size_t kOctaves = 35;  // from 2^7 ns to 2^42 ns; below every ns has a bucket of its own

  static std::size_t bucket_of(std::uint64_t time_ns);
  static std::uint64_t middle_of(std::size_t bucket);

  std::array<std::uint64_t, (kOctaves + 1) * kBucketsAnOctave> buckets_{};
  std::uint64_t count_ = 0;
  std::int64_t max_ns_ = 0;
  double sum_ns_ = 0;
};

}  // namespace hangil::runtime
