// SPDX-License-Identifier: Apache-2.0
#include "recording/drive_summary_writer.hpp"

#include <algorithm>

#include "recording/crc32.hpp"

namespace hangil::recording {

namespace {

mcap::Statistics statistics_of(const DriveSummary& summary) {
  mcap::Statistics statistics;
  statistics.schema_count = static_cast<std::uint16_t>(summary.schemas.size());
  statistics.channel_count = static_cast<std::uint32_t>(summary.channels.size());
  statistics.attachment_count = static_cast<std::uint32_t>(summary.attachments.size());
  statistics.metadata_count = static_cast<std::uint32_t>(summary.metadata.size());
  statistics.chunk_count = static_cast<std::uint32_t>(summary.chunks.size());
  for (std::size_t id = 0; id < summary.message_counts.size(); ++id) {
    statistics.message_count += summary.message_counts[id];
    statistics.channel_message_counts.emplace_back(static_cast<std::uint16_t>(id), summary.message_counts[id]);
  }
  for (const mcap::ChunkIndex& chunk : summary.chunks) {
    const bool is_first = &chunk == &summary.chunks.front();
    statistics.start_time = is_first ? chunk.start_time : std::min(statistics.start_time, chunk.start_time);
    statistics.end_time = std::max(statistics.end_time, chunk.end_time);
  }
  return statistics;
}

// Appends all records of one kind and an entry for the summary offset section.
template <class Record>
void append_group(mcap::Opcode opcode, const std::vector<Record>& records, std::uint64_t base, base::Bytes& out,
                  std::vector<mcap::SummaryOffset>& groups) {
  if (records.empty()) return;
  const std::size_t start = out.size();
  for (const Record& record : records) mcap::append(record, out);
  groups.push_back({static_cast<std::uint8_t>(opcode), base + start, out.size() - start});
}

}  // namespace

std::uint16_t DriveSummary::schema_id(const DriveChannel& channel, base::Bytes& records) {
  if (channel.type.empty() && channel.schema_encoding.empty()) return 0;  // "no schema"
  const auto found = std::find_if(schemas.begin(), schemas.end(), [&](const mcap::Schema& schema) {
    return schema.name == channel.type && schema.text == channel.schema_text &&
           schema.encoding == channel.schema_encoding;
  });
  if (found != schemas.end()) return found->id;
  const auto id = static_cast<std::uint16_t>(schemas.size() + 1);
  schemas.push_back({id, channel.type, channel.schema_encoding, channel.schema_text});
  mcap::append(schemas.back(), records);
  return id;
}

void DriveSummary::add_chunk(mcap::ChunkIndex chunk, const std::vector<mcap::MessageIndex>& message_indexes) {
  for (const auto& [id, offset] : chunk.message_index_offsets) {
    message_counts[id] += message_indexes[id].entries.size();
  }
  chunks.push_back(std::move(chunk));
}

void append_summary(const DriveSummary& summary, std::uint64_t offset, base::Bytes& out) {
  using mcap::Opcode;
  const std::size_t first = out.size();
  const std::uint64_t base = offset - first;
  std::vector<mcap::SummaryOffset> groups;
  append_group(Opcode::kSchema, summary.schemas, base, out, groups);
  append_group(Opcode::kChannel, summary.channels, base, out, groups);
  append_group(Opcode::kStatistics, std::vector{statistics_of(summary)}, base, out, groups);
  append_group(Opcode::kChunkIndex, summary.chunks, base, out, groups);
  append_group(Opcode::kAttachmentIndex, summary.attachments, base, out, groups);
  append_group(Opcode::kMetadataIndex, summary.metadata, base, out, groups);
  const mcap::Footer footer{offset, base + out.size(), 0};
  for (const mcap::SummaryOffset& group : groups) mcap::append(group, out);
  mcap::append_footer_without_crc(footer, out);
  mcap::ByteWriter(out).number(crc32(mcap::ByteSpan(out).subspan(first)));
}

}  // namespace hangil::recording
