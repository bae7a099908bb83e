// SPDX-License-Identifier: Apache-2.0
#include "recording/drive_writer.hpp"

#include <algorithm>
#include <cassert>

#include "recording/chunk_codec.hpp"
#include "recording/chunk_writer.hpp"
#include "recording/crc32.hpp"
#include "recording/drive_summary_writer.hpp"
#include "recording/file_sink.hpp"

namespace hangil::recording {

struct DriveWriter::State {
  FileSink sink;
  WriteOptions options;
  ChunkWriter chunk;
  DriveSummary summary;
  std::vector<std::uint64_t> next_sequences;  // by channel
  base::Status status;                        // the first error; it stays
  bool is_closed = false;

  State(FileSink file, const WriteOptions& given) : sink(std::move(file)), options(given), chunk(given) {}

  base::Status keep(base::Status result) {
    if (!result && status) status = result;
    return result;
  }
  base::Status write_record(const base::Bytes& record) {
    if (!status) return status;
    return keep(sink.write({record}));
  }
  base::Status close_chunk(mcap::ByteSpan last_message = {}) {
    if (!status) return status;
    return keep(chunk.finish(sink, summary, last_message));
  }
};

base::Result<DriveWriter> DriveWriter::create(const std::string& path, WriteOptions options) {
  auto sink = FileSink::create(path);
  if (!sink) return sink.error();
  base::Bytes head;
  mcap::append(mcap::Header{"ros2", "hangil 0.1"}, head);
  if (auto status = sink->write({mcap::kMagic, head}); !status) return status.error();
  return DriveWriter(std::make_unique<State>(*std::move(sink), options));
}

DriveWriter::DriveWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
DriveWriter::DriveWriter(DriveWriter&&) noexcept = default;
DriveWriter& DriveWriter::operator=(DriveWriter&& other) noexcept {
  if (state_) (void)close();
  state_ = std::move(other.state_);
  scratch_ = std::move(other.scratch_);
  return *this;
}
DriveWriter::~DriveWriter() {
  if (state_) (void)close();
}

int DriveWriter::add_channel(const std::string& topic, const std::string& type, const std::string& schema_text,
                             const std::map<std::string, std::string>& metadata) {
  assert(std::none_of(state_->summary.channels.begin(), state_->summary.channels.end(),
                      [&](const mcap::Channel& channel) { return channel.topic == topic; }));
  return add_channel(DriveChannel{topic, type, schema_text, "cdr", "ros2msg", 0, metadata});
}

int DriveWriter::add_channel(const DriveChannel& channel) {
  DriveSummary& summary = state_->summary;
  assert(summary.channels.size() < 0xFFFF);
  base::Bytes records;
  const std::uint16_t schema_id = summary.schema_id(channel, records);
  const auto id = static_cast<std::uint16_t>(summary.channels.size());
  summary.channels.push_back({id, schema_id, channel.topic, channel.encoding, channel.metadata});
  summary.message_counts.push_back(0);
  state_->next_sequences.push_back(0);
  mcap::append(summary.channels.back(), records);
  (void)state_->write_record(records);  // write() and close() repeat the error
  return id;
}

base::Status DriveWriter::write(int channel, std::uint64_t sequence, base::Time stamp, base::Time published,
                                std::span<const std::uint8_t> cdr) {
  State& state = *state_;
  assert(channel >= 0 && static_cast<std::size_t>(channel) < state.summary.channels.size() && !state.is_closed);
  if (!state.status) return state.status;
  if (stamp.ns < 0 || published.ns < 0) {
    return base::Error{state.sink.path() + ": " + state.summary.channels[static_cast<std::size_t>(channel)].topic +
                       ": MCAP has no times before its epoch"};
  }
  const auto time = [](base::Time t) { return static_cast<std::uint64_t>(t.ns); };
  const mcap::Message message{static_cast<std::uint16_t>(channel), static_cast<std::uint32_t>(sequence),
                              time(published), time(stamp), cdr};
  if (state.chunk.must_close_before(message)) {
    if (auto status = state.close_chunk(); !status) return status;
  }
  const bool is_last = state.chunk.add(message);
  if (is_last) return state.close_chunk(state.chunk.is_bulky(message) ? cdr : mcap::ByteSpan());
  return {};
}

std::uint64_t DriveWriter::next_sequence(int channel) {
  return state_->next_sequences[static_cast<std::size_t>(channel)]++;
}

base::Status DriveWriter::attach(const std::string& name, const std::string& media_type, base::Time time,
                                 std::span<const std::uint8_t> data) {
  State& state = *state_;
  if (!state.status) return state.status;
  const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(time.ns, 0));
  const mcap::AttachmentHeader header{ns, ns, name, media_type, data.size()};
  base::Bytes head, tail;
  mcap::append_attachment_head(header, head);
  const mcap::ByteSpan fields = mcap::ByteSpan(head).subspan(mcap::kRecordHeaderBytes);
  mcap::ByteWriter(tail).number(crc32(data, crc32(fields)));
  const std::uint64_t offset = state.sink.offset();
  if (auto status = state.keep(state.sink.write({head, data, tail})); !status) return status;
  state.summary.attachments.push_back({offset, state.sink.offset() - offset, header});
  return {};
}

base::Status DriveWriter::add_metadata(const std::string& name, const std::map<std::string, std::string>& values) {
  State& state = *state_;
  base::Bytes record;
  mcap::append(mcap::Metadata{name, values}, record);
  const std::uint64_t offset = state.sink.offset();
  if (auto status = state.write_record(record); !status) return status;
  state.summary.metadata.push_back({offset, record.size(), name});
  return {};
}

base::Status DriveWriter::flush() { return state_->close_chunk(); }

base::Status DriveWriter::sync() const { return state_->sink.sync(); }

void DriveWriter::compress(bool is_on) { state_->chunk.compress(is_on); }

base::Status DriveWriter::close() {
  State& state = *state_;
  if (state.is_closed) return state.status;
  state.is_closed = true;
  (void)state.close_chunk();
  // After an error, too: the file then ends well behind the last whole chunk if there is room for that.
  base::Bytes end;
  mcap::append_data_end(end);
  append_summary(state.summary, state.sink.offset() + end.size(), end);
  (void)state.keep(state.sink.write({end, mcap::kMagic}));
  (void)state.keep(state.sink.close());
  return state.status;
}

}  // namespace hangil::recording
