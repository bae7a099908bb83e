// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "recording/chunk_reader.hpp"
#include "recording/crc32.hpp"
#include "recording/index_builder.hpp"

// Reading a file's own summary (https://mcap.dev/spec#summary-section).
namespace hangil::recording {

namespace {

constexpr std::uint64_t kTailBytes = mcap::kRecordHeaderBytes + mcap::kFooterBytes + sizeof mcap::kMagic;
constexpr std::uint64_t kMostSummaryBytes = std::uint64_t{1} << 30;
constexpr std::uint64_t kMostMetadataBytes = 64 << 20;

base::Status read_bytes(const FileSource& source, std::uint64_t offset, std::uint64_t size, std::uint64_t most,
                        base::Bytes& out) {
  if (offset > source.size() || size > source.size() - offset) return source.error(offset, "beyond the file's end");
  if (size > most) return source.error(offset, "record of " + std::to_string(size) + " bytes is too large");
  out.resize(size);
  return source.read(offset, size, out.data());
}

base::Result<mcap::Footer> read_footer(const FileSource& source) {
  if (source.size() < kTailBytes + sizeof mcap::kMagic) return source.error(source.size(), "too short for a footer");
  const std::uint64_t offset = source.size() - kTailBytes;
  base::Bytes tail;
  if (auto status = read_bytes(source, offset, kTailBytes, kTailBytes, tail); !status) return status.error();
  if (!std::equal(std::begin(mcap::kMagic), std::end(mcap::kMagic), tail.end() - sizeof mcap::kMagic)) {
    return source.error(source.size(), "the file was cut off: it does not end with the MCAP magic bytes");
  }
  mcap::ByteReader reader(tail);
  const auto opcode = static_cast<mcap::Opcode>(reader.number<std::uint8_t>());
  const auto footer = mcap::parse_footer(reader.take(reader.u64()));
  if (opcode != mcap::Opcode::kFooter || !footer) return source.error(offset, "no footer before the closing magic");
  return *footer;
}

base::Status check_crc(const FileSource& source, const mcap::Footer& footer, mcap::ByteSpan summary) {
  if (footer.summary_crc == 0) return {};
  base::Bytes tail;
  mcap::append_footer_without_crc(footer, tail);
  if (crc32(tail, crc32(summary)) == footer.summary_crc) return {};
  return source.error(footer.summary_start, "CRC of the summary does not match");
}

// What a summary holds beside schemas and channels.
struct Parts {
  std::optional<mcap::Statistics> statistics;
  std::vector<mcap::ChunkIndex> chunks;
  std::vector<mcap::AttachmentIndex> attachments;
  std::vector<mcap::MetadataIndex> metadata;
};

template <class T>
bool keep(std::optional<T> record, std::vector<T>& list) {
  if (record) list.push_back(*std::move(record));
  return record.has_value();
}

template <class T>
bool keep(std::optional<T> record, IndexBuilder& builder) {
  if (record) builder.add(*std::move(record));
  return record.has_value();
}

bool keep_record(const RecordView& record, IndexBuilder& builder, Parts& parts) {
  switch (record.opcode) {
    case mcap::Opcode::kSchema:
      return keep(mcap::parse_schema(record.content), builder);
    case mcap::Opcode::kChannel:
      return keep(mcap::parse_channel(record.content), builder);
    case mcap::Opcode::kStatistics:
      return (parts.statistics = mcap::parse_statistics(record.content)).has_value();
    case mcap::Opcode::kChunkIndex:
      return keep(mcap::parse_chunk_index(record.content), parts.chunks);
    case mcap::Opcode::kAttachmentIndex:
      return keep(mcap::parse_attachment_index(record.content), parts.attachments);
    case mcap::Opcode::kMetadataIndex:
      return keep(mcap::parse_metadata_index(record.content), parts.metadata);
    default:
      return true;
  }
}

bool is_within(const FileSource& source, std::uint64_t offset, std::uint64_t length) {
  return offset <= source.size() && length <= source.size() - offset;
}

base::Status add_chunk(const FileSource& source, const mcap::ChunkIndex& chunk, DriveIndex& index) {
  if (!is_within(source, chunk.offset, chunk.length)) {
    return source.error(chunk.offset, "a chunk index points beyond the file's end");
  }
  ChunkPlace place{chunk.offset, chunk.length, chunk.uncompressed_size, chunk.compression, false, {}, {}, {}};
  place.start = to_time(chunk.start_time);
  place.end = to_time(chunk.end_time);
  for (const auto& [id, offset] : chunk.message_index_offsets) place.channel_ids.push_back(id);
  std::sort(place.channel_ids.begin(), place.channel_ids.end());
  index.chunks.push_back(std::move(place));
  return {};
}

base::Status add_metadata(const FileSource& source, const mcap::MetadataIndex& entry, DriveIndex& index) {
  base::Bytes bytes;
  if (auto status = read_bytes(source, entry.offset, entry.length, kMostMetadataBytes, bytes); !status) return status;
  mcap::ByteReader reader(bytes);
  const auto opcode = static_cast<mcap::Opcode>(reader.number<std::uint8_t>());
  const auto record = mcap::parse_metadata(reader.take(reader.u64()));
  if (opcode != mcap::Opcode::kMetadata || !record) return source.error(entry.offset, "broken metadata record");
  index.metadata[record->name] = record->values;
  return {};
}

// Whether the summary tells all that reading by it needs; writers may leave parts out.
bool is_complete(const IndexBuilder& builder, const Parts& parts) {
  if (!parts.statistics) return false;
  const mcap::Statistics& statistics = *parts.statistics;
  if (statistics.channel_count != builder.channel_count()) return false;
  if (statistics.chunk_count != parts.chunks.size()) return false;
  if (statistics.message_count > 0 && parts.chunks.empty()) return false;
  std::uint64_t total = 0;
  for (const auto& [id, count] : statistics.channel_message_counts) {
    if (!builder.has_channel(id)) return false;
    total += count;
  }
  return total == statistics.message_count;
}

base::Status fill(const FileSource& source, const Parts& parts, IndexBuilder& builder) {
  for (const mcap::ChunkIndex& chunk : parts.chunks) {
    if (auto status = add_chunk(source, chunk, builder.index); !status) return status;
  }
  std::sort(builder.index.chunks.begin(), builder.index.chunks.end(),
            [](const ChunkPlace& a, const ChunkPlace& b) { return a.offset < b.offset; });
  for (const mcap::MetadataIndex& entry : parts.metadata) {
    if (auto status = add_metadata(source, entry, builder.index); !status) return status;
  }
  for (const mcap::AttachmentIndex& entry : parts.attachments) {
    if (!is_within(source, entry.offset, entry.length)) {
      return source.error(entry.offset, "an attachment index points beyond the file's end");
    }
    builder.index.attachments.push_back({entry.header.name, entry.header.media_type, to_time(entry.header.log_time),
                                         entry.header.data_size, entry.offset, entry.length});
  }
  builder.index.start = to_time(parts.statistics->start_time);
  builder.index.end = to_time(parts.statistics->end_time);
  for (const auto& [id, count] : parts.statistics->channel_message_counts) builder.count_messages(id, count);
  return {};
}

base::Status read_header(const FileSource& source, DriveIndex& index) {
  base::Bytes head;
  constexpr std::uint64_t kOffset = sizeof mcap::kMagic, kMost = 64 << 10;
  const std::uint64_t size = std::min(source.size() - kOffset, kMost);
  if (auto status = read_bytes(source, kOffset, size, kMost, head); !status) return status;
  mcap::ByteReader reader(head);
  const auto opcode = static_cast<mcap::Opcode>(reader.number<std::uint8_t>());
  const auto header = mcap::parse_header(reader.take(reader.u64()));
  if (opcode != mcap::Opcode::kHeader || !header) return source.error(kOffset, "broken header record");
  index.profile = header->profile;
  index.library = header->library;
  return {};
}

base::Status read_records(const FileSource& source, mcap::ByteSpan summary, std::uint64_t offset, IndexBuilder& builder,
                          Parts& parts) {
  bool is_cut = false;
  while (const auto record = take_record(summary, offset, is_cut)) {
    if (!keep_record(*record, builder, parts)) return source.error(record->offset, "broken record in the summary");
  }
  if (is_cut) return source.error(offset, "broken record in the summary");
  return {};
}

}  // namespace

base::Result<std::optional<DriveIndex>> read_summary(const FileSource& source) {
  const auto footer = read_footer(source);
  if (!footer) return footer.error();
  const std::uint64_t end = source.size() - kTailBytes;
  const std::uint64_t start = footer->summary_start;
  if (start == 0) return std::optional<DriveIndex>();
  if (start > end) return source.error(start, "the summary begins behind its end");
  base::Bytes summary;
  IndexBuilder builder;
  Parts parts;
  auto status = read_bytes(source, start, end - start, kMostSummaryBytes, summary);
  if (status) status = check_crc(source, *footer, summary);
  if (status) status = read_records(source, summary, start, builder, parts);
  if (status && !is_complete(builder, parts)) return std::optional<DriveIndex>();
  if (status) status = fill(source, parts, builder);
  if (status) status = read_header(source, builder.index);
  if (!status) return status.error();
  builder.index.has_summary = true;
  return std::optional(builder.finish());
}

}  // namespace hangil::recording
