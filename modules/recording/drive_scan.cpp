// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <set>

#include "recording/chunk_reader.hpp"
#include "recording/index_builder.hpp"
#include "recording/record_scanner.hpp"

// Finding out what a file holds by reading all of it.
namespace hangil::recording {

namespace {

constexpr std::uint64_t kMostRecordBytes = 64 << 20;  // of those that are held whole: schemas, channels, metadata
constexpr std::uint64_t kBytesPerIndexedMessage = 16;
constexpr auto kMostTime = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
constexpr std::uint64_t kRunBytes = 1 << 20;  // messages outside chunks are read in runs of about this size

class Scan {
 public:
  explicit Scan(const FileSource& source)
      : source_(source), scanner_(source, sizeof mcap::kMagic), chunk_reader_(source) {}

  // `summary` helps where the records that announce channels are broken.
  base::Result<DriveIndex> run(const std::optional<DriveIndex>& summary) {
    if (summary) builder_.know(*summary);
    while (!is_at_end_) {
      const auto record = scanner_.next();
      if (!record) return record.error();
      const base::Status status = *record ? take(**record) : skip_to_chunk();
      if (!status) return status.error();
    }
    close_run();
    for (const auto& [id, count] : unannounced_counts_) {
      note(source_.size(), std::to_string(count) + " messages of channel " + std::to_string(id) +
                               " lost: the record that announces it is");
    }
    DriveIndex found = builder_.finish();
    if (summary && summary->message_count > found.message_count) {
      found.lost_message_count = summary->message_count - found.message_count;
    }
    return found;
  }

 private:
  // Errors here are the machine's; what is wrong with the bytes is noted as damage.
  base::Status take(const RecordHead& record) {
    if (record.opcode == mcap::Opcode::kMessage) return take_message(record);
    close_run();
    const bool is_behind_lost_chunk = std::exchange(is_behind_lost_chunk_, false);
    switch (record.opcode) {
      case mcap::Opcode::kChunk:
        return take_chunk(record), base::Status();
      case mcap::Opcode::kMessageIndex:
        is_behind_lost_chunk_ = is_behind_lost_chunk;
        if (is_behind_lost_chunk) index().lost_message_count += record.content_size / kBytesPerIndexedMessage;
        return {};
      case mcap::Opcode::kAttachment:
        return take_attachment(record);
      case mcap::Opcode::kHeader:
      case mcap::Opcode::kSchema:
      case mcap::Opcode::kChannel:
      case mcap::Opcode::kMetadata:
        return take_small(record);
      case mcap::Opcode::kDataEnd:
        is_at_end_ = record.content_size == sizeof(std::uint32_t);
        return {};
      case mcap::Opcode::kFooter:
        is_at_end_ = record.content_size == mcap::kFooterBytes;
        return {};
      default:
        return {};
    }
  }

  base::Status take_small(const RecordHead& record) {
    if (record.content_size > kMostRecordBytes) return note(record.offset, "record too large"), base::Status();
    const auto content = scanner_.content(record, kMostRecordBytes);
    if (!content) return content.error();
    if (!keep(record.opcode, *content)) note(record.offset, "broken record");
    return {};
  }

  bool keep(mcap::Opcode opcode, mcap::ByteSpan content) {
    if (opcode == mcap::Opcode::kSchema) {
      auto schema = mcap::parse_schema(content);
      return schema ? builder_.add(*std::move(schema)), true : false;
    }
    if (opcode == mcap::Opcode::kChannel) {
      auto channel = mcap::parse_channel(content);
      return channel ? builder_.add(*std::move(channel)), true : false;
    }
    if (opcode == mcap::Opcode::kMetadata) {
      const auto metadata = mcap::parse_metadata(content);
      if (metadata) index().metadata[metadata->name] = metadata->values;
      return metadata.has_value();
    }
    if (opcode != mcap::Opcode::kHeader) return true;
    const auto header = mcap::parse_header(content);
    if (header) index().profile = header->profile, index().library = header->library;
    return header.has_value();
  }

  base::Status take_attachment(const RecordHead& record) {
    const auto content = scanner_.content(record, kMostRecordBytes);
    if (!content) return content.error();
    const auto header = mcap::parse_attachment_header(*content);
    if (!header || header->data_size > record.content_size) {
      return note(record.offset, "broken attachment"), base::Status();
    }
    index().attachments.push_back({header->name, header->media_type, to_time(header->log_time), header->data_size,
                                   record.offset, record.end() - record.offset});
    return {};
  }

  base::Status take_message(const RecordHead& record) {
    const auto content = scanner_.content(record, mcap::kMessageHeaderBytes);
    if (!content) return content.error();
    const auto message = mcap::parse_message(*content);
    if (record.content_size > kMostChunkBytes)
      return close_run(), note(record.offset, "message too large"), base::Status();
    if (!is_sound(message)) return close_run(), note(record.offset, "broken message"), base::Status();
    if (run_.length >= kRunBytes) close_run();
    if (run_.length == 0) run_ = {.offset = record.offset, .is_run = true, .start = to_time(message->log_time)};
    add_message(*message, run_);
    run_.length = record.end() - run_.offset;
    return {};
  }

  void add_message(const mcap::Message& message, ChunkPlace& place) {
    const base::Time time = to_time(message.log_time);
    if (!builder_.has_channel(message.channel_id)) {
      ++unannounced_counts_[message.channel_id];
      ++index().lost_message_count;
      return;
    }
    builder_.count_messages(message.channel_id, 1);
    place.start = std::min(place.start, time);
    place.end = std::max(place.end, time);
    seen_ids_.insert(message.channel_id);
  }

  void close_run() {
    if (run_.length == 0) return;
    run_.uncompressed_bytes = run_.length;
    add_place(std::exchange(run_, {}));
  }

  void take_chunk(const RecordHead& record) {
    const std::uint64_t length = record.end() - record.offset;
    if (const auto status = chunk_reader_.read(record.offset, length, records_); !status) {
      return note_chunk(record, status.error().message);
    }
    ChunkPlace place{.offset = record.offset, .length = length, .uncompressed_bytes = records_.size()};
    if (const auto content = scanner_.content(record, 64)) {
      if (const auto header = mcap::parse_chunk_header(*content)) place.compression = header->compression;
    }
    take_chunk_records(record, std::move(place));
  }

  void take_chunk_records(const RecordHead& record, ChunkPlace place) {
    if (!is_sound(records_.span())) return note_chunk(record, "broken record in it");
    mcap::ByteSpan bytes = records_.span();
    std::uint64_t offset = 0;
    bool is_cut = false, is_first = true;
    while (const auto inner = take_record(bytes, offset, is_cut)) {
      if (inner->opcode != mcap::Opcode::kMessage) {
        (void)keep(inner->opcode, inner->content);
        continue;
      }
      const auto message = mcap::parse_message(inner->content);
      if (std::exchange(is_first, false)) place.start = to_time(message->log_time);
      add_message(*message, place);
    }
    if (!seen_ids_.empty()) add_place(std::move(place));
  }

  // The whole chunk or nothing of it: one that is wrong about one record is not believed about the others.
  static bool is_sound(mcap::ByteSpan bytes) {
    std::uint64_t offset = 0;
    bool is_cut = false;
    while (const auto inner = take_record(bytes, offset, is_cut)) {
      if (inner->opcode == mcap::Opcode::kMessage && !is_sound(mcap::parse_message(inner->content))) return false;
      if (inner->opcode == mcap::Opcode::kSchema && !mcap::parse_schema(inner->content)) return false;
      if (inner->opcode == mcap::Opcode::kChannel && !mcap::parse_channel(inner->content)) return false;
    }
    return !is_cut;
  }
  static bool is_sound(const std::optional<mcap::Message>& message) {
    return message && message->log_time <= kMostTime && message->publish_time <= kMostTime;
  }

  void add_place(ChunkPlace place) {
    place.channel_ids.assign(seen_ids_.begin(), seen_ids_.end());
    seen_ids_.clear();
    index().start = index().chunks.empty() ? place.start : std::min(index().start, place.start);
    index().end = index().chunks.empty() ? place.end : std::max(index().end, place.end);
    index().chunks.push_back(std::move(place));
  }

  // No whole record stands here: the file ends, or its framing is broken and a later chunk may be found.
  base::Status skip_to_chunk() {
    close_run();
    const std::uint64_t broken_at = scanner_.offset();
    if (broken_at < source_.size()) scanner_.seek(broken_at + 1);
    const auto has_chunk = scanner_.seek_chunk();
    if (!has_chunk) return has_chunk.error();
    is_at_end_ = !*has_chunk;
    const std::uint64_t end = *has_chunk ? scanner_.offset() : source_.size();
    const std::string size = std::to_string(end - broken_at) + " bytes lost";
    note(broken_at, *has_chunk ? "broken record, going on at the next chunk: " + size
                               : "the file was cut off: no record of its end, " + size);
    return {};
  }

  void note(std::uint64_t offset, const std::string& what) {
    add_damage(index(), damage_count_, "byte " + std::to_string(offset) + ": " + what);
  }
  void note_chunk(const RecordHead& record, const std::string& what) {
    is_behind_lost_chunk_ = true;
    note(record.offset, "chunk of " + std::to_string(record.content_size) + " bytes lost: " + what);
  }
  DriveIndex& index() { return builder_.index; }

  const FileSource& source_;
  RecordScanner scanner_;
  ChunkReader chunk_reader_;
  ChunkBytes records_;
  IndexBuilder builder_;
  ChunkPlace run_;
  std::set<std::uint16_t> seen_ids_;
  std::uint64_t damage_count_ = 0;
  std::map<std::uint16_t, std::uint64_t> unannounced_counts_;
  bool is_at_end_ = false, is_behind_lost_chunk_ = false;
};

}  // namespace

base::Result<DriveIndex> scan_file(const FileSource& source) {
  const auto summary = read_summary(source);
  return Scan(source).run(summary ? *summary : std::nullopt);
}

}  // namespace hangil::recording
