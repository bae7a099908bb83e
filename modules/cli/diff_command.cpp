// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "messages/catalog.hpp"
#include "recording/drive_reader.hpp"
#include "runtime/instance.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string left, right;
  bool as_json = false;
};

// A message as far as a comparison needs it.
struct Fingerprint {
  base::Time stamp, published;
  std::uint64_t digest = 0;
  bool operator==(const Fingerprint&) const = default;
};

struct Side {
  std::string path;
  runtime::RunInfo info;
  std::vector<runtime::ActivationRecord> activations;
  std::map<std::string, std::vector<Fingerprint>> topics;
};

struct Difference {
  std::string topic, what;
  std::uint64_t index = 0;
  base::Time published;
  std::string module;
  std::uint64_t frame = 0;
  std::vector<base::FieldDifference> fields;
};

template <class T>
base::Status read_records(const std::string& path, std::string_view topic, std::vector<T>& records) {
  auto read = recording::read_channel<T>(path, std::string(topic));
  if (!read) return read.error();
  for (auto& message : *read) records.push_back(std::move(message.value));
  return {};
}

base::Result<Side> read_side(const std::string& path) {
  Side side{.path = path};
  auto reader = recording::DriveReader::open(path);
  if (!reader) return reader.error();
  for (const auto& channel : reader->channels()) side.topics[channel.topic];
  while (true) {
    auto next = reader->next();
    if (!next) return next.error();
    if (!next->has_value()) break;
    const recording::DriveMessage& message = **next;
    const std::string& topic = reader->channels()[static_cast<std::size_t>(message.channel)].topic;
    const std::uint64_t digest = runtime::message_digest(message.stamp, *message.cdr);
    side.topics[topic].push_back({message.stamp, message.published, digest});
  }
  std::erase_if(side.topics, [](const auto& entry) { return entry.first.starts_with("/runtime/"); });
  std::vector<runtime::RunInfo> infos;
  if (const auto read = read_records(path, runtime::kInfoTopic, infos); !read) return read.error();
  if (!infos.empty()) side.info = std::move(infos.front());
  if (const auto read = read_records(path, runtime::kActivationTopic, side.activations); !read) return read.error();
  return side;
}

// Which module wrote a message and for which frame, from the side that recorded it.
void name_writer(const Side& side, Difference& difference) {
  for (std::size_t c = 0; c < side.info.channels.size(); ++c) {
    const runtime::ChannelInfo& channel = side.info.channels[c];
    if (channel.topic != difference.topic) continue;
    if (channel.writer >= 0) difference.module = side.info.modules[static_cast<std::size_t>(channel.writer)].name;
    for (const auto& record : side.activations) {
      for (const auto& produced : record.produced) {
        if (produced.channel == c && produced.sequence == difference.index) difference.frame = record.origin;
      }
    }
  }
}

base::Result<std::shared_ptr<const base::Bytes>> message_bytes(const std::string& path, const Difference& at,
                                                               std::string& type) {
  auto reader = recording::DriveReader::open(path, {.topics = {at.topic}});
  if (!reader) return reader.error();
  type = reader->channels()[static_cast<std::size_t>(reader->find_channel(at.topic))].type;
  for (std::uint64_t k = 0;; ++k) {
    auto next = reader->next();
    if (!next) return next.error();
    if (!next->has_value()) return base::Error{path + ": " + at.topic + " ended early"};
    if (k == at.index) return (*next)->cdr;
  }
}

void compare_fields(const Side& left, const Side& right, Difference& difference) {
  std::string left_type, right_type;
  const auto left_bytes = message_bytes(left.path, difference, left_type);
  const auto right_bytes = message_bytes(right.path, difference, right_type);
  const base::MessageType* type = messages::find_type(left_type);
  if (!left_bytes || !right_bytes || left_type != right_type || type == nullptr) return;
  const auto left_value = type->decode(**left_bytes), right_value = type->decode(**right_bytes);
  if (left_value && right_value) difference.fields = type->diff(left_value->get(), right_value->get(), 20);
}

// The first message of one topic that is not the same on both sides.
std::optional<Difference> first_difference(const std::string& topic, const std::vector<Fingerprint>& left,
                                           const std::vector<Fingerprint>& right) {
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (left[i] == right[i]) continue;
    const char* what = left[i].digest != right[i].digest ? "content differs" : "stamp or publication time differs";
    return Difference{
        .topic = topic, .what = what, .index = i, .published = std::min(left[i].published, right[i].published)};
  }
  if (left.size() == right.size()) return std::nullopt;
  const auto& longer = left.size() > right.size() ? left : right;
  return Difference{.topic = topic,
                    .what = fmt::format("{} messages on the left, {} on the right", left.size(), right.size()),
                    .index = common,
                    .published = longer[common].published};
}

std::size_t writer_rank(const Side& side, const std::string& topic) {
  for (const auto& channel : side.info.channels) {
    if (channel.topic == topic) return static_cast<std::size_t>(channel.writer + 1);
  }
  return 0;
}

std::vector<Difference> differences(const Side& left, const Side& right) {
  std::vector<Difference> found;
  std::map<std::string, std::vector<Fingerprint>> all = left.topics;
  all.insert(right.topics.begin(), right.topics.end());
  for (const auto& [topic, ignored] : all) {
    const auto l = left.topics.find(topic), r = right.topics.find(topic);
    static const std::vector<Fingerprint> kNothing;
    auto difference = first_difference(topic, l == left.topics.end() ? kNothing : l->second,
                                       r == right.topics.end() ? kNothing : r->second);
    if (difference) found.push_back(*std::move(difference));
  }
  std::stable_sort(found.begin(), found.end(), [&](const Difference& a, const Difference& b) {
    return std::pair(a.published, writer_rank(left, a.topic)) < std::pair(b.published, writer_rank(left, b.topic));
  });
  return found;
}

void print(const Options& options, const std::vector<Difference>& found, std::size_t topic_count) {
  if (found.empty()) {
    fmt::print("no difference in {} channels\n", topic_count);
    return;
  }
  const Difference& first = found.front();
  fmt::print("first difference: {} message {}{}{}, published at {} ns: {}\n", first.topic, first.index,
             first.frame > 0 ? fmt::format(", frame {}", first.frame) : "",
             first.module.empty() ? "" : ", written by module " + first.module, first.published.ns, first.what);
  for (const auto& field : first.fields) fmt::print("  {}: {} | {}\n", field.path, field.left, field.right);
  fmt::print("channels that differ, by first difference ({} | {}):\n", options.left, options.right);
  for (const Difference& difference : found) {
    fmt::print("  {:<28} from message {} on: {}\n", difference.topic, difference.index, difference.what);
  }
}

std::string as_json(const std::vector<Difference>& found) {
  nlohmann::json all{{"equal", found.empty()}, {"channels", nlohmann::json::array()}};
  for (const Difference& difference : found) {
    nlohmann::json line{{"topic", difference.topic},
                        {"message", difference.index},
                        {"frame", difference.frame},
                        {"module", difference.module},
                        {"published_ns", difference.published.ns},
                        {"what", difference.what}};
    for (const auto& field : difference.fields) {
      line["fields"].push_back({{"path", field.path}, {"left", field.left}, {"right", field.right}});
    }
    all["channels"].push_back(std::move(line));
  }
  return all.dump(2);
}

int compare(const Options& options) {
  const auto left = read_side(options.left), right = read_side(options.right);
  for (const auto* side : {&left, &right}) {
    if (!side->ok()) return fmt::print(stderr, "{}\n", side->error().message), kFailed;
  }
  std::vector<Difference> found = differences(*left, *right);
  for (Difference& difference : found) name_writer(left->activations.empty() ? *right : *left, difference);
  if (!found.empty()) compare_fields(*left, *right, found.front());
  if (options.as_json)
    fmt::print("{}\n", as_json(found));
  else
    print(options, found, left->topics.size());
  return found.empty() ? kClean : kFailed;
}

}  // namespace

void add_diff(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("diff", "Find the first message, frame and module where two recordings differ");
  auto options = std::make_shared<Options>();
  command->add_option("left", options->left, "Recording (.mcap)")->required();
  command->add_option("right", options->right, "Recording (.mcap)")->required();
  command->add_flag("--json", options->as_json, "Print JSON");
  command->callback([=, &exit_code] { exit_code = compare(*options); });
}

}  // namespace hangil::cli
