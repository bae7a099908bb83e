// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "recording/mcap_bytes.hpp"

// The records of an MCAP file, field by field as in https://mcap.dev/spec#records. Times are nanoseconds.
namespace hangil::recording::mcap {

inline constexpr std::uint8_t kMagic[8] = {0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
inline constexpr std::size_t kRecordHeaderBytes = 9;  // opcode and length
inline constexpr std::size_t kMessageHeaderBytes = 22;
inline constexpr std::size_t kFooterBytes = 20;

enum class Opcode : std::uint8_t {
  kHeader = 0x01,
  kFooter = 0x02,
  kSchema = 0x03,
  kChannel = 0x04,
  kMessage = 0x05,
  kChunk = 0x06,
  kMessageIndex = 0x07,
  kChunkIndex = 0x08,
  kAttachment = 0x09,
  kAttachmentIndex = 0x0A,
  kStatistics = 0x0B,
  kMetadata = 0x0C,
  kMetadataIndex = 0x0D,
  kSummaryOffset = 0x0E,
  kDataEnd = 0x0F,
};

struct Header {
  std::string profile, library;
};
struct Footer {
  std::uint64_t summary_start = 0, summary_offset_start = 0;
  std::uint32_t summary_crc = 0;
};
struct Schema {
  std::uint16_t id = 0;
  std::string name, encoding, text;
};
struct Channel {
  std::uint16_t id = 0, schema_id = 0;
  std::string topic, message_encoding;
  TextMap metadata;
};
struct Message {
  std::uint16_t channel_id = 0;
  std::uint32_t sequence = 0;
  std::uint64_t log_time = 0, publish_time = 0;
  ByteSpan data;  // into the bytes that were read
};
// A chunk without its records, which follow these fields.
struct ChunkHeader {
  std::uint64_t start_time = 0, end_time = 0, uncompressed_size = 0;
  std::uint32_t uncompressed_crc = 0;  // 0: not given
  std::string compression;
  std::uint64_t records_size = 0;
};
struct MessageIndex {
  std::uint16_t channel_id = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> entries;  // log time, offset in the chunk's records
};
struct ChunkIndex {
  std::uint64_t start_time = 0, end_time = 0, offset = 0, length = 0;
  std::vector<std::pair<std::uint16_t, std::uint64_t>> message_index_offsets;  // channel id, file offset
  std::uint64_t message_index_length = 0;
  std::string compression;
  std::uint64_t compressed_size = 0, uncompressed_size = 0;
};
struct AttachmentHeader {
  std::uint64_t log_time = 0, create_time = 0;
  std::string name, media_type;
  std::uint64_t data_size = 0;
};
struct AttachmentIndex {
  std::uint64_t offset = 0, length = 0;
  AttachmentHeader header;
};
struct Statistics {
  std::uint64_t message_count = 0;
  std::uint16_t schema_count = 0;
  std::uint32_t channel_count = 0, attachment_count = 0, metadata_count = 0, chunk_count = 0;
  std::uint64_t start_time = 0, end_time = 0;
  std::vector<std::pair<std::uint16_t, std::uint64_t>> channel_message_counts;
};
struct Metadata {
  std::string name;
  TextMap values;
};
struct MetadataIndex {
  std::uint64_t offset = 0, length = 0;
  std::string name;
};
struct SummaryOffset {
  std::uint8_t group_opcode = 0;
  std::uint64_t group_start = 0, group_length = 0;
};

// Contents (behind opcode and length) to values; nothing when the bytes end too early.
std::optional<Header> parse_header(ByteSpan content);
std::optional<Footer> parse_footer(ByteSpan content);
std::optional<Schema> parse_schema(ByteSpan content);
std::optional<Channel> parse_channel(ByteSpan content);
std::optional<Message> parse_message(ByteSpan content);
std::optional<ChunkIndex> parse_chunk_index(ByteSpan content);
std::optional<AttachmentIndex> parse_attachment_index(ByteSpan content);
std::optional<Statistics> parse_statistics(ByteSpan content);
std::optional<Metadata> parse_metadata(ByteSpan content);
std::optional<MetadataIndex> parse_metadata_index(ByteSpan content);
// These two read the beginning of a record that may be too large to hold; `content` is what is at hand.
std::optional<ChunkHeader> parse_chunk_header(ByteSpan content);
std::optional<AttachmentHeader> parse_attachment_header(ByteSpan content);
// How many bytes of a chunk record's content stand before its records.
std::size_t chunk_header_bytes(const ChunkHeader& header);

// Whole records, opcode and length included, appended to `out`.
void append(const Header& record, base::Bytes& out);
void append(const Schema& record, base::Bytes& out);
void append(const Channel& record, base::Bytes& out);
void append(const MessageIndex& record, base::Bytes& out);
void append(const ChunkIndex& record, base::Bytes& out);
void append(const AttachmentIndex& record, base::Bytes& out);
void append(const Statistics& record, base::Bytes& out);
void append(const Metadata& record, base::Bytes& out);
void append(const MetadataIndex& record, base::Bytes& out);
void append(const SummaryOffset& record, base::Bytes& out);
void append_data_end(base::Bytes& out);
// Up to its CRC, which covers everything from the summary's beginning to here.
void append_footer_without_crc(const Footer& record, base::Bytes& out);
// Everything of these records but the bulk (message data, chunk records, attachment data and its CRC).
void append_message_head(const Message& record, base::Bytes& out);
void append_chunk_head(const ChunkHeader& record, base::Bytes& out);
void append_attachment_head(const AttachmentHeader& record, base::Bytes& out);

}  // namespace hangil::recording::mcap
