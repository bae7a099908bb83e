// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <tuple>

#include "recording/drive_files.hpp"

namespace hangil::tests {

// What a test writes and expects back.
struct Sent {
  int channel = 0;
  std::uint64_t sequence = 0;
  base::Time stamp, published;
  base::Bytes cdr;
};

struct SampleDrive {
  recording::WriteOptions options;
  int channel_count = 1;
  std::vector<Sent> messages;
};

inline base::Bytes random_bytes(std::mt19937& random, std::size_t size) {
  base::Bytes bytes(size);
  const bool is_compressible = random() % 2 == 0;
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(is_compressible ? random() % 3 : random());
  return bytes;
}

// Channels, sizes, times and options at random; times mostly go forward, sometimes repeat or go back beyond a chunk.
inline SampleDrive random_drive(unsigned seed) {
  std::mt19937 random(seed);
  SampleDrive drive;
  drive.options.compression = static_cast<recording::Compression>(seed % 3);
  drive.options.chunk_bytes = std::size_t{1} << (random() % 18);
  drive.options.chunk_span = base::Duration{static_cast<std::int64_t>(random() % 2000)};
  drive.channel_count = 1 + static_cast<int>(random() % 8);
  const std::size_t message_count = random() % 200;
  std::int64_t time = 0;
  for (std::size_t i = 0; i < message_count; ++i) {
    time = std::max<std::int64_t>(0, time + static_cast<std::int64_t>(random() % 200) - (random() % 10 == 0 ? 900 : 0));
    const std::size_t size = random() % 20 == 0 ? 60'000 + random() % 20'000 : random() % 300;
    const int channel = static_cast<int>(random() % static_cast<unsigned>(drive.channel_count));
    drive.messages.push_back({channel, i, {time / 2}, {time}, random_bytes(random, size)});
  }
  return drive;
}

// 12 messages on 2 channels in 4 chunks of 3, 100 ns apart; every message differs from the others.
inline SampleDrive small_drive(recording::Compression compression) {
  SampleDrive drive;
  drive.options.compression = compression;
  drive.options.chunk_span = {300};
  drive.channel_count = 2;
  for (std::uint8_t i = 0; i < 12; ++i) {
    drive.messages.push_back({i % 2, i, {i * 50}, {i * 100}, base::Bytes(40, i)});
  }
  return drive;
}

inline std::string topic_of(int channel) { return "/channel/" + std::to_string(channel); }

inline void write_drive(const SampleDrive& drive, const std::string& path) {
  auto writer = recording::DriveWriter::create(path, drive.options);
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  for (int i = 0; i < drive.channel_count; ++i) {
    writer->add_channel(topic_of(i), "test_msgs/msg/Any", "uint8 value\n", {{"index", std::to_string(i)}});
  }
  for (const Sent& sent : drive.messages) {
    const auto status = writer->write(sent.channel, sent.sequence, sent.stamp, sent.published, sent.cdr);
    ASSERT_TRUE(status.ok()) << status.error().message;
  }
  const auto status = writer->close();
  ASSERT_TRUE(status.ok()) << status.error().message;
}

inline void sort_as_read(std::vector<Sent>& messages) {
  std::stable_sort(messages.begin(), messages.end(), [](const Sent& a, const Sent& b) {
    return std::tie(a.published, a.channel) < std::tie(b.published, b.channel);
  });
}

inline bool is_same(const Sent& sent, const recording::DriveMessage& message) {
  return sent.channel == message.channel && sent.sequence == message.sequence && sent.stamp == message.stamp &&
         sent.published == message.published && sent.cdr == *message.cdr;
}

// Reads to the end; every message must be the expected one.
inline void expect_same(const std::vector<Sent>& expected, recording::DriveReader& reader) {
  base::Time promised = reader.following();
  for (const Sent& sent : expected) {
    const auto message = reader.next();
    ASSERT_TRUE(message.ok()) << message.error().message;
    ASSERT_TRUE(message->has_value()) << "ends before message " << sent.sequence;
    ASSERT_TRUE(is_same(sent, **message)) << "at message " << sent.sequence;
    ASSERT_GE(sent.published, promised) << "at message " << sent.sequence;
    promised = reader.following();
  }
  const auto end = reader.next();
  ASSERT_TRUE(end.ok()) << end.error().message;
  EXPECT_FALSE(end->has_value());
}

}  // namespace hangil::tests
