// SPDX-License-Identifier: Apache-2.0
#include "recording/chunk_writer.hpp"

#include <algorithm>

#include "recording/crc32.hpp"

namespace hangil::recording {

namespace {

constexpr std::size_t kBulkyBytes = 64 << 10;

}  // namespace

ChunkWriter::ChunkWriter(const WriteOptions& options)
    : options_(options), compressor_(options.compression, options.zstd_level) {}

bool ChunkWriter::must_close_before(const mcap::Message& message) const {
  if (message_count_ == 0 || message.log_time <= first_time_) return false;
  return message.log_time - first_time_ >= static_cast<std::uint64_t>(options_.chunk_span.ns);
}

bool ChunkWriter::is_bulky(const mcap::Message& message) const {
  const bool is_plain = options_.compression == Compression::kNone || !is_compressed_;
  return is_plain && message.data.size() >= kBulkyBytes;
}

bool ChunkWriter::add(const mcap::Message& message) {
  const std::uint64_t time = message.log_time;
  if (message_count_ == 0) {
    first_time_ = start_time_ = end_time_ = time;
    is_compressed_ = next_is_compressed_;
  }
  start_time_ = std::min(start_time_, time);
  end_time_ = std::max(end_time_, time);
  ++message_count_;
  if (message.channel_id >= message_indexes_.size()) message_indexes_.resize(message.channel_id + std::size_t{1});
  message_indexes_[message.channel_id].entries.emplace_back(time, records_.size());
  mcap::append_message_head(message, records_);
  if (is_bulky(message)) return true;
  records_.insert(records_.end(), message.data.begin(), message.data.end());
  return records_.size() >= options_.chunk_bytes;
}

base::Status ChunkWriter::finish(FileSink& sink, DriveSummary& summary, mcap::ByteSpan bulk) {
  if (message_count_ == 0) return {};
  const std::uint64_t size = records_.size() + bulk.size();
  const mcap::ByteSpan compressed = bulk.empty() && is_compressed_ ? compressor_.compress(records_) : mcap::ByteSpan();
  const mcap::ByteSpan stored = compressed.empty() ? mcap::ByteSpan(records_) : compressed;
  const std::string compression = compressed.empty() ? "" : compression_name(options_.compression);
  head_.clear();
  mcap::append_chunk_head(
      {start_time_, end_time_, size, crc32(bulk, crc32(records_)), compression, stored.size() + bulk.size()}, head_);
  const std::uint64_t offset = sink.offset(), length = head_.size() + stored.size() + bulk.size();
  mcap::ChunkIndex chunk{start_time_, end_time_, offset, length, {}, 0, compression, stored.size() + bulk.size(), size};
  append_indexes(offset + length, chunk);
  const base::Status status = sink.write({head_, stored, bulk, indexes_});
  if (status) summary.add_chunk(std::move(chunk), message_indexes_);
  for (mcap::MessageIndex& index : message_indexes_) index.entries.clear();
  records_.clear();
  message_count_ = 0;
  return status;
}

void ChunkWriter::append_indexes(std::uint64_t offset, mcap::ChunkIndex& chunk) {
  indexes_.clear();
  for (std::size_t id = 0; id < message_indexes_.size(); ++id) {
    mcap::MessageIndex& index = message_indexes_[id];
    if (index.entries.empty()) continue;
    index.channel_id = static_cast<std::uint16_t>(id);
    chunk.message_index_offsets.emplace_back(index.channel_id, offset + indexes_.size());
    mcap::append(index, indexes_);
  }
  chunk.message_index_length = indexes_.size();
}

}  // namespace hangil::recording
