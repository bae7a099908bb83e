// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "recording/drive_channel.hpp"
#include "recording/mcap_records.hpp"

namespace hangil::recording {

// What a writer remembers for the end of the file.
struct DriveSummary {
  std::vector<mcap::Schema> schemas;
  std::vector<mcap::Channel> channels;        // by id
  std::vector<std::uint64_t> message_counts;  // by channel id
  std::vector<mcap::ChunkIndex> chunks;
  std::vector<mcap::AttachmentIndex> attachments;
  std::vector<mcap::MetadataIndex> metadata;

  // The id of this channel's schema; one not seen before is added, its record appended to `records`.
  std::uint16_t schema_id(const DriveChannel& channel, base::Bytes& records);
  // `message_indexes` by channel id.
  void add_chunk(mcap::ChunkIndex chunk, const std::vector<mcap::MessageIndex>& message_indexes);
};

// Appends summary, summary offsets and footer, the first of which will stand at byte `offset` of the file.
void append_summary(const DriveSummary& summary, std::uint64_t offset, base::Bytes& out);

}  // namespace hangil::recording
