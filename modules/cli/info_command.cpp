// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "recording/drive_index.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string file;
  bool verifies = false;
  bool as_json = false;
};

// How the bytes of a file are stored.
struct Storage {
  std::uint64_t file_bytes = 0, chunk_bytes = 0, uncompressed_bytes = 0;
  std::map<std::string, std::uint64_t> chunk_counts;  // by compression
};

Storage storage_of(const recording::FileSource& source, const recording::DriveIndex& index) {
  Storage storage{.file_bytes = source.size()};
  for (const recording::ChunkPlace& chunk : index.chunks) {
    storage.chunk_bytes += chunk.length;
    storage.uncompressed_bytes += chunk.uncompressed_bytes;
    ++storage.chunk_counts[chunk.is_run ? "unchunked" : chunk.compression.empty() ? "none" : chunk.compression];
  }
  return storage;
}

std::string size_text(std::uint64_t bytes) {
  const double n = static_cast<double>(bytes);
  if (n >= 1e9) return fmt::format("{:.2f} GB", n * 1e-9);
  if (n >= 1e6) return fmt::format("{:.1f} MB", n * 1e-6);
  return fmt::format("{:.1f} kB", n * 1e-3);
}

// Of `count` messages between the file's first and last; one message has no rate.
double rate_hz(const recording::DriveIndex& index, std::uint64_t count) {
  const double whole_s = (index.end - index.start).to_s();
  return whole_s > 0 && count > 1 ? static_cast<double>(count - 1) / whole_s : 0;
}

std::string storage_text(const Storage& storage) {
  std::string kinds;
  for (const auto& [kind, count] : storage.chunk_counts) kinds += fmt::format(", {} {}", count, kind);
  const double share = storage.uncompressed_bytes == 0
                           ? 1.0
                           : static_cast<double>(storage.chunk_bytes) / static_cast<double>(storage.uncompressed_bytes);
  return fmt::format("{} ({:.0f} % of {}{})", size_text(storage.file_bytes), 100 * share,
                     size_text(storage.uncompressed_bytes), kinds);
}

void print_channels(const recording::DriveIndex& index) {
  std::size_t topic_width = 5, type_width = 4;
  for (const auto& channel : index.channels) {
    topic_width = std::max(topic_width, channel.topic.size());
    type_width = std::max(type_width, channel.type.size());
  }
  fmt::print("{:<{}}  {:<{}}  {:>9}  {:>8}\n", "topic", topic_width, "type", type_width, "messages", "Hz");
  for (const auto& channel : index.channels) {
    fmt::print("{:<{}}  {:<{}}  {:>9}  {:>8.2f}{}\n", channel.topic, topic_width, channel.type, type_width,
               channel.message_count, rate_hz(index, channel.message_count),
               channel.encoding == "cdr" ? "" : "  (" + channel.encoding + ")");
  }
}

void print_text(const Options& options, const recording::DriveIndex& index, const Storage& storage) {
  const std::time_t start_s = index.start.ns / 1'000'000'000;
  fmt::print("{}: MCAP, profile '{}', written by '{}'{}\n", options.file, index.profile, index.library,
             index.has_summary ? "" : ", not indexed");
  fmt::print("{} messages, {:.3f} s from {:.6f} ({:%Y-%m-%d %H:%M:%S} UTC)\n", index.message_count,
             (index.end - index.start).to_s(), index.start.to_s(), fmt::gmtime(start_s));
  fmt::print("{}\n", storage_text(storage));
  print_channels(index);
  for (const auto& [name, values] : index.metadata) {
    fmt::print("metadata {}:", name);
    for (const auto& [key, value] : values) fmt::print(" {}={}", key, value);
    fmt::print("\n");
  }
  for (const auto& attachment : index.attachments) {
    fmt::print("attachment {}: {}, {}\n", attachment.name, attachment.media_type, size_text(attachment.size));
  }
  for (const std::string& line : index.damage) fmt::print("damage: {}\n", line);
}

std::string as_json(const recording::DriveIndex& index, const Storage& storage) {
  nlohmann::json all{{"profile", index.profile},
                     {"library", index.library},
                     {"is_indexed", index.has_summary},
                     {"messages", index.message_count},
                     {"start_ns", index.start.ns},
                     {"end_ns", index.end.ns},
                     {"duration_s", (index.end - index.start).to_s()},
                     {"file_bytes", storage.file_bytes},
                     {"uncompressed_bytes", storage.uncompressed_bytes},
                     {"chunks", storage.chunk_counts},
                     {"metadata", index.metadata},
                     {"damage", index.damage},
                     {"channels", nlohmann::json::array()},
                     {"attachments", nlohmann::json::array()}};
  for (const auto& channel : index.channels) {
    all["channels"].push_back({{"topic", channel.topic},
                               {"type", channel.type},
                               {"encoding", channel.encoding},
                               {"messages", channel.message_count},
                               {"rate_hz", rate_hz(index, channel.message_count)},
                               {"metadata", channel.metadata}});
  }
  for (const auto& attachment : index.attachments) {
    all["attachments"].push_back(
        {{"name", attachment.name}, {"media_type", attachment.media_type}, {"bytes", attachment.size}});
  }
  return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

int run_info(const Options& options) {
  const auto source = recording::FileSource::open(options.file);
  if (!source) return fail(source.error().message);
  auto index = recording::read_drive_index(*source);
  if (index && options.verifies && index->has_summary) {
    auto scanned = recording::scan_file(*source);
    if (scanned) index->damage = scanned->damage;
  }
  if (!index) return fail(index.error().message);
  const Storage storage = storage_of(*source, *index);
  if (options.as_json)
    fmt::print("{}\n", as_json(*index, storage));
  else
    print_text(options, *index, storage);
  return index->damage.empty() ? kClean : kDataLoss;
}

}  // namespace

void add_info(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("info", "Say what a recording holds");
  auto options = std::make_shared<Options>();
  command->add_option("file", options->file, "Recording (.mcap)")->required();
  command->add_flag("--verify", options->verifies, "Read all of it and check every CRC");
  command->add_flag("--json", options->as_json, "Print one JSON object");
  command->callback([=, &exit_code] { exit_code = run_info(*options); });
}

}  // namespace hangil::cli
