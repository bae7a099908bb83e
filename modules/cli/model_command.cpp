// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <time.h>

#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/model_library.hpp"
#include "model/download.hpp"
#include "model/install.hpp"
#include "model/made_input.hpp"
#include "model/store.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string name, from;
  int run_count = 100;
  bool as_json = false;
};

std::string models_folder(const std::string& name) { return model::models_dir() + "/" + name; }

std::vector<std::string> known_models() {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(cards_dir(), ignored)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem());
  }
  return names;
}

struct Line {
  std::string name, state, role, licence, note;
};

Line line_of(const std::string& name, bool is_installed) {
  const std::string path = is_installed ? models_folder(name) + "/card.yaml" : cards_dir() + "/" + name + ".yaml";
  const auto card = model::read_card(path);
  if (!card) return {name, "unreadable", "", "", card.error().message};
  Line line{name, is_installed ? "installed" : "not installed", card->role, card->code_licence, ""};
  const auto* certificate = model::find_certificate(*card, model::processor_name(), 0);
  if (certificate != nullptr)
    line.note = fmt::format("p50 {:.1f} ms, p99 {:.1f} ms here", certificate->p50_ms, certificate->p99_ms);
  if (is_installed && certificate == nullptr) line.note = "not timed here: hangil model bench " + name;
  return line;
}

int list(const Options& options) {
  const std::vector<std::string> installed = model::installed_models(model::models_dir());
  std::set<std::string> names(installed.begin(), installed.end());
  for (const std::string& name : known_models()) names.insert(name);
  nlohmann::json lines = nlohmann::json::array();
  for (const std::string& name : names) {
    const bool is_installed = std::find(installed.begin(), installed.end(), name) != installed.end();
    const Line line = line_of(name, is_installed);
    lines.push_back(
        {{"name", name}, {"state", line.state}, {"role", line.role}, {"licence", line.licence}, {"note", line.note}});
    if (!options.as_json)
      fmt::print("{:<24} {:<14} {:<34} {:<13} {}\n", name, line.state, line.role, line.licence, line.note);
  }
  if (options.as_json) fmt::print("{}\n", lines.dump(2));
  return kClean;
}

int info(const Options& options) {
  const auto folder = model::find_model(model::models_dir(), options.name);
  const std::string path = folder ? *folder + "/card.yaml" : cards_dir() + "/" + options.name + ".yaml";
  std::error_code ignored;
  if (!folder && !std::filesystem::exists(path, ignored)) return fail(folder.error().message);
  const auto card = model::read_card(path);
  if (!card) return fail(card.error().message);
  fmt::print("# {}\n{}", folder ? "installed in " + *folder : "known, not installed", model::card_text(*card));
  return kClean;
}

std::string sources_of(const std::string& name) {
  const auto card = model::read_card(cards_dir() + "/" + name + ".yaml");
  std::string text;
  for (const std::string& source : card ? card->sources : std::vector<std::string>{}) text += "\n  " + source;
  return text.empty() ? "" : "; it comes from" + text;
}

int install(const Options& options) {
  if (options.from.empty()) {
    return fail("say where its files lie: hangil model install " + options.name +
                    " --from FOLDER (or an http(s) address)" + sources_of(options.name),
                kUsage);
  }
  const auto card =
      model::install_model({options.name, options.from, model::models_dir(), cards_dir(), model::download_file});
  if (!card) return fail(card.error().message);
  fmt::print("{} is installed in {}\n  licence of the network: {}\n  of its training data: {}\n", card->name,
             models_folder(card->name), card->code_licence, card->data_licence);
  return kClean;
}

int verify(const Options& options) {
  const auto package = model::open_package({options.name, "", {}});
  if (!package) return fail(package.error().message);
  fmt::print("{}: {} files as the card says\n", options.name, package->card.files.size());
  if (package->card.module.empty()) return kClean;
  const auto trial = make_trial(*package);
  if (!trial) return fail(trial.error().message);
  std::vector<std::vector<float>> outputs;
  auto status = trial->answer(outputs);
  if (status) status = model::check_known_answers(package->card, outputs);
  if (!status) return fail(options.name + ": " + status.error().message);
  fmt::print("{}: {} outputs answer the made input as they must\n", options.name, outputs.size());
  return kClean;
}

// Time of this thread on its core, in ms: what others do meanwhile does not count.
double thread_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

base::Result<std::vector<double>> time_runs(const std::function<base::Status()>& run, int count) {
  constexpr int kWarmUps = 5;
  std::vector<double> times_ms;
  for (int i = -kWarmUps; i < count; ++i) {
    const double start_ms = thread_ms();
    if (const auto status = run(); !status) return status.error();
    if (i >= 0) times_ms.push_back(thread_ms() - start_ms);
  }
  std::sort(times_ms.begin(), times_ms.end());
  return times_ms;
}

std::string weights_of(const model::Card& card) {
  for (const auto& file : card.files) {
    if (file.name == "weights.bin") return file.sha256;
  }
  return "";
}

void set_certificate(model::Card& card, const model::LatencyCertificate& certificate) {
  std::erase_if(card.latency,
                [&](const auto& old) { return old.cpu == certificate.cpu && old.level == certificate.level; });
  card.latency.push_back(certificate);
}

int bench(const Options& options) {
  auto package = model::open_package({options.name, "", {}});
  if (!package) return fail(package.error().message);
  const auto trial = make_trial(*package);
  if (!trial) return fail(trial.error().message);
  package->card.operation_count = trial->operation_count;
  const auto rounded = [](double ms) { return std::round(ms * 100) / 100; };
  for (std::size_t level = 0; level < trial->levels.size(); ++level) {
    const auto times_ms = time_runs(trial->levels[level], options.run_count);
    if (!times_ms) return fail(times_ms.error().message);
    const std::size_t count = times_ms->size();
    const double p50 = rounded((*times_ms)[count / 2]),
                 p99 = rounded((*times_ms)[std::min(count - 1, count * 99 / 100)]);
    set_certificate(package->card, {model::processor_name(), weights_of(package->card), static_cast<int>(level), p50,
                                    p99, static_cast<int>(count)});
    fmt::print("{} level {}: p50 {:.2f} ms, p99 {:.2f} ms of one core ({} runs, {})\n", options.name, level, p50, p99,
               count, model::processor_name());
  }
  const auto status = model::write_card(package->card, package->folder);
  return status ? kClean : fail(status.error().message);
}

CLI::App* add_named(CLI::App* model, const char* name, const char* what, const std::shared_ptr<Options>& options) {
  CLI::App* command = model->add_subcommand(name, what);
  command->add_option("name", options->name, "Name of the model, as in `model list`")->required();
  return command;
}

}  // namespace

void add_model(CLI::App& app, int& exit_code) {
  CLI::App* model = app.add_subcommand("model", "List, install, verify and time the models of networks");
  model->require_subcommand(1);
  auto options = std::make_shared<Options>();
  CLI::App* list_command = model->add_subcommand("list", "Models known to this version or installed");
  list_command->add_flag("--json", options->as_json, "Print JSON");
  list_command->callback([=, &exit_code] { exit_code = list(*options); });
  add_named(model, "info", "The card of a model", options)->callback([=, &exit_code] { exit_code = info(*options); });
  CLI::App* install_command =
      add_named(model, "install", "Take a model from a folder or an address after its SHA-256", options);
  install_command->add_option("--from", options->from, "Folder with its files, or the http(s) address they lie under");
  install_command->callback([=, &exit_code] { exit_code = install(*options); });
  add_named(model, "verify", "Hash an installed model again and ask it for a known answer", options)
      ->callback([=, &exit_code] { exit_code = verify(*options); });
  CLI::App* bench_command = add_named(model, "bench", "Time a model here and write the times into its card", options);
  bench_command->add_option("--runs", options->run_count, "Runs a level")->check(CLI::Range(10, 10000));
  bench_command->callback([=, &exit_code] { exit_code = bench(*options); });
}

}  // namespace hangil::cli
