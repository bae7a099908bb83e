// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "recording/drive_writer.hpp"

namespace hangil::recording {

// How an importer speaks while it works; it never prints.
struct ImportListener {
  std::function<void(double share)> progress = [](double) {};                        // 0 to 1
  std::function<void(const std::string& text)> warning = [](const std::string&) {};  // with file and, in texts, line
  std::function<bool()> is_cancelled = [] { return false; };  // asked once a frame: the file is then closed
};

// What came out of an import.
struct ImportReport {
  std::uint64_t frame_count = 0, message_count = 0, warning_count = 0;
  std::uint64_t lost_count = 0;  // frames, scans or labels that are missing or damaged
  bool has_mission = false;      // false: nothing says where the vehicle went, the reference is straight ahead
  bool is_cancelled = false;
  std::vector<std::string> notes;  // what a user should know about this drive
};

}  // namespace hangil::recording
