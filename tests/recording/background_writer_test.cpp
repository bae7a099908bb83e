// SPDX-License-Identifier: Apache-2.0
#include "recording/background_writer.hpp"

#include "recording/drive_files.hpp"
#include "recording/file_size_limit.hpp"

namespace hangil::recording {
namespace {

std::shared_ptr<const base::Bytes> bytes_of(std::size_t size, std::uint8_t value) {
  return std::make_shared<const base::Bytes>(size, value);
}

DriveWriter make_writer(const std::string& path, WriteOptions options = {}) {
  auto writer = DriveWriter::create(path, options);
  EXPECT_TRUE(writer.ok());
  writer->add_channel("/a", "test_msgs/msg/Small", "");
  return *std::move(writer);
}

std::uint64_t message_count(const std::string& path) {
  const auto reader = DriveReader::open(path);
  return reader ? reader->message_count() : 0;
}

TEST(BackgroundWriter, QueuedMessagesReachTheFileWithoutFurtherOnesOrAClose) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "drive.mcap";
  BackgroundWriter writer(make_writer(path), BackgroundOptions::of_live_drive());
  for (std::uint64_t i = 0; i < 3; ++i) writer.push({0, i, {0}, {0}, bytes_of(40, 1)});
  // Without a flush of its own it would wait for ever; how long it may take is measured by the kill points.
  for (int tries = 0; message_count(path) < 3 && tries < 2000; ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(message_count(path), 3u);
  EXPECT_TRUE(writer.close().ok());
  EXPECT_TRUE(DriveReader::open(path)->damage().empty());
}

TEST(BackgroundWriter, KeepsTheOrderOfPushesAndLosesNothingWhenItWaits) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "drive.mcap";
  BackgroundWriter writer(make_writer(path), {.max_queued_bytes = 1000});
  for (std::uint64_t i = 0; i < 500; ++i) {
    writer.push({0, i, {}, {static_cast<std::int64_t>(i)}, bytes_of(300, static_cast<std::uint8_t>(i))});
  }
  ASSERT_TRUE(writer.close().ok());
  EXPECT_EQ(writer.lost_count(), 0u);
  auto reader = DriveReader::open(path);
  for (std::uint64_t i = 0; i < 500; ++i) {
    const auto message = reader->next();
    ASSERT_TRUE(message.ok() && message->has_value());
    EXPECT_EQ((*message)->sequence, i);
    EXPECT_EQ((*message)->cdr->front(), static_cast<std::uint8_t>(i));
  }
}

TEST(BackgroundWriter, HandingOverCopiesNothing) {
  const tests::TemporaryFolder folder;
  BackgroundWriter writer(make_writer(folder / "drive.mcap"));
  const auto scan = bytes_of(2'000'000, 3);
  const long owners = scan.use_count();
  writer.push({0, 0, {}, {}, scan});
  EXPECT_TRUE(writer.close().ok());
  EXPECT_EQ(scan.use_count(), owners);  // it held the same bytes for a while, and let go of them
}

TEST(BackgroundWriter, ALiveDriveDropsWhatDoesNotFitAndSaysSo) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "drive.mcap";
  BackgroundOptions options = BackgroundOptions::of_live_drive();
  options.max_queued_bytes = 1;
  constexpr std::uint64_t kCount = 2000;
  BackgroundWriter writer(make_writer(path, {.compression = Compression::kZstd, .zstd_level = 12}), options);
  for (std::uint64_t i = 0; i < kCount; ++i) writer.push({0, i, {}, {}, bytes_of(100'000, 1)});
  ASSERT_TRUE(writer.close().ok());
  EXPECT_GT(writer.lost_count(), 0u);
  EXPECT_NE(writer.trouble().find("the disk is too slow"), std::string::npos);
  EXPECT_EQ(message_count(path) + writer.lost_count(), kCount);
}

TEST(BackgroundWriter, AFullDiskStopsTheRecordingNotTheDriveAndTheFileStaysValid) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "drive.mcap";
  BackgroundOptions options = BackgroundOptions::of_live_drive();
  options.sync_every = base::Duration::milliseconds(1);
  std::uint64_t pushed = 0;
  std::string said;
  {
    BackgroundWriter writer(make_writer(path, {.compression = Compression::kNone, .chunk_bytes = 10'000}), options);
    const tests::FileSizeLimit limit(1'000'000);
    // Until it has noticed, and on: nothing of it blocks or fails for who pushes.
    for (; writer.trouble().empty() && pushed < 1'000'000; ++pushed) writer.push({0, pushed, {}, {}, bytes_of(999, 5)});
    for (int i = 0; i < 100; ++i) writer.push({0, pushed++, {}, {}, bytes_of(999, 5)});
    said = writer.trouble();
    EXPECT_FALSE(writer.close().ok());
    EXPECT_GT(writer.lost_count(), 99u);
  }
  EXPECT_NE(said.find(path), std::string::npos);
  EXPECT_NE(said.find("File too large"), std::string::npos);
  auto reader = DriveReader::open(path);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_GT(reader->message_count(), 800u);
  for (std::uint64_t i = 0; i < reader->message_count(); ++i) {
    const auto message = reader->next();
    ASSERT_TRUE(message.ok()) << message.error().message;
    EXPECT_EQ((*message)->sequence, i);
  }
}

TEST(DriveWriter, StoresPlainlyWhileToldToAndCompressesAgain) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "drive.mcap";
  const auto size_after = [&](DriveWriter& writer, bool is_compressed) {
    const auto before = std::filesystem::file_size(path);
    writer.compress(is_compressed);
    EXPECT_TRUE(writer.write(0, 0, {}, {}, *bytes_of(100'000, 9)).ok() && writer.flush().ok());
    return std::filesystem::file_size(path) - before;
  };
  DriveWriter writer = make_writer(path);
  EXPECT_LT(size_after(writer, true), 10'000u);
  EXPECT_GT(size_after(writer, false), 100'000u);
  EXPECT_LT(size_after(writer, true), 10'000u);
  ASSERT_TRUE(writer.sync().ok() && writer.close().ok());
  EXPECT_EQ(message_count(path), 3u);
}

TEST(DriveReader, EndOfSomeChannelsIsTheirLastPublished) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "drive.mcap";
  {
    auto writer = DriveWriter::create(path, {.chunk_span = {50}});
    for (const char* topic : {"/a", "/b", "/silent"}) writer->add_channel(topic, "test_msgs/msg/Small", "");
    for (std::int64_t t = 0; t < 1000; t += 10)
      ASSERT_TRUE(writer->write(t < 700 ? static_cast<int>(t / 10 % 2) : 1, 0, {t}, {t}, base::Bytes(8, 0)).ok());
  }
  const auto reader = DriveReader::open(path);
  EXPECT_EQ((*reader->end_of({0}))->ns, 680);
  EXPECT_EQ((*reader->end_of({0, 1}))->ns, 990);
  EXPECT_FALSE(reader->end_of({2})->has_value());
  EXPECT_FALSE(reader->end_of({})->has_value());
}

}  // namespace
}  // namespace hangil::recording
