// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "recording/drive_writer.hpp"

namespace hangil::recording {

// MCAP metadata records by name.
using Metadata = std::map<std::string, std::map<std::string, std::string>>;

struct RecoverReport {
  std::uint64_t kept_message_count = 0;
  std::uint64_t lost_message_count = 0;  // those that are known of
  std::vector<std::string> lost;         // one line a place; empty: nothing is missing
};

// Reads every whole chunk of a broken, cut or unindexed MCAP file and writes a sound one. Message times, sequences,
// channels, attachments and metadata are kept, `added` joins them. `progress` hears 0 to 1. Error: not an MCAP file,
// both paths are the same file, or the file system's reason; damage in the bytes is not an error.
base::Result<RecoverReport> recover_drive(
    const std::string& broken, const std::string& mended, WriteOptions options = {},
    const std::function<void(double)>& progress = [](double) {}, const Metadata& added = {});

}  // namespace hangil::recording
