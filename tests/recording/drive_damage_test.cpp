// SPDX-License-Identifier: Apache-2.0
#include "recording/crc32.hpp"
#include "recording/recover.hpp"
#include "recording/sample_drive.hpp"

// Broken files. Chunks carry CRCs, so whatever is read from a damaged file must be what was written.
namespace hangil::recording {
namespace {

using tests::is_same;
using tests::read_file;
using tests::SampleDrive;
using tests::Sent;
using tests::small_drive;
using tests::TemporaryFolder;
using tests::write_file;

struct Harvest {
  std::vector<DriveMessage> messages;
  std::vector<std::string> errors;
  std::string damage;
};

Harvest read_all(const std::string& path) {
  Harvest harvest;
  auto reader = DriveReader::open(path);
  if (!reader) return {{}, {reader.error().message}, ""};
  harvest.damage = reader->damage();
  for (int i = 0; i < 1000; ++i) {
    auto message = reader->next();
    if (!message) {
      harvest.errors.push_back(message.error().message);
    } else if (message->has_value()) {
      harvest.messages.push_back(**message);
    } else {
      return harvest;
    }
  }
  ADD_FAILURE() << "does not end";
  return harvest;
}

bool is_one_of(const DriveMessage& message, const std::vector<Sent>& sent) {
  return std::any_of(sent.begin(), sent.end(), [&](const Sent& s) { return s.cdr == *message.cdr; });
}

class DamagedDrive : public ::testing::TestWithParam<Compression> {
 protected:
  void SetUp() override {
    drive_ = small_drive(GetParam());
    tests::write_drive(drive_, folder_ / "whole.mcap");
    whole_ = read_file(folder_ / "whole.mcap");
  }
  std::string write(std::span<const std::uint8_t> bytes) {
    write_file(folder_ / "broken.mcap", bytes);
    return folder_ / "broken.mcap";
  }
  // Where the n-th chunk record begins, and its length.
  std::pair<std::size_t, std::size_t> chunk_place(int n) const {
    std::size_t at = 8;
    while (true) {
      std::uint64_t length = 0;
      std::memcpy(&length, whole_.data() + at + 1, sizeof length);
      if (whole_[at] == 0x06 && n-- == 0) return {at, 9 + length};
      at += 9 + length;
    }
  }

  // Cut off after every `step` bytes.
  void read_truncations(std::size_t step) {
    std::size_t most = 0;
    for (std::size_t size = 0; size < whole_.size(); size += step) {
      const Harvest harvest = read_all(write(std::span(whole_).first(size)));
      if (size < 8) {
        ASSERT_EQ(harvest.errors.size(), 1u) << size;
        continue;
      }
      ASSERT_TRUE(harvest.errors.empty()) << size << ": " << harvest.errors[0];
      EXPECT_NE(harvest.damage, "") << size;
      ASSERT_GE(harvest.messages.size(), most) << size;
      most = harvest.messages.size();
      for (std::size_t i = 0; i < most; ++i) ASSERT_TRUE(is_same(drive_.messages[i], harvest.messages[i])) << size;
    }
    EXPECT_EQ(most, drive_.messages.size());
  }
  // One bit in every `step` bytes.
  void read_flipped_bits(std::size_t step) {
    for (std::size_t at = 8; at < whole_.size(); at += step) {
      base::Bytes broken = whole_;
      broken[at] ^= static_cast<std::uint8_t>(1 << (at % 8));
      const Harvest harvest = read_all(write(broken));
      for (const DriveMessage& message : harvest.messages) ASSERT_TRUE(is_one_of(message, drive_.messages)) << at;
      for (const std::string& error : harvest.errors) ASSERT_NE(error.find("byte "), std::string::npos) << at << error;
      EXPECT_LE(harvest.messages.size(), drive_.messages.size());
      EXPECT_TRUE(harvest.messages.size() == drive_.messages.size() || !harvest.errors.empty() ||
                  !harvest.damage.empty())
          << "lost in silence, byte " << at;
    }
  }
  void recover_from_random_bytes(int rounds) {
    std::mt19937 random(7);
    for (int round = 0; round < rounds; ++round) {
      base::Bytes broken = whole_;
      for (int i = 0; i < 1 + round % 20; ++i)
        broken[8 + random() % (broken.size() - 8)] = static_cast<std::uint8_t>(random());
      const std::string path = write(broken);
      (void)read_all(path);
      const auto report = recover_drive(path, folder_ / "mended.mcap");
      ASSERT_TRUE(report.ok()) << report.error().message;
      const Harvest mended = read_all(folder_ / "mended.mcap");
      EXPECT_TRUE(mended.errors.empty() && mended.damage.empty());
      EXPECT_EQ(mended.messages.size(), report->kept_message_count);
    }
  }

  TemporaryFolder folder_;
  SampleDrive drive_;
  base::Bytes whole_;
};

TEST_P(DamagedDrive, TruncationsAreReadAsFarAsTheyGo) { read_truncations(13); }

TEST_P(DamagedDrive, NoFlippedBitGivesABytePayloadThatWasNotWritten) { read_flipped_bits(13); }

TEST_P(DamagedDrive, RandomBytesInManyPlacesAreSurvived) { recover_from_random_bytes(40); }

// The same at every byte of the file.
class NightlyDamagedDrive : public DamagedDrive {};

TEST_P(NightlyDamagedDrive, EveryTruncationIsReadAsFarAsItGoes) { read_truncations(1); }

TEST_P(NightlyDamagedDrive, NoFlippedBitGivesABytePayloadThatWasNotWritten) { read_flipped_bits(1); }

TEST_P(NightlyDamagedDrive, RandomBytesInManyPlacesAreSurvived) { recover_from_random_bytes(1000); }

TEST_P(DamagedDrive, RecoverLosesOnlyTheBrokenChunkAndCountsItsMessages) {
  const auto [at, length] = chunk_place(1);
  base::Bytes broken = whole_;
  broken[at + length - 1] ^= 0xFF;
  const auto report = recover_drive(write(broken), folder_ / "mended.mcap");
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->kept_message_count, 9u);
  EXPECT_EQ(report->lost_message_count, 3u);
  ASSERT_EQ(report->lost.size(), 1u);
  EXPECT_NE(report->lost[0].find("byte " + std::to_string(at)), std::string::npos) << report->lost[0];
  const Harvest mended = read_all(folder_ / "mended.mcap");
  ASSERT_EQ(mended.messages.size(), 9u);
  EXPECT_TRUE(is_same(drive_.messages[2], mended.messages[2]));
  EXPECT_TRUE(is_same(drive_.messages[6], mended.messages[3]));
  EXPECT_EQ(mended.damage, "");
}

TEST_P(DamagedDrive, RecoverGoesOnAtTheNextChunkWhenFramingIsBroken) {
  const auto [at, length] = chunk_place(1);
  base::Bytes broken = whole_;
  broken[at + 8] = 0x7F;              // the length's highest byte
  broken.resize(broken.size() - 20);  // and no footer
  const auto report = recover_drive(write(broken), folder_ / "mended.mcap");
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->kept_message_count, 9u);
  EXPECT_EQ(report->lost.size(), 1u);  // the record that ends the data is whole
}

TEST_P(DamagedDrive, RecoverOfASoundFileLosesNothing) {
  const auto report = recover_drive(write(whole_), folder_ / "mended.mcap");
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_TRUE(report->lost.empty());
  EXPECT_EQ(report->kept_message_count, 12u);
  EXPECT_EQ(read_file(folder_ / "mended.mcap").size() > 0, true);
}

TEST_P(DamagedDrive, BrokenChunkInAnIndexedFileIsOneErrorAndTheRestIsRead) {
  const auto [at, length] = chunk_place(2);
  base::Bytes broken = whole_;
  broken[at + length - 1] ^= 0xFF;
  const Harvest harvest = read_all(write(broken));
  ASSERT_EQ(harvest.errors.size(), 1u);
  EXPECT_NE(harvest.errors[0].find("byte "), std::string::npos);
  EXPECT_EQ(harvest.messages.size(), 9u);
}

INSTANTIATE_TEST_SUITE_P(Compressions, DamagedDrive,
                         ::testing::Values(Compression::kNone, Compression::kLz4, Compression::kZstd));
INSTANTIATE_TEST_SUITE_P(Compressions, NightlyDamagedDrive,
                         ::testing::Values(Compression::kNone, Compression::kLz4, Compression::kZstd));

TEST(Recover, RefusesToWriteTheFileItReads) {
  const TemporaryFolder folder;
  tests::write_drive(small_drive(Compression::kZstd), folder / "a.mcap");
  const base::Bytes before = read_file(folder / "a.mcap");
  EXPECT_FALSE(recover_drive(folder / "a.mcap", folder / "a.mcap").ok());
  EXPECT_EQ(read_file(folder / "a.mcap"), before);
}

TEST(DriveReader, OtherFilesAreRefusedByName) {
  const TemporaryFolder folder;
  tests::write_text(folder / "a.mcap", "SQLite format 3");
  for (const std::string& path : {folder / "a.mcap", folder / "absent.mcap", folder / "."}) {
    const auto reader = DriveReader::open(path);
    ASSERT_FALSE(reader.ok());
    EXPECT_NE(reader.error().message.find(path), std::string::npos);
  }
}

TEST(DriveReader, HugeClaimsDoNotAllocate) {
  const TemporaryFolder folder;
  tests::write_drive(small_drive(Compression::kZstd), folder / "a.mcap");
  base::Bytes bytes = read_file(folder / "a.mcap");
  std::size_t at = 8;
  while (bytes[at] != 0x06) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data() + at + 1, sizeof length);
    at += 9 + length;
  }
  bytes[at + 9 + 16 + 5] = 0x40;  // uncompressed size: 70 TB
  write_file(folder / "a.mcap", bytes);
  const Harvest harvest = read_all(folder / "a.mcap");
  ASSERT_EQ(harvest.errors.size(), 1u);
  EXPECT_NE(harvest.errors[0].find("at most"), std::string::npos) << harvest.errors[0];
}

TEST(Crc32, AgreesWithTheBitwiseDefinition) {
  const auto bitwise = [](std::span<const std::uint8_t> bytes) {
    std::uint32_t crc = ~0u;
    for (const std::uint8_t byte : bytes) {
      crc ^= byte;
      for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
    }
    return ~crc;
  };
  std::mt19937 random(1);
  for (std::size_t size : {0, 1, 7, 64, 1000, 4099}) {
    const base::Bytes bytes = tests::random_bytes(random, size);
    EXPECT_EQ(crc32(bytes), bitwise(bytes));
    const std::size_t half = size / 2;
    EXPECT_EQ(crc32(std::span(bytes).subspan(half), crc32(std::span(bytes).first(half))), bitwise(bytes));
  }
}

}  // namespace
}  // namespace hangil::recording
