// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>

#include "runtime/records.hpp"

namespace hangil::runtime {

// One activation's part of a frame's critical path, host time in ns.
struct PathPart {
  int module = -1;
  std::uint64_t ordinal = 0;
  std::int64_t wait_ns = 0, queue_ns = 0, run_ns = 0, publish_ns = 0;
  std::int64_t total_ns() const { return wait_ns + queue_ns + run_ns + publish_ns; }
};

// From a frame's arrival to the first output that descends from it. The parts sum to end_to_end_ns exactly.
struct FramePath {
  std::uint64_t frame = 0;         // counted from 1
  std::int64_t end_to_end_ns = 0;  // host compute time
  base::Time answered;             // when that output was published
  base::Duration virtual_latency;  // answered minus the frame's stamp
  bool is_late = false;            // end_to_end_ns above the pipeline's deadline
  std::vector<PathPart> parts;     // in the order they ran
};

// Finds the critical path of each frame while the run goes on: back from the first output of the frame along the input
// each activation waited for last. Frames that a newer one overtook (coalesced triggers) have no path of their own.
// Holds the records of frames that are still on their way, kMostFrames and kMostRecords at most.
class FramePaths {
 public:
  static constexpr std::size_t kMostFrames = 256, kMostRecords = 65'536;

  explicit FramePaths(const RunInfo& info);

  // Records in an order in which what an activation consumed was made by one before it, as runs hand them out and
  // recordings keep them. Returns the path of the frame that ends with this one, its virtual latency still 0.
  std::optional<FramePath> add(const ActivationRecord& record);

 private:
  using Records = std::vector<ActivationRecord>;

  FramePath path_to_last(const Records& records) const;
  void forget_until(std::uint64_t frame);

  int frame_channel_, output_channel_;
  base::Duration deadline_;
  std::map<std::uint64_t, Records> on_their_way_;  // by frame
  std::size_t record_count_ = 0;
  std::uint64_t last_frame_ = 0;  // that ended, or was on its way for too long
};

// The same of a whole run. Frames without a stamp keep the virtual latency 0.
std::vector<FramePath> critical_paths(const RunInfo& info, std::span<const ActivationRecord> records,
                                      std::span<const base::Time> frame_stamps);

}  // namespace hangil::runtime
