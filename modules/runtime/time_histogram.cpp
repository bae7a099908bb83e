// SPDX-License-Identifier: Apache-2.0
#include "runtime/time_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace hangil::runtime {

// With the leading bit at position p >= 7, the seven bits below it choose the bucket within the octave p - 7.
std::size_t TimeHistogram::bucket_of(std::uint64_t time_ns) {
  if (time_ns < kBucketsAnOctave) return time_ns;
  const auto octave = static_cast<std::size_t>(std::bit_width(time_ns)) - 8;
  if (octave >= kOctaves) return (kOctaves + 1) * kBucketsAnOctave - 1;
  return (octave + 1) * kBucketsAnOctave + (time_ns >> octave) - kBucketsAnOctave;
}

std::uint64_t TimeHistogram::middle_of(std::size_t bucket) {
  if (bucket < 2 * kBucketsAnOctave) return bucket;
  const std::size_t octave = bucket / kBucketsAnOctave - 1;
  const std::uint64_t begin = (kBucketsAnOctave + bucket % kBucketsAnOctave) << octave;
  return begin + (std::uint64_t{1} << octave) / 2;
}

void TimeHistogram::add(std::int64_t time_ns) {
  time_ns = std::max<std::int64_t>(0, time_ns);
  ++buckets_[bucket_of(static_cast<std::uint64_t>(time_ns))];
  ++count_;
  max_ns_ = std::max(max_ns_, time_ns);
  sum_ns_ += static_cast<double>(time_ns);
}

void TimeHistogram::add(const TimeHistogram& other) {
  for (std::size_t b = 0; b < buckets_.size(); ++b) buckets_[b] += other.buckets_[b];
  count_ += other.count_;
  max_ns_ = std::max(max_ns_, other.max_ns_);
  sum_ns_ += other.sum_ns_;
}

std::int64_t TimeHistogram::quantile_ns(double share) const {
  if (count_ == 0) return 0;
  const double rank = std::ceil(share * static_cast<double>(count_) - 1e-9);
  const auto wanted = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::max(1.0, rank)), 1, count_);
  if (wanted == count_) return max_ns_;
  std::uint64_t seen = 0;
  for (std::size_t b = 0; b < buckets_.size(); ++b) {
    seen += buckets_[b];
    if (seen >= wanted) return std::min(static_cast<std::int64_t>(middle_of(b)), max_ns_);
  }
  return max_ns_;
}

}  // namespace hangil::runtime
