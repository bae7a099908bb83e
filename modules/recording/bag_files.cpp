// SPDX-License-Identifier: Apache-2.0
#include "recording/bag_files.hpp"

#include <algorithm>
#include <filesystem>

#include "base/yaml.hpp"

namespace hangil::recording {

namespace {

namespace fs = std::filesystem;

base::Status check_kind(const fs::path& file) {
  const std::string name = file.filename().string();
  if (name.ends_with(".db3") || name.ends_with(".db3.zstd")) {
    return base::Error{file.string() + ": an SQLite bag is not read; make an MCAP bag of it with: ros2 bag convert " +
                       "(output storage_id: mcap)"};
  }
  if (name.ends_with(".zstd") || name.ends_with(".zst")) {
    return base::Error{file.string() + ": the file is compressed as a whole; unpack it first with: zstd -d " + name};
  }
  return {};
}

const base::YamlNode* find_path(const base::YamlNode& node, std::initializer_list<std::string_view> keys) {
  const base::YamlNode* at = &node;
  for (const std::string_view key : keys) at = at != nullptr && at->is_map() ? at->find(key) : nullptr;
  return at;
}

base::Result<std::vector<std::string>> read_listed_files(const fs::path& folder, const fs::path& listing) {
  const auto yaml = base::load_yaml(listing.string());
  if (!yaml) return yaml.error();
  const auto* paths = find_path(*yaml, {"rosbag2_bagfile_information", "relative_file_paths"});
  if (paths == nullptr || !paths->is_sequence()) {
    return base::Error{listing.string() + ": no list rosbag2_bagfile_information.relative_file_paths"};
  }
  std::vector<std::string> files;
  for (const base::YamlNode& entry : paths->items) {
    const fs::path file = folder / fs::path(entry.scalar).filename();  // older bags list the folder's name, too
    if (auto status = check_kind(file); !status) return status.error();
    if (!fs::exists(file)) return base::Error{entry.place.text() + ": " + file.string() + " is listed but missing"};
    files.push_back(file.string());
  }
  if (files.empty()) return base::Error{listing.string() + ": lists no files"};
  return files;
}

base::Result<std::vector<std::string>> list_folder(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (auto status = check_kind(entry.path()); !status) return status.error();
    if (entry.path().extension() == ".mcap") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) return base::Error{folder.string() + ": neither metadata.yaml nor .mcap files: not a ROS 2 bag"};
  return files;
}

}  // namespace

base::Result<std::vector<std::string>> find_bag_files(const std::string& path) {
  if (!fs::is_directory(path)) {
    if (auto status = check_kind(path); !status) return status.error();
    return std::vector{path};
  }
  const fs::path listing = fs::path(path) / "metadata.yaml";
  return fs::exists(listing) ? read_listed_files(path, listing) : list_folder(path);
}

base::Result<BagReader> BagReader::open(const std::vector<std::string>& files, const ReadOptions& options) {
  BagReader bag;
  for (const std::string& file : files) {
    if (auto status = bag.add_file(file, options); !status) return status.error();
  }
  return bag;
}

base::Status BagReader::add_file(const std::string& path, const ReadOptions& options) {
  auto reader = DriveReader::open(path, options);
  if (!reader) return reader.error();
  File file{*std::move(reader), {}, std::nullopt, false};
  for (const DriveChannel& channel : file.reader.channels()) {
    const auto index = add_channel(channel, path);
    if (!index) return index.error();
    file.channels.push_back(*index);
  }
  if (file.reader.message_count() > 0) {
    start_ = message_count_ == 0 ? file.reader.start() : std::min(start_, file.reader.start());
    end_ = message_count_ == 0 ? file.reader.end() : std::max(end_, file.reader.end());
  }
  message_count_ += file.reader.message_count();
  if (!file.reader.damage().empty()) damage_ += (damage_.empty() ? "" : "; ") + path + ": " + file.reader.damage();
  files_.push_back(std::move(file));
  return {};
}

base::Result<int> BagReader::add_channel(const DriveChannel& channel, const std::string& path) {
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    if (channels_[i].topic != channel.topic) continue;
    if (channels_[i].type != channel.type || channels_[i].encoding != channel.encoding) {
      return base::Error{path + ": " + channel.topic + " is a " + channel.type + " here and a " + channels_[i].type +
                         " elsewhere in the bag"};
    }
    channels_[i].message_count += channel.message_count;
    return static_cast<int>(i);
  }
  channels_.push_back(channel);
  return static_cast<int>(channels_.size() - 1);
}

base::Status BagReader::fill(File& file) {
  auto message = file.reader.next();
  if (!message) return message.error();
  file.next = *std::move(message);
  file.is_at_end = !file.next.has_value();
  if (file.next) file.next->channel = file.channels[static_cast<std::size_t>(file.next->channel)];
  return {};
}

base::Result<std::optional<DriveMessage>> BagReader::next() {
  File* first = nullptr;
  const auto time_of = [](const File& file) { return file.next ? file.next->published : file.reader.start(); };
  while (true) {
    first = nullptr;
    for (File& file : files_) {
      if (!file.is_at_end && (first == nullptr || time_of(file) < time_of(*first))) first = &file;
    }
    if (first == nullptr) return std::optional<DriveMessage>();
    if (first->next) break;
    if (auto status = fill(*first); !status) return status.error();
  }
  return std::exchange(first->next, std::nullopt);
}

}  // namespace hangil::recording
