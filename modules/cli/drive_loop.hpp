// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "recording/drive_reader.hpp"

namespace hangil::cli {

// A recording played several times end to end, for soaks: each round comes later by the length of what is played, in
// its published times, stamps, and the stamps of headers that stand first in a message. A part of a drive begins with
// what was said once before it: how sensors are mounted, where the drive is to go.
class DriveLoop {
 public:
  // `reader` is the first round; it is replaced by a new one of the same file and range for each further round.
  DriveLoop(recording::DriveReader& reader, std::string path, recording::ReadOptions range, int round_count);

  base::Result<std::optional<recording::DriveMessage>> next();
  // No message that is still to come is published before this.
  base::Time following() const;

  // How much later the last round is than the first.
  base::Duration extension() const { return {round_length_.ns * (round_count_ - 1)}; }

 private:
  base::Status read_what_was_said_before();
  void move_on(recording::DriveMessage& message) const;

  recording::DriveReader& reader_;
  std::string path_;
  recording::ReadOptions range_;
  base::Duration round_length_;
  int round_count_, round_ = 0;
  std::vector<bool> has_header_;  // per channel
  bool is_begun_ = false;
  std::deque<recording::DriveMessage> said_before_;
};

}  // namespace hangil::cli
