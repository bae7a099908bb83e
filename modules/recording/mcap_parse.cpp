// SPDX-License-Identifier: Apache-2.0
#include "recording/mcap_records.hpp"

namespace hangil::recording::mcap {

namespace {

template <class T>
std::optional<T> unless_failed(const ByteReader& reader, T&& record) {
  if (reader.has_failed()) return std::nullopt;
  return std::forward<T>(record);
}

std::vector<std::pair<std::uint16_t, std::uint64_t>> read_id_map(ByteReader& reader) {
  ByteReader entries(reader.take(reader.u32()));
  std::vector<std::pair<std::uint16_t, std::uint64_t>> values;
  while (entries.left() >= 10) {
    const std::uint16_t id = entries.u16();
    values.emplace_back(id, entries.u64());
  }
  return values;
}

AttachmentHeader read_attachment_names(ByteReader& reader, AttachmentHeader header) {
  header.name = reader.text();
  header.media_type = reader.text();
  return header;
}

}  // namespace

TextMap ByteReader::map() {
  ByteReader entries(take(u32()));
  TextMap values;
  while (entries.left() > 0) {
    std::string key = entries.text();
    std::string value = entries.text();
    if (entries.has_failed()) return fail(), values;
    values.insert_or_assign(std::move(key), std::move(value));
  }
  return values;
}

std::optional<Header> parse_header(ByteSpan content) {
  ByteReader reader(content);
  Header record;
  record.profile = reader.text();
  record.library = reader.text();
  return unless_failed(reader, std::move(record));
}

std::optional<Footer> parse_footer(ByteSpan content) {
  ByteReader reader(content);
  Footer record;
  record.summary_start = reader.u64();
  record.summary_offset_start = reader.u64();
  record.summary_crc = reader.u32();
  return unless_failed(reader, std::move(record));
}

std::optional<Schema> parse_schema(ByteSpan content) {
  ByteReader reader(content);
  Schema record;
  record.id = reader.u16();
  record.name = reader.text();
  record.encoding = reader.text();
  record.text = reader.text();
  return unless_failed(reader, std::move(record));
}

std::optional<Channel> parse_channel(ByteSpan content) {
  ByteReader reader(content);
  Channel record;
  record.id = reader.u16();
  record.schema_id = reader.u16();
  record.topic = reader.text();
  record.message_encoding = reader.text();
  record.metadata = reader.map();
  return unless_failed(reader, std::move(record));
}

std::optional<Message> parse_message(ByteSpan content) {
  ByteReader reader(content);
  Message record;
  record.channel_id = reader.u16();
  record.sequence = reader.u32();
  record.log_time = reader.u64();
  record.publish_time = reader.u64();
  record.data = reader.take(reader.left());
  return unless_failed(reader, std::move(record));
}

std::optional<ChunkHeader> parse_chunk_header(ByteSpan content) {
  ByteReader reader(content);
  ChunkHeader record;
  record.start_time = reader.u64();
  record.end_time = reader.u64();
  record.uncompressed_size = reader.u64();
  record.uncompressed_crc = reader.u32();
  record.compression = reader.text();
  record.records_size = reader.u64();
  return unless_failed(reader, std::move(record));
}

std::size_t chunk_header_bytes(const ChunkHeader& header) { return 40 + header.compression.size(); }

std::optional<ChunkIndex> parse_chunk_index(ByteSpan content) {
  ByteReader reader(content);
  ChunkIndex record;
  record.start_time = reader.u64();
  record.end_time = reader.u64();
  record.offset = reader.u64();
  record.length = reader.u64();
  record.message_index_offsets = read_id_map(reader);
  record.message_index_length = reader.u64();
  record.compression = reader.text();
  record.compressed_size = reader.u64();
  record.uncompressed_size = reader.u64();
  return unless_failed(reader, std::move(record));
}

std::optional<AttachmentHeader> parse_attachment_header(ByteSpan content) {
  ByteReader reader(content);
  AttachmentHeader record;
  record.log_time = reader.u64();
  record.create_time = reader.u64();
  record = read_attachment_names(reader, std::move(record));
  record.data_size = reader.u64();
  return unless_failed(reader, std::move(record));
}

std::optional<AttachmentIndex> parse_attachment_index(ByteSpan content) {
  ByteReader reader(content);
  AttachmentIndex record;
  record.offset = reader.u64();
  record.length = reader.u64();
  record.header.log_time = reader.u64();
  record.header.create_time = reader.u64();
  record.header.data_size = reader.u64();
  record.header = read_attachment_names(reader, std::move(record.header));
  return unless_failed(reader, std::move(record));
}

std::optional<Statistics> parse_statistics(ByteSpan content) {
  ByteReader reader(content);
  Statistics record;
  record.message_count = reader.u64();
  record.schema_count = reader.u16();
  record.channel_count = reader.u32();
  record.attachment_count = reader.u32();
  record.metadata_count = reader.u32();
  record.chunk_count = reader.u32();
  record.start_time = reader.u64();
  record.end_time = reader.u64();
  record.channel_message_counts = read_id_map(reader);
  return unless_failed(reader, std::move(record));
}

std::optional<Metadata> parse_metadata(ByteSpan content) {
  ByteReader reader(content);
  Metadata record;
  record.name = reader.text();
  record.values = reader.map();
  return unless_failed(reader, std::move(record));
}

std::optional<MetadataIndex> parse_metadata_index(ByteSpan content) {
  ByteReader reader(content);
  MetadataIndex record;
  record.offset = reader.u64();
  record.length = reader.u64();
  record.name = reader.text();
  return unless_failed(reader, std::move(record));
}

}  // namespace hangil::recording::mcap
