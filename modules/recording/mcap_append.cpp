// SPDX-License-Identifier: Apache-2.0
#include "recording/mcap_records.hpp"

namespace hangil::recording::mcap {

namespace {

// Writes opcode and a length that it fills in when it goes out of scope; `bulk_size` bytes follow that others write.
class RecordFrame {
 public:
  RecordFrame(Opcode opcode, base::Bytes& out, std::uint64_t bulk_size = 0)
      : out_(out), start_(out.size()), bulk_size_(bulk_size), writer_(out) {
    writer_.number(static_cast<std::uint8_t>(opcode));
    writer_.number(std::uint64_t{0});
  }
  RecordFrame(const RecordFrame&) = delete;
  RecordFrame& operator=(const RecordFrame&) = delete;
  ~RecordFrame() {
    const std::uint64_t length = out_.size() - start_ - kRecordHeaderBytes + bulk_size_;
    std::memcpy(out_.data() + start_ + 1, &length, sizeof length);
  }
  ByteWriter* operator->() { return &writer_; }

 private:
  base::Bytes& out_;
  std::size_t start_;
  std::uint64_t bulk_size_;
  ByteWriter writer_;
};

void append_id_map(const std::vector<std::pair<std::uint16_t, std::uint64_t>>& values, RecordFrame& frame) {
  frame->number(static_cast<std::uint32_t>(values.size() * 10));
  for (const auto& [id, value] : values) frame->number(id), frame->number(value);
}

}  // namespace

void ByteWriter::map(const TextMap& values) {
  std::size_t size = 0;
  for (const auto& [key, value] : values) size += 8 + key.size() + value.size();
  number(static_cast<std::uint32_t>(size));
  for (const auto& [key, value] : values) text(key), text(value);
}

void append(const Header& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kHeader, out);
  frame->text(record.profile);
  frame->text(record.library);
}

void append(const Schema& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kSchema, out);
  frame->number(record.id);
  frame->text(record.name);
  frame->text(record.encoding);
  frame->text(record.text);
}

void append(const Channel& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kChannel, out);
  frame->number(record.id);
  frame->number(record.schema_id);
  frame->text(record.topic);
  frame->text(record.message_encoding);
  frame->map(record.metadata);
}

void append_message_head(const Message& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kMessage, out, record.data.size());
  frame->number(record.channel_id);
  frame->number(record.sequence);
  frame->number(record.log_time);
  frame->number(record.publish_time);
}

void append_chunk_head(const ChunkHeader& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kChunk, out, record.records_size);
  frame->number(record.start_time);
  frame->number(record.end_time);
  frame->number(record.uncompressed_size);
  frame->number(record.uncompressed_crc);
  frame->text(record.compression);
  frame->number(record.records_size);
}

void append(const MessageIndex& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kMessageIndex, out);
  frame->number(record.channel_id);
  frame->number(static_cast<std::uint32_t>(record.entries.size() * 16));
  for (const auto& [time, offset] : record.entries) frame->number(time), frame->number(offset);
}

void append(const ChunkIndex& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kChunkIndex, out);
  frame->number(record.start_time);
  frame->number(record.end_time);
  frame->number(record.offset);
  frame->number(record.length);
  append_id_map(record.message_index_offsets, frame);
  frame->number(record.message_index_length);
  frame->text(record.compression);
  frame->number(record.compressed_size);
  frame->number(record.uncompressed_size);
}

void append_attachment_head(const AttachmentHeader& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kAttachment, out, record.data_size + sizeof(std::uint32_t));
  frame->number(record.log_time);
  frame->number(record.create_time);
  frame->text(record.name);
  frame->text(record.media_type);
  frame->number(record.data_size);
}

void append(const AttachmentIndex& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kAttachmentIndex, out);
  frame->number(record.offset);
  frame->number(record.length);
  frame->number(record.header.log_time);
  frame->number(record.header.create_time);
  frame->number(record.header.data_size);
  frame->text(record.header.name);
  frame->text(record.header.media_type);
}

void append(const Statistics& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kStatistics, out);
  frame->number(record.message_count);
  frame->number(record.schema_count);
  frame->number(record.channel_count);
  frame->number(record.attachment_count);
  frame->number(record.metadata_count);
  frame->number(record.chunk_count);
  frame->number(record.start_time);
  frame->number(record.end_time);
  append_id_map(record.channel_message_counts, frame);
}

void append(const Metadata& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kMetadata, out);
  frame->text(record.name);
  frame->map(record.values);
}

void append(const MetadataIndex& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kMetadataIndex, out);
  frame->number(record.offset);
  frame->number(record.length);
  frame->text(record.name);
}

void append(const SummaryOffset& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kSummaryOffset, out);
  frame->number(record.group_opcode);
  frame->number(record.group_start);
  frame->number(record.group_length);
}

void append_data_end(base::Bytes& out) {
  RecordFrame frame(Opcode::kDataEnd, out);
  frame->number(std::uint32_t{0});  // every chunk has its own CRC; 0 means none for the whole section
}

void append_footer_without_crc(const Footer& record, base::Bytes& out) {
  RecordFrame frame(Opcode::kFooter, out, sizeof record.summary_crc);
  frame->number(record.summary_start);
  frame->number(record.summary_offset_start);
}

}  // namespace hangil::recording::mcap
