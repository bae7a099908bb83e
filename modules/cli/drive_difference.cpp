// SPDX-License-Identifier: Apache-2.0
#include "cli/drive_difference.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "messages/catalog.hpp"
#include "recording/drive_reader.hpp"
#include "runtime/instance.hpp"

namespace hangil::cli {

namespace {

constexpr std::size_t kMostFields = 20, kMostLines = 10;
constexpr std::string_view kUsualFrameTopic = "/lidar/top/points";

// A message as far as a comparison needs it.
struct Fingerprint {
  base::Time stamp, published;
  std::uint64_t sequence = 0, digest = 0;
  bool has_same_bytes(const Fingerprint& other) const { return digest == other.digest; }
  bool operator==(const Fingerprint& other) const {
    return stamp == other.stamp && published == other.published && digest == other.digest;
  }
};

struct Content {
  std::string module;  // as the channel's metadata says
  std::vector<Fingerprint> messages;
};

struct Side {
  std::string path, damage;
  runtime::RunInfo info;
  runtime::RunSummary summary;
  std::vector<runtime::ActivationRecord> activations;
  std::map<std::string, Content> channels;

  std::string frame_topic() const {
    const bool is_known =
        info.frame_channel >= 0 && static_cast<std::size_t>(info.frame_channel) < info.channels.size();
    return is_known ? info.channels[static_cast<std::size_t>(info.frame_channel)].topic : std::string(kUsualFrameTopic);
  }
  // In the list of the run; its size when the channel is not there.
  std::size_t index_of(const std::string& topic) const {
    const auto at =
        std::find_if(info.channels.begin(), info.channels.end(), [&](const auto& c) { return c.topic == topic; });
    return static_cast<std::size_t>(at - info.channels.begin());
  }
};

bool is_record_topic(const std::string& topic) {
  return topic.starts_with("/runtime/") && topic != runtime::kHealthTopic;
}

template <class T>
base::Status read_records(const std::string& path, std::string_view topic, std::vector<T>& records) {
  auto read = recording::read_channel<T>(path, std::string(topic));
  if (!read) return read.error();
  for (auto& message : *read) records.push_back(std::move(message.value));
  return {};
}

base::Status read_messages(Side& side) {
  auto reader = recording::DriveReader::open(side.path);
  if (!reader) return reader.error();
  side.damage = reader->damage();
  for (const auto& channel : reader->channels()) {
    const auto module = channel.metadata.find("hangil.module");
    if (!is_record_topic(channel.topic))
      side.channels[channel.topic].module = module == channel.metadata.end() ? "" : module->second;
  }
  while (true) {
    auto next = reader->next_view();
    if (!next) return next.error();
    if (!next->has_value()) return {};
    const auto& message = **next;
    const auto content = side.channels.find(reader->channels()[static_cast<std::size_t>(message.channel)].topic);
    if (content == side.channels.end()) continue;
    const std::uint64_t digest = runtime::message_digest(message.stamp, message.cdr);
    content->second.messages.push_back({message.stamp, message.published, message.sequence, digest});
  }
}

base::Result<Side> read_side(const std::string& path) {
  Side side{.path = path};
  if (const auto read = read_messages(side); !read) return read.error();
  std::vector<runtime::RunInfo> infos;
  std::vector<runtime::RunSummary> summaries;
  if (const auto read = read_records(path, runtime::kInfoTopic, infos); !read) return read.error();
  if (const auto read = read_records(path, runtime::kSummaryTopic, summaries); !read) return read.error();
  if (const auto read = read_records(path, runtime::kActivationTopic, side.activations); !read) return read.error();
  if (!infos.empty()) side.info = std::move(infos.front());
  if (!summaries.empty()) side.summary = std::move(summaries.front());
  return side;
}

// Rule 36 of the time model, over what the file holds. A source's messages may begin before the run.
void check_digests(const Side& side, std::vector<std::string>& warnings) {
  for (const runtime::ChannelDigest& then : side.summary.channels) {
    const auto content = side.channels.find(then.topic);
    if (content == side.channels.end()) continue;
    const auto& messages = content->second.messages;
    if (messages.size() != then.count) {
      warnings.push_back(fmt::format("{}: {} holds {} messages, its run published {}", side.path, then.topic,
                                     messages.size(), then.count));
      continue;
    }
    std::uint64_t chain = 0;
    for (const Fingerprint& message : messages) chain = runtime::chained(chain, message.digest, message.published);
    if (chain == then.chain) continue;
    warnings.push_back(side.path + ": " + then.topic + " holds other messages than its run published: digests differ");
  }
}

std::string module_of(const Side& side, const std::string& topic) {
  const std::size_t index = side.index_of(topic);
  if (index < side.info.channels.size()) {
    const auto writer = side.info.channels[index].writer;
    return writer >= 0 && static_cast<std::size_t>(writer) < side.info.modules.size()
               ? side.info.modules[static_cast<std::size_t>(writer)].name
               : "";
  }
  const auto content = side.channels.find(topic);
  return content == side.channels.end() ? "" : content->second.module;
}

// From the activation that produced it; without records, the newest frame whose stamp is not later.
std::uint64_t frame_of(const Side& side, const std::string& topic, std::uint64_t index) {
  const std::string frame_topic = side.frame_topic();
  if (topic == frame_topic) return index + 1;
  const Fingerprint& message = side.channels.at(topic).messages[index];
  const std::size_t channel = side.index_of(topic);
  for (const auto& record : side.activations) {
    for (const auto& produced : record.produced) {
      if (produced.channel == channel && produced.sequence == message.sequence) return record.origin;
    }
  }
  const auto frames = side.channels.find(frame_topic);
  if (frames == side.channels.end() || !side.activations.empty()) return 0;
  const auto& stamps = frames->second.messages;
  return static_cast<std::uint64_t>(
      std::count_if(stamps.begin(), stamps.end(), [&](const Fingerprint& f) { return f.stamp <= message.stamp; }));
}

std::optional<ChannelDifference> first_difference(const std::string& topic, const std::vector<Fingerprint>& left,
                                                  const std::vector<Fingerprint>& right) {
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (left[i] == right[i]) continue;
    const char* what = left[i].has_same_bytes(right[i]) ? "publication time differs" : "content or stamp differs";
    return ChannelDifference{topic, what, i, std::min(left[i].published, right[i].published), "", 0, {}};
  }
  if (left.size() == right.size()) return std::nullopt;
  const auto& longer = left.size() > right.size() ? left : right;
  return ChannelDifference{topic,  fmt::format("{} messages on the left, {} on the right", left.size(), right.size()),
                           common, longer[common].published,
                           "",     0,
                           {}};
}

base::Result<std::shared_ptr<const base::Bytes>> message_bytes(const std::string& path, const ChannelDifference& at,
                                                               std::string& type) {
  auto reader = recording::DriveReader::open(path, {.topics = {at.topic}});
  if (!reader) return reader.error();
  const int channel = reader->find_channel(at.topic);
  if (channel < 0) return base::Error{path + ": no " + at.topic};
  type = reader->channels()[static_cast<std::size_t>(channel)].type;
  for (std::uint64_t k = 0;; ++k) {
    auto next = reader->next();
    if (!next) return next.error();
    if (!next->has_value()) return base::Error{path + ": " + at.topic + " ended early"};
    if (k == at.index) return (*next)->cdr;
  }
}

void compare_fields(const Side& left, const Side& right, ChannelDifference& difference) {
  std::string left_type, right_type;
  const auto left_bytes = message_bytes(left.path, difference, left_type);
  const auto right_bytes = message_bytes(right.path, difference, right_type);
  const base::MessageType* type = messages::find_type(left_type);
  if (!left_bytes || !right_bytes || left_type != right_type || type == nullptr) return;
  const auto left_value = type->decode(**left_bytes), right_value = type->decode(**right_bytes);
  if (left_value && right_value) difference.fields = type->diff(left_value->get(), right_value->get(), kMostFields);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What stands between the lines that both begin with and those that both end with.
void compare_pipelines(const Side& left, const Side& right, std::vector<base::FieldDifference>& differences) {
  const auto a = lines_of(left.info.pipeline_yaml), b = lines_of(right.info.pipeline_yaml);
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t begin = 0, end = 0;
  while (begin < shorter && a[begin] == b[begin]) ++begin;
  while (end < shorter - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  const std::size_t a_end = a.size() - end, b_end = b.size() - end;
  for (std::size_t i = begin; i < std::max(a_end, b_end) && differences.size() < kMostLines; ++i) {
    differences.push_back({fmt::format("line {}", i + 1), i < a_end ? a[i] : "", i < b_end ? b[i] : ""});
  }
}

void sort_by_cause(std::vector<ChannelDifference>& channels, const Side& side) {
  const auto rank = [&](const ChannelDifference& d) {
    const std::size_t index = side.index_of(d.topic);
    const bool is_known = index < side.info.channels.size();
    return std::pair(d.published.ns, is_known ? side.info.channels[index].writer : -1);
  };
  std::stable_sort(channels.begin(), channels.end(),
                   [&](const ChannelDifference& a, const ChannelDifference& b) { return rank(a) < rank(b); });
}

}  // namespace

base::Result<DriveComparison> compare_drives(const std::string& left_path, const std::string& right_path) {
  const auto left = read_side(left_path), right = read_side(right_path);
  if (!left) return left.error();
  if (!right) return right.error();
  DriveComparison comparison;
  for (const Side* side : {&*left, &*right}) {
    if (!side->damage.empty()) comparison.warnings.push_back(side->path + ": " + side->damage);
    check_digests(*side, comparison.warnings);
  }
  std::map<std::string, Content> all = left->channels;
  all.insert(right->channels.begin(), right->channels.end());
  comparison.channel_count = all.size();
  static const Content kNothing;
  for (const auto& [topic, ignored] : all) {
    const auto l = left->channels.find(topic), r = right->channels.find(topic);
    const Content &a = l == left->channels.end() ? kNothing : l->second,
                  &b = r == right->channels.end() ? kNothing : r->second;
    auto difference = first_difference(topic, a.messages, b.messages);
    if (!difference) continue;
    const Side& side = difference->index < a.messages.size() ? *left : *right;
    difference->module = module_of(side, topic);
    difference->frame = frame_of(side, topic, difference->index);
    comparison.channels.push_back(*std::move(difference));
  }
  sort_by_cause(comparison.channels, left->info.channels.empty() ? *right : *left);
  const auto by_module = std::find_if(comparison.channels.begin(), comparison.channels.end(),
                                      [](const ChannelDifference& d) { return !d.module.empty(); });
  if (by_module != comparison.channels.end())
    comparison.first_of_module = static_cast<int>(by_module - comparison.channels.begin());
  if (!comparison.channels.empty()) compare_fields(*left, *right, comparison.channels.front());
  compare_pipelines(*left, *right, comparison.pipeline);
  return comparison;
}

}  // namespace hangil::cli
