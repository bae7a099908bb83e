// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/drive_difference.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string left, right;
  bool as_json = false;
};

std::string place(const ChannelDifference& difference) {
  return fmt::format("{} message {}{}, {}", difference.topic, difference.index,
                     difference.frame > 0 ? fmt::format(", frame {}", difference.frame) : "",
                     difference.module.empty() ? "a source" : "written by module " + difference.module);
}

void print_fields(const std::vector<base::FieldDifference>& fields) {
  for (const auto& field : fields) fmt::print("  {}: {} | {}\n", field.path, field.left, field.right);
}

void print(const Options& options, const DriveComparison& comparison) {
  if (comparison.channels.empty()) {
    fmt::print("no difference in {} channels\n", comparison.channel_count);
  } else {
    const ChannelDifference& first = comparison.channels.front();
    fmt::print("first difference: {}, published at {} ns: {}\n", place(first), first.published.ns, first.what);
    print_fields(first.fields);
    if (comparison.first_of_module > 0) {
      const auto index = static_cast<std::size_t>(comparison.first_of_module);
      fmt::print("first module that differs: {}: {}\n", comparison.channels[index].module,
                 place(comparison.channels[index]));
    }
    fmt::print("channels that differ, by first difference ({} | {}):\n", options.left, options.right);
    for (const ChannelDifference& difference : comparison.channels)
      fmt::print("  {:<28} from message {} on: {}\n", difference.topic, difference.index, difference.what);
  }
  if (!comparison.pipeline.empty()) fmt::print("the pipelines they were run with differ:\n");
  print_fields(comparison.pipeline);
}

nlohmann::json as_json(const std::vector<base::FieldDifference>& fields) {
  nlohmann::json all = nlohmann::json::array();
  for (const auto& field : fields) all.push_back({{"path", field.path}, {"left", field.left}, {"right", field.right}});
  return all;
}

nlohmann::json as_json(const ChannelDifference& difference) {
  return {
      {"topic", difference.topic},           {"message", difference.index}, {"frame", difference.frame},
      {"module", difference.module},         {"what", difference.what},     {"published_ns", difference.published.ns},
      {"fields", as_json(difference.fields)}};
}

std::string as_json(const DriveComparison& comparison) {
  nlohmann::json all{{"equal", comparison.channels.empty()},
                     {"channels", nlohmann::json::array()},
                     {"warnings", comparison.warnings},
                     {"pipeline", as_json(comparison.pipeline)}};
  for (const ChannelDifference& difference : comparison.channels) all["channels"].push_back(as_json(difference));
  if (!comparison.channels.empty()) all["first"] = all["channels"][0];
  if (comparison.first_of_module >= 0)
    all["first_of_module"] = all["channels"][static_cast<std::size_t>(comparison.first_of_module)];
  return all.dump(2);
}

int compare(const Options& options) {
  const auto comparison = compare_drives(options.left, options.right);
  if (!comparison) return fail(comparison.error().message);
  for (const std::string& warning : comparison->warnings) fmt::print(stderr, "warning: {}\n", warning);
  if (options.as_json)
    fmt::print("{}\n", as_json(*comparison));
  else
    print(options, *comparison);
  if (!comparison->channels.empty()) return kFailed;
  return comparison->warnings.empty() ? kClean : kDataLoss;
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
