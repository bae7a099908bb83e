// SPDX-License-Identifier: Apache-2.0
#pragma once

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
  base::Duration virtual_latency;  // output's published minus the frame's stamp
  bool is_late = false;            // end_to_end_ns above the pipeline's deadline
  std::vector<PathPart> parts;     // in the order they ran
};

// Walks back from the first output of each frame along the input each activation waited for last. Frames that a newer
// one overtook (coalesced triggers) have no path of their own and are left out.
std::vector<FramePath> critical_paths(const RunInfo& info, std::span<const ActivationRecord> records,
                                      std::span<const base::Time> frame_stamps);

}  // namespace hangil::runtime
