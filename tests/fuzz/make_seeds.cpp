// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/cdr.hpp"
#include "messages/catalog.hpp"
#include "messages/random_message.hpp"
#include "recording/drive_writer.hpp"

// Sound inputs for the fuzz targets to begin with: what is refused at its first byte finds nothing.
namespace {

using hangil::base::Bytes;
using hangil::base::Time;
namespace recording = hangil::recording;

std::string folder_of(const std::string& root, const char* target) {
  const std::string folder = root + "/" + target;
  std::filesystem::create_directories(folder);
  return folder + "/";
}

void write(const std::string& path, const Bytes& bytes) {
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
}

Bytes with_first(std::size_t first, std::string_view text) {
  Bytes bytes = {static_cast<std::uint8_t>(first)};
  bytes.insert(bytes.end(), text.begin(), text.end());
  return bytes;
}

void make_messages(const std::string& folder) {
  const auto types = hangil::messages::all_types();
  hangil::tests::for_each_message_type([&]<class T>(T value) {
    hangil::tests::RandomFill(1).fill(value);
    Bytes cdr;
    hangil::base::encode_cdr(value, cdr);
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (types[i]->name != T::kType) continue;
      cdr.insert(cdr.begin(), static_cast<std::uint8_t>(i));
      write(folder + std::to_string(i), cdr);
    }
  });
}

void make_cloud(const std::string& folder) {
  hangil::messages::PointCloud2 cloud;
  cloud.height = 1, cloud.width = 3, cloud.point_step = 16, cloud.row_step = 48, cloud.is_dense = true;
  std::uint32_t offset = 0;
  for (const char* name : {"x", "y", "z", "intensity"}) cloud.point_fields.push_back({name, 4 * offset++});
  cloud.data.assign(48, 1);
  Bytes cdr;
  hangil::base::encode_cdr(cloud, cdr);
  write(folder + "packed", cdr);
}

bool make_drive(const std::string& path, recording::Compression compression) {
  auto writer = recording::DriveWriter::create(path, {.compression = compression, .chunk_span = {300}});
  if (!writer.ok()) return false;
  for (const char* topic : {"/a", "/b"}) writer->add_channel(topic, "test_msgs/msg/Any", "uint8 value\n", {{"k", "v"}});
  bool is_good = writer->add_metadata("about", {{"what", "a seed"}}).ok();
  is_good = is_good && writer->attach("note", "text/plain", Time{1}, Bytes{'h', 'i'}).ok();
  for (std::uint8_t i = 0; i < 12; ++i)
    is_good = is_good && writer->write(i % 2, i, Time{i * 50}, Time{i * 100}, Bytes(40, i)).ok();
  return writer->close().ok() && is_good;
}

// By the readers' numbers in kitti_fuzz.cpp.
void make_kitti(const std::string& folder) {
  write(folder + "calibration", with_first(0,
                                           "P0: 700 0 600 0 0 700 180 0 0 0 1 0\n"
                                           "P2: 700 0 600 42 0 700 180 0.7 0 0 1 0.003\n"
                                           "R_rect 1 0 0 0 1 0 0 0 1\n"
                                           "Tr_velo_cam 0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.27\n"
                                           "Tr_imu_velo 1 0 0 -0.8 0 1 0 0.3 0 0 1 -0.9\n"));
  const std::string label = "Car 0 1 0 100 100 200 150 1.5 1.8 4.0 0 1.65 9 -1.57\n";
  write(folder + "tracking_labels",
        with_first(1, "0 4 " + label + "1 -1 DontCare -1 -1 -10 5 1 9 3 -1 -1 -1 -10 -1 -1 -1\n"));
  write(folder + "object_labels", with_first(2, label));
  write(folder + "oxts",
        with_first(3,
                   "0 8.001 100 0 0 0 0 10 9.66 0.1 0 0.2 0.3 9.8 0.2 0.3 9.8 0.01 0.02 0.03 0.01 0.02 "
                   "0.03 0.05 0.07 4 10 4 4 0\n"));
  write(folder + "scan", Bytes(1 + 4 * 16, 4));
  write(folder + "png", with_first(5, std::string_view("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x02\x80\0\0\0\xC8", 24)));
  write(
      folder + "jpeg",
      with_first(5, std::string_view("\xFF\xD8\xFF\xE0\0\x04\0\0\xFF\xC0\0\x0B\x08\0\xC8\x02\x80\x01\x01\x11\0", 21)));
}

void make_yaml(const std::string& folder) {
  write(folder + "pipeline",
        with_first(
            '\n',
            "pipeline: p\nmodules:\n  - name: a\n    library: \"b\"\n    inputs: {x: /x, y: {topic: /y, keep: 2}}\n"
            "    on: [x]\n    budget_ms: 1.5\n    config: |\n      text\n"));
  write(folder + "refused", with_first('\n', "a: &b 1\nc: *b\nd: !!str 2\ne: {f: [1, 2, {g: ~}]}\n"));
}

}  // namespace

// usage: make_seeds FOLDER   (a folder a target)
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string root = argv[1];
  make_messages(folder_of(root, "cdr_fuzz"));
  make_cloud(folder_of(root, "cloud_fuzz"));
  make_kitti(folder_of(root, "kitti_fuzz"));
  make_yaml(folder_of(root, "yaml_fuzz"));
  using enum recording::Compression;
  for (const auto& [name, compression] :
       {std::pair("plain", kNone), std::pair("lz4", kLz4), std::pair("zstd", kZstd)}) {
    if (make_drive(folder_of(root, "mcap_fuzz") + name, compression)) continue;
    std::cerr << "make_seeds: cannot write into " << root << "\n";
    return 1;
  }
}
