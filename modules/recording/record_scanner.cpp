// SPDX-License-Identifier: Apache-2.0
#include "recording/record_scanner.hpp"

#include <algorithm>

namespace hangil::recording {

namespace {

constexpr std::uint64_t kWindowBytes = 256 << 10;
constexpr std::uint64_t kChunkProbeBytes = mcap::kRecordHeaderBytes + 40 + 4;  // up to four letters of compression

// Whether a chunk record of at most `room` bytes can begin with these bytes. All its sizes must fit each other.
bool looks_like_chunk(mcap::ByteSpan bytes, std::uint64_t room) {
  mcap::ByteReader reader(bytes);
  if (static_cast<mcap::Opcode>(reader.number<std::uint8_t>()) != mcap::Opcode::kChunk) return false;
  const std::uint64_t size = reader.u64();
  if (room < mcap::kRecordHeaderBytes || size > room - mcap::kRecordHeaderBytes) return false;
  const auto header = mcap::parse_chunk_header(bytes.subspan(mcap::kRecordHeaderBytes));
  if (!header || header->start_time > header->end_time) return false;
  if (header->compression != "" && header->compression != "lz4" && header->compression != "zstd") return false;
  const std::uint64_t header_size = mcap::chunk_header_bytes(*header);
  return size >= header_size && header->records_size == size - header_size;
}

}  // namespace

base::Result<mcap::ByteSpan> RecordScanner::bytes(std::uint64_t offset, std::uint64_t size) {
  const bool is_inside = offset >= window_offset_ && offset - window_offset_ <= window_.size() &&
                         size <= window_.size() - (offset - window_offset_);
  if (!is_inside) {
    const std::uint64_t left = source_.size() - std::min(offset, source_.size());
    const std::uint64_t wanted = std::max(size, std::min(left, kWindowBytes));
    if (size > left) return source_.error(offset, "beyond the file's end");
    window_.resize(wanted);
    window_offset_ = offset;
    if (auto status = source_.read(offset, wanted, window_.data()); !status) return status.error();
  }
  return mcap::ByteSpan(window_).subspan(offset - window_offset_, size);
}

base::Result<std::optional<RecordHead>> RecordScanner::next() {
  using Found = std::optional<RecordHead>;
  const std::uint64_t left = source_.size() - std::min(offset_, source_.size());
  if (left < mcap::kRecordHeaderBytes) return Found();
  const auto head = bytes(offset_, mcap::kRecordHeaderBytes);
  if (!head) return head.error();
  mcap::ByteReader reader(*head);
  RecordHead record{static_cast<mcap::Opcode>(reader.number<std::uint8_t>()), offset_, reader.u64()};
  constexpr std::uint8_t kNoOpcode = 0;
  if (static_cast<std::uint8_t>(record.opcode) == kNoOpcode) return Found();
  if (record.content_size > left - mcap::kRecordHeaderBytes) return Found();
  offset_ = record.end();
  return Found(record);
}

base::Result<mcap::ByteSpan> RecordScanner::content(const RecordHead& record, std::uint64_t most) {
  return bytes(record.offset + mcap::kRecordHeaderBytes, std::min(record.content_size, most));
}

base::Result<bool> RecordScanner::seek_chunk() {
  for (; offset_ + kChunkProbeBytes <= source_.size(); ++offset_) {
    const auto probe = bytes(offset_, kChunkProbeBytes);
    if (!probe) return probe.error();
    if (looks_like_chunk(*probe, source_.size() - offset_)) return true;
  }
  return false;
}

}  // namespace hangil::recording
