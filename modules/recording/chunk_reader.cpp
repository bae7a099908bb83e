// SPDX-License-Identifier: Apache-2.0
#include "recording/chunk_reader.hpp"

#include <algorithm>
#include <array>

#include "recording/crc32.hpp"

namespace hangil::recording {

std::optional<RecordView> take_record(mcap::ByteSpan& bytes, std::uint64_t& offset, bool& is_cut) {
  if (bytes.empty()) return std::nullopt;
  mcap::ByteReader reader(bytes);
  const auto opcode = static_cast<mcap::Opcode>(reader.number<std::uint8_t>());
  const mcap::ByteSpan content = reader.take(reader.u64());
  is_cut = reader.has_failed();
  if (is_cut) return std::nullopt;
  const RecordView record{opcode, content, offset};
  const std::size_t size = mcap::kRecordHeaderBytes + content.size();
  bytes = bytes.subspan(size);
  offset += size;
  return record;
}

base::Status ChunkReader::read(std::uint64_t offset, std::uint64_t length, ChunkBytes& records) {
  std::array<std::uint8_t, 128> head;  // longer than any chunk header with a known compression
  const std::size_t head_size = std::min<std::uint64_t>(head.size(), length);
  if (base::Status status = source_->read(offset, head_size, head.data()); !status) return status;
  mcap::ByteReader reader({head.data(), head_size});
  const auto opcode = static_cast<mcap::Opcode>(reader.number<std::uint8_t>());
  const std::uint64_t content_size = reader.u64();
  if (length < mcap::kRecordHeaderBytes || opcode != mcap::Opcode::kChunk ||
      content_size > length - mcap::kRecordHeaderBytes) {
    return source_->error(offset, "not the chunk that the index places here");
  }
  const auto header = mcap::parse_chunk_header(reader.take(reader.left()));
  if (!header) return source_->error(offset, "broken chunk header");
  const std::uint64_t header_size = mcap::chunk_header_bytes(*header);
  if (header_size > content_size || header->records_size > content_size - header_size) {
    return source_->error(offset, "chunk records reach beyond their chunk");
  }
  return read_records(offset + mcap::kRecordHeaderBytes + header_size, *header, records);
}

base::Status ChunkReader::read_records(std::uint64_t offset, const mcap::ChunkHeader& header, ChunkBytes& records) {
  if (header.uncompressed_size > kMostChunkBytes || header.records_size > kMostChunkBytes) {
    return source_->error(offset, "chunk of " + std::to_string(header.uncompressed_size) + " bytes, at most " +
                                      std::to_string(kMostChunkBytes) + " are read");
  }
  const bool is_plain = header.compression.empty();
  if (is_plain && header.records_size != header.uncompressed_size) {
    return source_->error(offset, "uncompressed chunk of another size than it says");
  }
  ChunkBytes& raw = is_plain ? records : compressed_;
  raw.set_size(0);
  raw.reserve(header.records_size);
  if (base::Status status = source_->read(offset, header.records_size, raw.data()); !status) return status;
  raw.set_size(header.records_size);
  if (!is_plain) {
    const base::Status status =
        decompressor_.decompress(header.compression, raw.span(), header.uncompressed_size, records);
    if (!status) return source_->error(offset, "chunk: " + status.error().message);
  }
  if (header.uncompressed_crc != 0 && crc32(records.span()) != header.uncompressed_crc) {
    return source_->error(offset, "chunk: CRC does not match");
  }
  return {};
}

}  // namespace hangil::recording
