// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "recording/drive_reader.hpp"

namespace hangil::recording {

// The MCAP files of a ROS 2 bag in recording order: of a file, itself; of a folder, those that its metadata.yaml lists
// (rosbag2's layout), or all there are by name. Error: an SQLite bag (.db3), compressed files (.mcap.zstd), a listed
// file that is missing, nothing that is MCAP.
base::Result<std::vector<std::string>> find_bag_files(const std::string& path);

// Reads the files of a bag like one: channels with equal topics are one, messages come by published. A file is opened
// when its time comes.
class BagReader {
 public:
  static base::Result<BagReader> open(const std::vector<std::string>& files, const ReadOptions& options = {});

  const std::vector<DriveChannel>& channels() const { return channels_; }
  base::Time start() const { return start_; }
  base::Time end() const { return end_; }
  std::uint64_t message_count() const { return message_count_; }
  const std::string& damage() const { return damage_; }
  // As DriveReader::next(); channel is an index into channels().
  base::Result<std::optional<DriveMessage>> next();

 private:
  struct File {
    DriveReader reader;
    std::vector<int> channels;  // of the bag, by the file's channel
    std::optional<DriveMessage> next;
    bool is_at_end = false;
  };

  base::Status add_file(const std::string& path, const ReadOptions& options);
  base::Result<int> add_channel(const DriveChannel& channel, const std::string& path);
  base::Status fill(File& file);

  std::vector<File> files_;
  std::vector<DriveChannel> channels_;
  base::Time start_, end_;
  std::uint64_t message_count_ = 0;
  std::string damage_;
};

}  // namespace hangil::recording
