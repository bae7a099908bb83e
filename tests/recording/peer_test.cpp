// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>

#include "messages/catalog.hpp"
#include "messages/random_message.hpp"
#include "recording/recover.hpp"
#include "recording/sample_drive.hpp"

// Held against @mcap/core and @foxglove/rosmsg2-serialization, run by node (see tests/package.json).
namespace hangil::recording {
namespace {

using tests::TemporaryFolder;

const std::string kTests = std::string(HANGIL_SOURCE_DIR) + "/tests";

struct Outcome {
  int code = -1;
  std::string output;
};

Outcome run_node(const std::string& arguments) {
  Outcome outcome;
  FILE* pipe = ::popen(("node " + kTests + "/recording/peer/" + arguments + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> part;
  for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    outcome.output.append(part.data(), n);
  outcome.code = ::pclose(pipe);
  return outcome;
}

#define HANGIL_NEEDS_PEERS()                                                                     \
  if (!std::filesystem::exists(kTests + "/node_modules/@mcap/core") ||                           \
      std::system("node --version > /dev/null 2>&1") != 0) {                                     \
    GTEST_SKIP() << "needs node and tests/node_modules (run: npm ci --prefix " << kTests << ")"; \
  }                                                                                              \
  static_assert(true, "")

// Writes every message type once or more and what a reader must find, as JSON lines.
void write_every_type(const std::string& path, const std::string& expected_path, WriteOptions options) {
  auto writer = DriveWriter::create(path, options);
  ASSERT_TRUE(writer.ok());
  std::ofstream expected(expected_path);
  std::int64_t time = 1'700'000'000'000'000'000;
  unsigned seed = 0;
  tests::for_each_message_type([&](auto sample) {
    using T = decltype(sample);
    std::string topic = "/" + std::string(T::kType);
    const int channel = writer->add_channel(topic, base::message_type<T>());
    for (std::uint32_t sequence = 0; sequence < 3; ++sequence) {
      T value;
      tests::RandomFill(++seed).fill(value);
      time += 1'000'003;
      ASSERT_TRUE(writer->write(channel, {time - 500}, {time}, value).ok());
      expected << "{\"topic\":" << base::json_quote(topic) << ",\"type\":" << base::json_quote(T::kType)
               << ",\"sequence\":" << sequence << ",\"published\":\"" << time << "\",\"stamp\":\"" << time - 500
               << "\",\"value\":" << base::to_json(value) << "}\n";
    }
  });
  const std::string text = "a: 1\n";
  const base::Bytes data(text.begin(), text.end());
  ASSERT_TRUE(writer->attach("config.yaml", "application/yaml", {time}, data).ok());
  ASSERT_TRUE(writer->add_metadata("drive", {{"vehicle", "test"}}).ok());
  ASSERT_TRUE(writer->close().ok());
}

class Peer : public ::testing::TestWithParam<Compression> {};

TEST_P(Peer, ReadsEveryMessageTypeAsItWasWritten) {
  HANGIL_NEEDS_PEERS();
  const TemporaryFolder folder;
  const WriteOptions options{.compression = GetParam(), .chunk_span = base::Duration::milliseconds(7)};
  write_every_type(folder / "a.mcap", folder / "a.jsonl", options);
  const Outcome outcome = run_node("read_drive.mjs " + folder / "a.mcap" + " " + folder / "a.jsonl");
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_NE(outcome.output.find(std::to_string(3 * messages::all_types().size()) + " messages, 0 problems"),
            std::string::npos)
      << outcome.output;
}

TEST_P(Peer, ReadsARecoveredFile) {
  HANGIL_NEEDS_PEERS();
  const TemporaryFolder folder;
  write_every_type(folder / "a.mcap", folder / "a.jsonl", {.compression = GetParam()});
  base::Bytes bytes = tests::read_file(folder / "a.mcap");
  bytes.resize(bytes.size() - 100);
  tests::write_file(folder / "cut.mcap", bytes);
  const auto report = recover_drive(folder / "cut.mcap", folder / "mended.mcap");
  ASSERT_TRUE(report.ok()) << report.error().message;
  const Outcome outcome = run_node("read_drive.mjs " + folder / "mended.mcap" + " " + folder / "a.jsonl");
  EXPECT_EQ(outcome.code, 0) << outcome.output;
}

INSTANTIATE_TEST_SUITE_P(Compressions, Peer,
                         ::testing::Values(Compression::kNone, Compression::kLz4, Compression::kZstd));

void expect_peer_messages(const std::string& path, const std::string& expected_path) {
  auto reader = DriveReader::open(path);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->damage(), "");
  EXPECT_EQ(reader->message_count(), 200u);
  EXPECT_EQ(reader->metadata().at("about").at("key"), "value");
  ASSERT_EQ(reader->attachments().size(), 1u);
  EXPECT_EQ(reader->read_attachment(reader->attachments()[0])->size(), 5u);
  std::ifstream expected(expected_path);
  for (std::string line; std::getline(expected, line);) {
    const auto message = reader->next();
    ASSERT_TRUE(message.ok()) << message.error().message;
    ASSERT_TRUE(message->has_value());
    const DriveMessage& found = **message;
    const DriveChannel& channel = reader->channels()[static_cast<std::size_t>(found.channel)];
    EXPECT_EQ(channel.type, "test_msgs/msg/Peer");
    EXPECT_EQ(channel.metadata.at("made"), "by peer");
    std::ostringstream text;
    text << channel.topic << " " << found.sequence << " " << found.published.ns << " " << found.stamp.ns << " ";
    for (const std::uint8_t byte : *found.cdr) text << "0123456789abcdef"[byte >> 4] << "0123456789abcdef"[byte & 15];
    ASSERT_EQ(text.str(), line);
  }
  EXPECT_FALSE(reader->next()->has_value());
}

TEST(Peer, FilesItWritesInEveryWayAreReadAlike) {
  HANGIL_NEEDS_PEERS();
  const TemporaryFolder folder;
  const Outcome outcome = run_node("write_drives.mjs " + folder / ".");
  ASSERT_EQ(outcome.code, 0) << outcome.output;
  for (const std::string name : {"none", "lz4", "zstd", "unchunked", "without_chunk_index", "without_statistics",
                                 "without_repeated_channels", "without_summary"}) {
    SCOPED_TRACE(name);
    expect_peer_messages(folder / (name + ".mcap"), folder / "expected.txt");
  }
}

TEST(RandomMessage, CoversTheWholeCatalog) {
  std::vector<std::string_view> covered, all;
  tests::for_each_message_type([&](auto sample) { covered.push_back(decltype(sample)::kType); });
  for (const base::MessageType* type : messages::all_types()) all.push_back(type->name);
  std::sort(covered.begin(), covered.end());
  std::sort(all.begin(), all.end());
  EXPECT_EQ(covered, all);
}

}  // namespace
}  // namespace hangil::recording
