// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "messages/imu.hpp"
#include "recording/drive_files.hpp"

namespace hangil::recording {
namespace {

using tests::TemporaryFolder;

// What a test writes and expects back.
struct Sent {
  int channel;
  std::uint64_t sequence;
  base::Time stamp, published;
  base::Bytes cdr;
};

struct RandomDrive {
  WriteOptions options;
  int channel_count = 1;
  std::vector<Sent> messages;
};

base::Bytes random_bytes(std::mt19937& random, std::size_t size) {
  base::Bytes bytes(size);
  const bool is_compressible = random() % 2 == 0;
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(is_compressible ? random() % 3 : random());
  return bytes;
}

RandomDrive random_drive(unsigned seed) {
  std::mt19937 random(seed);
  RandomDrive drive;
  drive.options.compression = static_cast<Compression>(seed % 3);
  drive.options.chunk_bytes = std::size_t{1} << (random() % 18);
  drive.options.chunk_span = base::Duration{static_cast<std::int64_t>(random() % 2000)};
  drive.channel_count = 1 + static_cast<int>(random() % 8);
  const std::size_t message_count = random() % 200;
  std::int64_t time = 0;
  for (std::size_t i = 0; i < message_count; ++i) {
    // Mostly forward, sometimes equal, sometimes back by more than a chunk.
    time = std::max<std::int64_t>(0, time + static_cast<std::int64_t>(random() % 200) - (random() % 10 == 0 ? 900 : 0));
    const std::size_t size = random() % 20 == 0 ? 60'000 + random() % 20'000 : random() % 300;
    drive.messages.push_back({static_cast<int>(random() % static_cast<unsigned>(drive.channel_count)),
                              i,
                              {time / 2},
                              {time},
                              random_bytes(random, size)});
  }
  return drive;
}

void write_drive(const RandomDrive& drive, const std::string& path) {
  auto writer = DriveWriter::create(path, drive.options);
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  for (int i = 0; i < drive.channel_count; ++i) {
    writer->add_channel("/channel/" + std::to_string(i), "test_msgs/msg/Any", "uint8 value\n",
                        {{"index", std::to_string(i)}});
  }
  for (const Sent& sent : drive.messages) {
    const auto status = writer->write(sent.channel, sent.sequence, sent.stamp, sent.published, sent.cdr);
    ASSERT_TRUE(status.ok()) << status.error().message;
  }
  ASSERT_TRUE(writer->close().ok());
}

void sort_as_read(std::vector<Sent>& messages) {
  std::stable_sort(messages.begin(), messages.end(), [](const Sent& a, const Sent& b) {
    return std::tie(a.published, a.channel) < std::tie(b.published, b.channel);
  });
}

void expect_same(const std::vector<Sent>& expected, DriveReader& reader) {
  for (const Sent& sent : expected) {
    const auto message = reader.next();
    ASSERT_TRUE(message.ok()) << message.error().message;
    ASSERT_TRUE(message->has_value());
    EXPECT_EQ((*message)->channel, sent.channel);
    EXPECT_EQ((*message)->sequence, sent.sequence);
    EXPECT_EQ((*message)->stamp, sent.stamp);
    EXPECT_EQ((*message)->published, sent.published);
    ASSERT_EQ(*(*message)->cdr, sent.cdr);
  }
  const auto end = reader.next();
  ASSERT_TRUE(end.ok());
  EXPECT_FALSE(end->has_value());
}

class DriveFile : public ::testing::TestWithParam<unsigned> {};

TEST_P(DriveFile, RoundTripKeepsEveryMessageInOrderOfPublishedChannelAndFile) {
  const TemporaryFolder folder;
  RandomDrive drive = random_drive(GetParam());
  write_drive(drive, folder / "a.mcap");
  auto reader = DriveReader::open(folder / "a.mcap");
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->damage(), "");
  EXPECT_EQ(reader->message_count(), drive.messages.size());
  ASSERT_EQ(reader->channels().size(), static_cast<std::size_t>(drive.channel_count));
  EXPECT_EQ(reader->channels()[0].metadata.at("index"), "0");
  sort_as_read(drive.messages);
  expect_same(drive.messages, *reader);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DriveFile, ::testing::Range(0u, 60u));

}  // namespace
}  // namespace hangil::recording
