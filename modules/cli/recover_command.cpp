// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/crash_guard.hpp"
#include "cli/driven_recording.hpp"
#include "cli/progress.hpp"
#include "recording/recover.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string broken, mended;
  bool as_json = false;
};

// Of a drive that was cut off, what its own log says about that.
std::string drive_text(const std::string& mended, const std::optional<CrashNote>& crash) {
  const auto drive = read_driven_recording(mended);
  const std::string text = drive ? cut_off_text(*drive) : "";
  if (!crash) return text;
  return "the process died of " + crash->text + (text.empty() ? "" : "; " + text);
}

void print_text(const Options& options, const recording::RecoverReport& report, const std::string& drive) {
  fmt::print("{}: {} messages kept", options.mended, report.kept_message_count);
  if (report.lost.empty()) {
    fmt::print(", nothing lost\n");
    return;
  }
  // Of a file that was cut off nobody knows how long it was to be.
  fmt::print("{}\n", report.lost_message_count > 0 ? fmt::format(", at least {} lost", report.lost_message_count)
                                                   : std::string(", an unknown number lost"));
  for (const std::string& line : report.lost) fmt::print("  {}\n", line);
  if (!drive.empty()) fmt::print("  {}\n", drive);
}

void print_json(const recording::RecoverReport& report, const std::string& drive) {
  const nlohmann::json all{{"kept_messages", report.kept_message_count},
                           {"lost_messages_at_least", report.lost_message_count},
                           {"lost", report.lost},
                           {"drive", drive}};
  fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

int recover(const Options& options) {
  Progress progress("recover", {0}, {1});
  const auto crash = read_crash_note(options.broken);
  const auto report = recording::recover_drive(
      options.broken, options.mended, {}, [&](double share) { progress.show(share); },
      crash ? recording::Metadata{{"crash", {{"what", crash->text}}}} : recording::Metadata{});
  progress.finish();
  if (!report) return fail(report.error().message);
  const std::string drive = report->lost.empty() ? "" : drive_text(options.mended, crash);
  if (options.as_json)
    print_json(*report, drive);
  else
    print_text(options, *report, drive);
  return report->lost.empty() ? kClean : kDataLoss;
}

}  // namespace

void add_recover(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("recover", "Make a sound recording of a broken one and say what is lost");
  auto options = std::make_shared<Options>();
  command->add_option("broken", options->broken, "Recording (.mcap) that is cut off, damaged or has no index")
      ->required();
  command->add_option("--output,-o", options->mended, "Write the sound recording here")->required();
  command->add_flag("--json", options->as_json, "Print one JSON object");
  command->callback([=, &exit_code] { exit_code = recover(*options); });
}

}  // namespace hangil::cli
