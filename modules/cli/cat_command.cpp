// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/config.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/known_types.hpp"
#include "recording/drive_reader.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string file;
  std::vector<std::string> topics;
  std::uint64_t count = UINT64_MAX;
  double start_s = 0, duration_s = 0;
  std::size_t max_elements = 8;
  bool as_json = false;
};

// The value as JSON, or what keeps it from being shown.
base::Result<std::string> value_text(const recording::DriveChannel& channel, const base::Bytes& cdr,
                                     std::size_t max_elements) {
  if (channel.encoding != "cdr") return base::Error{"message encoding '" + channel.encoding + "' is not CDR"};
  const base::MessageType* type = find_known_type(channel.type);
  if (type == nullptr) return base::Error{"unknown type " + channel.type};
  const auto value = type->decode(cdr);
  if (!value) return value.error();
  return type->to_json(value->get(), max_elements);
}

void print_line(const recording::DriveChannel& channel, const recording::DriveMessage& message,
                const Options& options) {
  const auto value = value_text(channel, *message.cdr, options.as_json ? SIZE_MAX : options.max_elements);
  if (!options.as_json) {
    fmt::print("{:.6f} {} {}\n", message.published.to_s(), channel.topic,
               value ? *value : fmt::format("({}; {} bytes)", value.error().message, message.cdr->size()));
    return;
  }
  fmt::print("{{\"topic\":{},\"type\":{},\"sequence\":{},\"published_ns\":{},\"stamp_ns\":{},",
             base::json_quote(channel.topic), base::json_quote(channel.type), message.sequence, message.published.ns,
             message.stamp.ns);
  if (value)
    fmt::print("\"value\":{}}}\n", *value);
  else
    fmt::print("\"value\":null,\"bytes\":{},\"error\":{}}}\n", message.cdr->size(),
               base::json_quote(value.error().message));
}

base::Status check_topics(const recording::DriveReader& reader, const Options& options) {
  for (const std::string& topic : options.topics) {
    if (reader.find_channel(topic) >= 0) continue;
    std::vector<std::string> known;
    for (const auto& channel : reader.channels()) known.push_back(channel.topic);
    const std::string near = base::nearest_word(topic, known);
    return base::Error{options.file + ": no channel " + topic + (near.empty() ? "" : "; did you mean " + near + "?")};
  }
  return {};
}

int print_messages(recording::DriveReader& reader, const Options& options) {
  int exit_code = reader.damage().empty() ? kClean : kDataLoss;
  for (std::uint64_t count = 0; count < options.count && !interrupted();) {
    const auto next = reader.next();
    if (!next) {
      fmt::print(stderr, "{}\n", next.error().message);
      exit_code = kDataLoss;
      continue;
    }
    if (!next->has_value()) break;
    const recording::DriveMessage& message = **next;
    print_line(reader.channels()[static_cast<std::size_t>(message.channel)], message, options);
    ++count;
  }
  return exit_code;
}

int run_cat(const Options& options) {
  recording::ReadOptions read{.topics = options.topics};
  if (options.start_s > 0 || options.duration_s > 0) {
    const auto whole = recording::DriveReader::open(options.file);
    if (!whole) return fail(whole.error().message);
    read.start = whole->start() + base::Duration::seconds(options.start_s);
    if (options.duration_s > 0) read.end = *read.start + base::Duration::seconds(options.duration_s);
  }
  auto reader = recording::DriveReader::open(options.file, read);
  if (!reader) return fail(reader.error().message);
  if (const auto status = check_topics(*reader, options); !status) return fail(status.error().message);
  if (!reader->damage().empty()) fmt::print(stderr, "warning: {}: {}\n", options.file, reader->damage());
  return print_messages(*reader, options);
}

}  // namespace

void add_cat(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("cat", "Print the messages of a recording");
  auto options = std::make_shared<Options>();
  command->add_option("file", options->file, "Recording (.mcap)")->required();
  command->add_option("--topic,-t", options->topics, "Only this channel, may be given again");
  command->add_option("--count,-n", options->count, "At most this many messages");
  command->add_option("--start", options->start_s, "Begin this many seconds into the drive")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--duration", options->duration_s, "This many seconds only")->check(CLI::NonNegativeNumber);
  command->add_option("--elements", options->max_elements, "Elements shown of a sequence, without --json");
  command->add_flag("--json", options->as_json, "Print one whole JSON object a line");
  command->callback([=, &exit_code] { exit_code = run_cat(*options); });
}

}  // namespace hangil::cli
