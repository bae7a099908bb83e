// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/pipeline_loading.hpp"
#include "runtime/module_loader.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string name, file;
  bool as_json = false;
};

int list(const Options& options) {
  nlohmann::json lines = nlohmann::json::array();
  int exit_code = kClean;
  for (const std::string& name : runtime::list_module_libraries(module_dir())) {
    const auto library = runtime::load_module_library(module_dir(), name);
    const std::string summary = library ? (*library)->summary : library.error().message;
    if (!library) exit_code = kFailed;
    lines.push_back({{"name", name}, {"usable", library.ok()}, {"summary", summary}});
    if (!options.as_json) fmt::print("{:<24} {}\n", name, summary);
  }
  if (options.as_json) fmt::print("{}\n", lines.dump(2));
  return exit_code;
}

const char* policy_text(runtime::Policy policy) {
  constexpr const char* kTexts[] = {"latest", "queue", "aligned"};
  return kTexts[static_cast<int>(policy)];
}

const char* need_text(runtime::Need need) {
  constexpr const char* kTexts[] = {"required", "one of", "optional"};
  return kTexts[static_cast<int>(need)];
}

std::string types_text(const runtime::InputDeclaration& input) {
  std::string text;
  for (const base::MessageType* type : input.types) text += (text.empty() ? "" : ", ") + std::string(type->name);
  return text;
}

nlohmann::json as_json(const runtime::Setup& setup) {
  nlohmann::json all{{"inputs", nlohmann::json::array()},
                     {"outputs", nlohmann::json::array()},
                     {"parameters", nlohmann::json::array()}};
  for (const auto& input : setup.inputs()) {
    all["inputs"].push_back({{"name", input.name},
                             {"type", types_text(input)},
                             {"policy", policy_text(input.policy)},
                             {"need", need_text(input.need)}});
  }
  for (const auto& output : setup.outputs())
    all["outputs"].push_back({{"name", output.name}, {"type", output.type->name}});
  for (const auto& parameter : setup.parameters()) {
    all["parameters"].push_back({{"name", parameter.name},
                                 {"type", parameter.type},
                                 {"default", parameter.default_text},
                                 {"least", parameter.bounds.least},
                                 {"most", parameter.bounds.most},
                                 {"unit", parameter.unit},
                                 {"meaning", parameter.meaning}});
  }
  return all;
}

void print(const runtime::Setup& setup) {
  for (const auto& input : setup.inputs()) {
    fmt::print("  input   {:<12} {} ({}, {})\n", input.name, types_text(input), policy_text(input.policy),
               need_text(input.need));
  }
  for (const auto& output : setup.outputs()) fmt::print("  output  {:<12} {}\n", output.name, output.type->name);
  for (const auto& parameter : setup.parameters()) {
    const bool is_number = parameter.type == "number" || parameter.type == "integer" || parameter.type == "numbers";
    const std::string bounds =
        is_number ? fmt::format("{} to {}", parameter.bounds.least, parameter.bounds.most) : parameter.type;
    fmt::print("  config  {:<28} = {:<8} {:<6} [{}]  {}\n", parameter.name, parameter.default_text, parameter.unit,
               bounds, parameter.meaning);
  }
}

int describe(const Options& options) {
  const auto library = runtime::load_module_library(module_dir(), options.name);
  if (!library) return fail(library.error().message);
  std::vector<base::ConfigProblem> problems;
  runtime::Setup setup(nullptr, problems);
  (*library)->make(setup);
  if (options.as_json) {
    nlohmann::json all = as_json(setup);
    all["name"] = options.name;
    all["summary"] = (*library)->summary;
    fmt::print("{}\n", all.dump(2));
  } else {
    fmt::print("{}: {}\n", options.name, (*library)->summary);
    print(setup);
  }
  return kClean;
}

int check(const Options& options) {
  const auto loaded = load_pipeline(options.file, {}, nullptr);
  if (!loaded) return fail(loaded.error().message);
  const auto cycles =
      runtime::refused_cycles(loaded->graph, runtime::latencies_ns(loaded->graph, runtime::LatencyMode::kDeclared));
  for (const std::string& cycle : cycles) fmt::print(stderr, "{}: {}\n", options.file, cycle);
  if (!cycles.empty()) return kFailed;
  fmt::print("{}: {} modules, {} channels, in order\n", options.file, loaded->graph.modules.size(),
             loaded->graph.channels.size());
  for (const auto& channel : loaded->graph.channels) {
    if (channel.writer < 0) fmt::print("  needs from outside: {} ({})\n", channel.topic, channel.type->name);
  }
  return kClean;
}

}  // namespace

void add_modules(CLI::App& app, int& exit_code) {
  CLI::App* modules = app.add_subcommand("modules", "List and describe module libraries, check pipelines");
  modules->require_subcommand(1);
  auto options = std::make_shared<Options>();
  CLI::App* list_command = modules->add_subcommand("list", "Every module library and what it does");
  list_command->add_flag("--json", options->as_json, "Print JSON");
  list_command->callback([=, &exit_code] { exit_code = list(*options); });
  CLI::App* describe_command = modules->add_subcommand("describe", "Ports and parameters of one module");
  describe_command->add_option("name", options->name, "Library name, as in `modules list`")->required();
  describe_command->add_flag("--json", options->as_json, "Print JSON");
  describe_command->callback([=, &exit_code] { exit_code = describe(*options); });
  CLI::App* check_command =
      modules->add_subcommand("check", "Load a pipeline file and report everything wrong with it");
  check_command->add_option("pipeline", options->file, "Pipeline file")->required();
  check_command->callback([=, &exit_code] { exit_code = check(*options); });
}

}  // namespace hangil::cli
