// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include <sys/wait.h>

#include "messages/imu.hpp"
#include "recording/file_size_limit.hpp"
#include "recording/sample_drive.hpp"

namespace hangil::recording {
namespace {

using tests::expect_same;
using tests::SampleDrive;
using tests::Sent;
using tests::TemporaryFolder;

class DriveFile : public ::testing::TestWithParam<unsigned> {};

TEST_P(DriveFile, RoundTripKeepsEveryMessageInOrderOfPublishedChannelAndFile) {
  const TemporaryFolder folder;
  SampleDrive drive = tests::random_drive(GetParam());
  write_drive(drive, folder / "a.mcap");
  auto reader = DriveReader::open(folder / "a.mcap");
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->damage(), "");
  EXPECT_EQ(reader->message_count(), drive.messages.size());
  ASSERT_EQ(reader->channels().size(), static_cast<std::size_t>(drive.channel_count));
  EXPECT_EQ(reader->channels()[0].topic, "/channel/0");
  EXPECT_EQ(reader->channels()[0].metadata.at("index"), "0");
  sort_as_read(drive.messages);
  if (!drive.messages.empty()) {
    EXPECT_EQ(reader->start(), drive.messages.front().published);
    EXPECT_EQ(reader->end(), drive.messages.back().published);
  }
  expect_same(drive.messages, *reader);
}

TEST_P(DriveFile, TopicsAndTimesSelectWhatAPlainSearchSelects) {
  const TemporaryFolder folder;
  SampleDrive drive = tests::random_drive(GetParam());
  write_drive(drive, folder / "a.mcap");
  const base::Time start{2000}, end{7000};
  auto reader =
      DriveReader::open(folder / "a.mcap", {.topics = {"/channel/0", "/channel/2"}, .start = start, .end = end});
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  std::erase_if(drive.messages, [&](const Sent& sent) {
    return (sent.channel != 0 && sent.channel != 2) || sent.published < start || sent.published > end;
  });
  sort_as_read(drive.messages);
  expect_same(drive.messages, *reader);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DriveFile, ::testing::Range(0u, 40u));

TEST(DriveReader, ChunksThatAllOverlapAreReadInOrderThoughTheyDoNotFitInMemoryTogether) {
  const TemporaryFolder folder;
  SampleDrive drive;
  drive.options = {.compression = Compression::kNone, .chunk_bytes = 2 << 20, .chunk_span = {1'000'000}};
  constexpr int kChunks = 48, kMessages = 40;  // 48 chunks of 2 MiB, each over the whole time
  for (int chunk = 0; chunk < kChunks; ++chunk) {
    for (int i = 0; i < kMessages; ++i) {
      const auto sequence = static_cast<std::uint64_t>(chunk * kMessages + i);
      drive.messages.push_back(
          {0, sequence, {0}, {i * 100 + chunk}, base::Bytes(54'000, static_cast<std::uint8_t>(i))});
    }
  }
  write_drive(drive, folder / "a.mcap");
  sort_as_read(drive.messages);
  auto reader = DriveReader::open(folder / "a.mcap");
  ASSERT_TRUE(reader.ok());
  expect_same(drive.messages, *reader);
}

// What an executive knows of the sources without reading on: here, that each message is followed by the next.
TEST(DriveReader, TellsWhenTheNextMessageComesBeforeItIsRead) {
  const TemporaryFolder folder;
  const SampleDrive drive = tests::small_drive(Compression::kZstd);
  write_drive(drive, folder / "a.mcap");
  auto reader = DriveReader::open(folder / "a.mcap");
  ASSERT_TRUE(reader.ok());
  for (const Sent& sent : drive.messages) {
    EXPECT_EQ(reader->following(), sent.published);
    ASSERT_TRUE(reader->next().ok());
  }
  EXPECT_EQ(reader->following().ns, std::numeric_limits<std::int64_t>::max());
}

TEST(DriveFile, AttachmentsAndMetadataComeBack) {
  const TemporaryFolder folder;
  {
    auto writer = DriveWriter::create(folder / "a.mcap");
    ASSERT_TRUE(writer.ok());
    const base::Bytes data = {1, 2, 3};
    ASSERT_TRUE(writer->attach("pipeline.yaml", "application/yaml", {77}, data).ok());
    ASSERT_TRUE(writer->attach("empty", "text/plain", {78}, {}).ok());
    ASSERT_TRUE(writer->add_metadata("drive", {{"vehicle", "kitti"}, {"period_ms", "103.5"}}).ok());
  }
  auto reader = DriveReader::open(folder / "a.mcap");
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->metadata().at("drive").at("period_ms"), "103.5");
  ASSERT_EQ(reader->attachments().size(), 2u);
  EXPECT_EQ(reader->attachments()[0].media_type, "application/yaml");
  EXPECT_EQ(reader->attachments()[0].time, base::Time{77});
  const auto data = reader->read_attachment(reader->attachments()[0]);
  ASSERT_TRUE(data.ok()) << data.error().message;
  EXPECT_EQ(*data, (base::Bytes{1, 2, 3}));
  EXPECT_TRUE(reader->read_attachment(reader->attachments()[1]).ok());
}

TEST(ReadChannel, DecodesOneChannelAndRefusesAnotherType) {
  const TemporaryFolder folder;
  {
    auto writer = DriveWriter::create(folder / "a.mcap");
    ASSERT_TRUE(writer.ok());
    const int imu = writer->add_channel("/imu", base::message_type<messages::Imu>());
    const int other = writer->add_channel("/other", "test_msgs/msg/Any", "");
    messages::Imu value;
    value.angular_velocity.z = 0.25;
    ASSERT_TRUE(writer->write(imu, {5}, {6}, value).ok());
    ASSERT_TRUE(writer->write(other, 0, {5}, {6}, base::Bytes{1}).ok());
  }
  const auto imus = read_channel<messages::Imu>(folder / "a.mcap", "/imu");
  ASSERT_TRUE(imus.ok()) << imus.error().message;
  ASSERT_EQ(imus->size(), 1u);
  EXPECT_EQ((*imus)[0].stamp, base::Time{5});
  EXPECT_EQ((*imus)[0].value.angular_velocity.z, 0.25);
  EXPECT_TRUE(read_channel<messages::Imu>(folder / "a.mcap", "/nothing")->empty());
  const auto other = read_channel<messages::Imu>(folder / "a.mcap", "/other");
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().message.find("test_msgs/msg/Any"), std::string::npos);
}

TEST(DriveWriter, TimesBeforeTheEpochAreRefused) {
  const TemporaryFolder folder;
  auto writer = DriveWriter::create(folder / "a.mcap");
  ASSERT_TRUE(writer.ok());
  const int channel = writer->add_channel("/a", "test_msgs/msg/Any", "");
  EXPECT_FALSE(writer->write(channel, 0, {-1}, {0}, base::Bytes{}).ok());
  EXPECT_TRUE(writer->write(channel, 0, {0}, {0}, base::Bytes{}).ok());
}

TEST(DriveWriter, FolderThatIsNotThereIsAnErrorWithItsPath) {
  const auto writer = DriveWriter::create("/nowhere/at/all.mcap");
  ASSERT_FALSE(writer.ok());
  EXPECT_NE(writer.error().message.find("/nowhere/at/all.mcap"), std::string::npos);
}

TEST(DriveWriter, FullDiskIsAnErrorAndWhatWasWrittenBeforeStaysReadable) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.mcap";
  std::size_t accepted = 0;
  {
    const tests::FileSizeLimit limit(100'000);
    auto writer = DriveWriter::create(path, {.compression = Compression::kNone, .chunk_bytes = 10'000});
    ASSERT_TRUE(writer.ok());
    const int channel = writer->add_channel("/a", "test_msgs/msg/Any", "");
    base::Status status;
    for (std::int64_t i = 0; i < 1000 && status; ++i, ++accepted) {
      status = writer->write(channel, static_cast<std::uint64_t>(i), {i}, {i}, base::Bytes(1000, 7));
    }
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find(path), std::string::npos);
    EXPECT_NE(status.error().message.find("File too large"), std::string::npos);
    EXPECT_FALSE(writer->close().ok());
  }
  auto reader = DriveReader::open(path);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_GE(reader->message_count(), accepted - 20);
  std::uint64_t count = 0;
  for (auto message = reader->next(); message.ok() && message->has_value(); message = reader->next()) ++count;
  EXPECT_EQ(count, reader->message_count());
}

TEST(DriveWriter, KilledProcessLosesOnlyTheOpenChunk) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.mcap";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto writer = DriveWriter::create(path, {.chunk_span = {1000}});
    const int channel = writer->add_channel("/a", "test_msgs/msg/Any", "");
    for (std::int64_t i = 0;; ++i) {
      if (!writer->write(channel, static_cast<std::uint64_t>(i), {i * 100}, {i * 100}, base::Bytes(50, 1)).ok()) break;
      (void)!::write(ends[1], &i, sizeof i);
    }
    std::_Exit(1);
  }
  std::int64_t newest = 0;
  while (newest < 5000) ASSERT_EQ(::read(ends[0], &newest, sizeof newest), static_cast<ssize_t>(sizeof newest));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  auto reader = DriveReader::open(path);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_NE(reader->damage().find("cut off"), std::string::npos);
  EXPECT_GE(reader->end().ns, (newest - 10) * 100);
}

}  // namespace
}  // namespace hangil::recording
