// SPDX-License-Identifier: Apache-2.0
#include "cli/drive_loop.hpp"

#include <cstring>
#include <limits>
#include <utility>

namespace hangil::cli {

namespace {

constexpr std::size_t kEncapsulationSize = 4;
constexpr base::Duration kGap = base::Duration::milliseconds(100);  // from one round's last message to the next's first

base::Duration length_of(const recording::DriveReader& reader, const recording::ReadOptions& range) {
  return range.end.value_or(reader.end()) - range.start.value_or(reader.start()) + kGap;
}

bool begins_with_header(const std::string& schema_text) {
  const std::size_t first = schema_text.find_first_not_of(" \r\n");
  return first != std::string::npos && schema_text.substr(first).starts_with("std_msgs/Header ");
}

// CDR begins with the encapsulation (its second byte says little endian), then the header's seconds and nanoseconds.
void move_header(base::Bytes& cdr, base::Duration later) {
  if (cdr.size() < kEncapsulationSize + 8 || cdr[1] != 1) return;
  std::int32_t seconds = 0;
  std::uint32_t nanoseconds = 0;
  std::memcpy(&seconds, cdr.data() + kEncapsulationSize, 4);
  std::memcpy(&nanoseconds, cdr.data() + kEncapsulationSize + 4, 4);
  const std::int64_t moved_ns = seconds * 1'000'000'000LL + nanoseconds + later.ns;
  seconds = static_cast<std::int32_t>(moved_ns / 1'000'000'000);
  nanoseconds = static_cast<std::uint32_t>(moved_ns % 1'000'000'000);
  std::memcpy(cdr.data() + kEncapsulationSize, &seconds, 4);
  std::memcpy(cdr.data() + kEncapsulationSize + 4, &nanoseconds, 4);
}

}  // namespace

DriveLoop::DriveLoop(recording::DriveReader& reader, std::string path, recording::ReadOptions range, int round_count)
    : reader_(reader),
      path_(std::move(path)),
      range_(std::move(range)),
      round_length_(length_of(reader, range_)),
      round_count_(round_count) {
  for (const recording::DriveChannel& channel : reader.channels()) {
    has_header_.push_back(begins_with_header(channel.schema_text));
  }
}

// Channels with one message in all the drive, published when the part begins.
base::Status DriveLoop::read_what_was_said_before() {
  recording::ReadOptions before;
  for (const recording::DriveChannel& channel : reader_.channels()) {
    if (channel.message_count == 1) before.topics.push_back(channel.topic);
  }
  if (!range_.start || before.topics.empty()) return {};
  before.end = *range_.start - base::Duration{1};
  auto reader = recording::DriveReader::open(path_, before);
  if (!reader) return reader.error();
  while (true) {
    auto read = reader->next();
    if (!read) return read.error();
    if (!read->has_value()) return {};
    (*read)->published = *range_.start;
    said_before_.push_back(**read);
  }
}

base::Result<std::optional<recording::DriveMessage>> DriveLoop::next() {
  if (!std::exchange(is_begun_, true)) {
    if (const base::Status read = read_what_was_said_before(); !read) return read.error();
  }
  if (!said_before_.empty()) {
    std::optional<recording::DriveMessage> first = std::move(said_before_.front());
    said_before_.pop_front();
    return first;
  }
  auto read = reader_.next();
  while (read.ok() && !read->has_value() && round_ + 1 < round_count_) {
    auto again = recording::DriveReader::open(path_, range_);
    if (!again) return again.error();
    reader_ = *std::move(again);
    ++round_;
    read = reader_.next();
    if (read.ok() && !read->has_value()) break;  // an empty round would go on for ever
  }
  if (read.ok() && read->has_value() && round_ > 0) move_on(**read);
  return read;
}

base::Time DriveLoop::following() const {
  const base::Time start = range_.start.value_or(reader_.start());
  if (!said_before_.empty()) return start;
  const base::Time in_round = reader_.following();
  if (in_round.ns < std::numeric_limits<std::int64_t>::max())
    return in_round + base::Duration{round_length_.ns * round_};
  return round_ + 1 < round_count_ ? start + base::Duration{round_length_.ns * (round_ + 1)} : in_round;
}

void DriveLoop::move_on(recording::DriveMessage& message) const {
  const base::Duration later{round_length_.ns * round_};
  message.stamp = message.stamp + later;
  message.published = message.published + later;
  if (!has_header_[static_cast<std::size_t>(message.channel)]) return;
  auto cdr = std::make_shared<base::Bytes>(*message.cdr);
  move_header(*cdr, later);
  message.cdr = std::move(cdr);
}

}  // namespace hangil::cli
