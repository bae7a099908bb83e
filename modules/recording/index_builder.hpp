// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recording/drive_index.hpp"

namespace hangil::recording {

// Collects schemas, channels and counts in whatever order a file gives them.
class IndexBuilder {
 public:
  DriveIndex index;

  void add(mcap::Schema schema) { schemas_.insert_or_assign(schema.id, std::move(schema)); }
  void add(mcap::Channel channel) { channels_.insert_or_assign(channel.id, std::move(channel)); }
  // Channels that the file's summary announces stand in for those whose records are not found.
  void know(const DriveIndex& summary);
  bool has_channel(std::uint16_t id) const { return channels_.count(id) + known_.count(id) > 0; }
  std::size_t channel_count() const { return channels_.size(); }
  void count_messages(std::uint16_t id, std::uint64_t count) { counts_[id] += count; }
  // Fills index.channels, channel_ids and message_count.
  DriveIndex finish();

 private:
  std::map<std::uint16_t, mcap::Schema> schemas_;
  std::map<std::uint16_t, mcap::Channel> channels_;
  std::map<std::uint16_t, DriveChannel> known_;
  std::map<std::uint16_t, std::uint64_t> counts_;
};

// MCAP times are unsigned; those beyond 2262 are clamped.
base::Time to_time(std::uint64_t ns);

}  // namespace hangil::recording
