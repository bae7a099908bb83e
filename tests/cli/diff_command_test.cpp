// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstring>
#include <functional>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "messages/point_cloud2.hpp"
#include "recording/drive_reader.hpp"
#include "recording/drive_writer.hpp"

namespace hangil::cli {
namespace {

struct Copying {
  std::set<std::string> left_out;
  std::string changed_topic;  // its message number `changed_message`, from 0, goes through `change`
  std::uint64_t changed_message = 0;
  std::function<void(base::Bytes&)> change;
};

std::string copy(const std::string& from, const std::string& name, const Copying& how) {
  const std::string path = own_folder() + name;
  auto reader = recording::DriveReader::open(from);
  auto writer = recording::DriveWriter::create(path);
  EXPECT_TRUE(reader.ok() && writer.ok());
  std::vector<int> channels;
  std::vector<std::uint64_t> counts(reader->channels().size());
  for (const auto& channel : reader->channels())
    channels.push_back(how.left_out.contains(channel.topic) ? -1 : writer->add_channel(channel));
  for (auto next = reader->next(); next.ok() && next->has_value(); next = reader->next()) {
    const auto& message = **next;
    const auto channel = static_cast<std::size_t>(message.channel);
    base::Bytes bytes = *message.cdr;
    if (reader->channels()[channel].topic == how.changed_topic && counts[channel]++ == how.changed_message)
      how.change(bytes);
    if (channels[channel] < 0) continue;
    EXPECT_TRUE(writer->write(channels[channel], message.sequence, message.stamp, message.published, bytes).ok());
  }
  EXPECT_TRUE(writer->close().ok());
  return path;
}

// Lifts one point of the road ahead by a metre.
void lift_a_point(base::Bytes& bytes) {
  auto cloud = base::decode_cdr<messages::PointCloud2>(bytes);
  ASSERT_TRUE(cloud.ok());
  for (std::size_t at = 0; at + cloud->point_step <= cloud->data.size(); at += cloud->point_step) {
    float xyz[3];
    std::memcpy(xyz, &cloud->data[at], sizeof xyz);
    if (xyz[0] < 8 || xyz[0] > 15 || std::abs(xyz[1]) > 2 || xyz[2] > -1.6F) continue;
    xyz[2] += 1;
    std::memcpy(&cloud->data[at], xyz, sizeof xyz);
    base::encode_cdr(*cloud, bytes);
    return;
  }
  FAIL() << "no point of the road ahead";
}

std::string replay(const std::string& drive, const std::string& name, const std::string& more = "") {
  const std::string driven = own_folder() + name;
  const Outcome run = hangil("replay " + drive + " -p " + pipeline_path() + " -o " + driven + " " + more);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return driven;
}

nlohmann::json difference(const std::string& left, const std::string& right) {
  const Outcome told = hangil("diff --json " + left + " " + right);
  EXPECT_EQ(told.exit_code, 1) << told.err;
  return nlohmann::json::parse(told.out, nullptr, false);
}

const std::string& run_with_a_lifted_point() {
  static const std::string driven =
      replay(copy(demo_drive(), "lifted.mcap", {{}, "/lidar/top/points", 6, lift_a_point}), "lifted_driven.mcap");
  return driven;
}

void expect_lifted_point_is_named(const nlohmann::json& told) {
  EXPECT_EQ(told["first"]["topic"], "/lidar/top/points");
  EXPECT_EQ(told["first"]["frame"], 7);
  EXPECT_EQ(told["first"]["module"], "");
  ASSERT_FALSE(told["first"]["fields"].empty());
  EXPECT_TRUE(contains(told["first"]["fields"][0]["path"], "data"));
  EXPECT_EQ(told["first_of_module"]["module"], "lidar_ground");
  EXPECT_EQ(told["first_of_module"]["topic"], "/lidar/top/obstacles");
  EXPECT_EQ(told["first_of_module"]["message"], 6);
  EXPECT_EQ(told["first_of_module"]["frame"], 7);
}

TEST(DiffCommand, TwoRunsOfOneDriveAreEqualOnAnyNumberOfWorkers) {
  const Outcome told = hangil("diff " + replayed_drive() + " " + replay(demo_drive(), "two.mcap", "--workers 2"));
  EXPECT_EQ(told.exit_code, 0) << told.out << told.err;
  EXPECT_TRUE(contains(told.out, "no difference in ")) << told.out;
  EXPECT_EQ(told.err, "");
}

TEST(DiffCommand, AChangedParameterNamesItsModuleAndTheFirstFrame) {
  const std::string other = replay(demo_drive(), "coarse.mcap", "--set lidar_clusters.tolerance_m=0.9");
  const auto told = difference(replayed_drive(), other);
  EXPECT_EQ(told["first"]["module"], "lidar_clusters");
  EXPECT_EQ(told["first"]["topic"], "/lidar/objects");
  EXPECT_EQ(told["first"]["frame"], 1);
  EXPECT_EQ(told["first_of_module"]["module"], "lidar_clusters");
  ASSERT_FALSE(told["pipeline"].empty());
  EXPECT_TRUE(contains(told["pipeline"].dump(), "tolerance_m")) << told["pipeline"];
  EXPECT_LE(told["pipeline"].size(), 3u);
  for (const auto& channel : told["channels"]) {
    EXPECT_NE(channel["topic"], "/lidar/top/points");
    EXPECT_NE(channel["topic"], "/lidar/top/obstacles");
  }
  EXPECT_EQ(told["warnings"], nlohmann::json::array());
}

TEST(DiffCommand, OneChangedPointInOneFrameNamesFrameAndModule) {
  expect_lifted_point_is_named(difference(replayed_drive(), run_with_a_lifted_point()));
  const Outcome told = hangil("diff " + replayed_drive() + " " + run_with_a_lifted_point());
  EXPECT_TRUE(contains(told.out, "first difference: /lidar/top/points message 6, frame 7, a source")) << told.out;
  EXPECT_TRUE(contains(told.out, "first module that differs: lidar_ground: /lidar/top/obstacles message 6, frame 7"))
      << told.out;
}

TEST(DiffCommand, ItIsNamedWithoutDigestsAndRecordsToo) {
  const std::set<std::string> records = {"/runtime/summary", "/runtime/activations"};
  const std::string left = copy(replayed_drive(), "left.mcap", {records, "", 0, {}});
  const std::string right = copy(run_with_a_lifted_point(), "right.mcap", {records, "", 0, {}});
  expect_lifted_point_is_named(difference(left, right));
  std::set<std::string> all = records;
  all.insert("/runtime/info");
  const std::string bare_left = copy(replayed_drive(), "bare_left.mcap", {all, "", 0, {}});
  const std::string bare_right = copy(run_with_a_lifted_point(), "bare_right.mcap", {all, "", 0, {}});
  expect_lifted_point_is_named(difference(bare_left, bare_right));
}

TEST(DiffCommand, AMessageChangedAfterTheRunIsToldFromItsDigests) {
  const auto flip = [](base::Bytes& bytes) { bytes.back() ^= 1U; };
  const std::string forged = copy(replayed_drive(), "forged.mcap", {{}, "/tracks", 4, flip});
  const Outcome told = hangil("diff " + replayed_drive() + " " + forged);
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_TRUE(contains(told.out, "first difference: /tracks message 4, frame 5, written by module tracker"))
      << told.out;
  EXPECT_TRUE(contains(told.err, "forged.mcap: /tracks holds other messages than its run published")) << told.err;
}

TEST(DiffCommand, AFileThatIsNoRecordingIsNamed) {
  const Outcome told = hangil("diff " + replayed_drive() + " " + write_text("no.mcap", "no recording"));
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_TRUE(contains(told.err, "no.mcap")) << told.err;
}

}  // namespace
}  // namespace hangil::cli
