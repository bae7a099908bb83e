// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/diff.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace hangil::cli {

// The first message of one channel that is not the same in two recordings.
struct ChannelDifference {
  std::string topic, what;
  std::uint64_t index = 0;                    // along the channel, from 0
  base::Time published;                       // the earlier of the two
  std::string module;                         // that wrote it; empty: a source
  std::uint64_t frame = 0;                    // newest frame it descends from, counted from 1; 0: none, or not known
  std::vector<base::FieldDifference> fields;  // only of the earliest difference; at most 20
};

struct DriveComparison {
  std::vector<ChannelDifference> channels;      // in order of publication, then of the modules in the pipeline
  int first_of_module = -1;                     // the first of `channels` that a module wrote; -1: none
  std::vector<base::FieldDifference> pipeline;  // lines of the pipelines as they were run; at most 10
  std::vector<std::string> warnings;            // what is wrong with the files themselves
  std::size_t channel_count = 0;
};

// Compares what was on every channel (stamp, publication time, bytes), records of the run itself left out. Needs no
// records: without activations the frame follows from stamps, without a run's description the module from the
// channel's metadata. Where a file holds the digests its run ended with, its messages are held against them too.
base::Result<DriveComparison> compare_drives(const std::string& left, const std::string& right);

}  // namespace hangil::cli
