// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/text_file.hpp"
#include "drivers/jrc_grids.hpp"

namespace hangil::cli {

namespace {

constexpr double kKmh = 1 / 3.6;  // m/s
constexpr const char* kModels[] = {"constant", "careful-jrc", "careful", "reg157", "rss", "fsm"};

struct CutInOptions {
  double ego_kmh = 60, other_kmh = 30, gap_m = 15, lateral_mps = 1;
};

const char* word(drivers::CutInOutcome outcome) {
  switch (outcome) {
    case drivers::CutInOutcome::kNoCollision:
      return "avoids it";
    case drivers::CutInOutcome::kAlongside:
      return "is hit in the side";
    case drivers::CutInOutcome::kRear:
      return "hits the rear";
  }
  return "";
}

void print_cut_in(const CutInOptions& options) {
  const drivers::CutInCase point = {options.ego_kmh * kKmh, options.other_kmh * kKmh, options.gap_m,
                                    options.lateral_mps};
  for (const char* name : kModels) {
    fmt::print("{:12} {}\n", name, word(drive_cut_in(*drivers::make_driver(name), point)));
  }
}

void print_grids() {
  using drivers::JrcGrid;
  for (const JrcGrid grid : {JrcGrid::kCutInSlow, JrcGrid::kCutInFast, JrcGrid::kCutOut, JrcGrid::kCarFollowing}) {
    const bool has_rear = grid == JrcGrid::kCutInSlow || grid == JrcGrid::kCutInFast;
    fmt::print("{}\n", name_of(grid));
    for (const char* name : kModels) {
      const drivers::JrcCount count = count_collisions(*drivers::make_driver(name), grid);
      fmt::print("  {:12} {:5} of {:5} collide", name, count.collision_count, count.case_count);
      fmt::print("{}\n", has_rear ? fmt::format(", {:5} into the rear", count.rear_count) : "");
    }
  }
}

struct PointsOptions {
  std::string output;
  int every = 1;
};

// Points of the JRC's cut-in grid up to 60 km/h as a table for `scenario sweep --points`, with what the models do.
int write_points(const PointsOptions& options) {
  constexpr const char* kColumns[] = {"careful-jrc", "reg157", "rss", "fsm"};
  std::string text = "ego_kmh,other_kmh,gap_m,lateral_mps,careful,reg157,rss,fsm\n";
  const auto cases = drivers::cut_in_cases(drivers::JrcGrid::kCutInSlow);
  for (std::size_t i = 0; i < cases.size(); i += static_cast<std::size_t>(options.every)) {
    const drivers::CutInCase& point = cases[i];
    text += fmt::format("{:.0f},{:.0f},{:.0f},{:.1f}", point.ego_mps / kKmh, point.other_mps / kKmh, point.gap_m,
                        point.lateral_mps);
    for (const char* name : kColumns) {
      const auto outcome = drive_cut_in(*drivers::make_driver(name), point);
      text += outcome == drivers::CutInOutcome::kNoCollision ? ",avoids" : ",collides";
    }
    text += "\n";
  }
  const auto written = write_text_file(options.output, text);
  return written ? kClean : fail(written.error().message);
}

void add_points(CLI::App& drivers, int& exit_code) {
  auto options = std::make_shared<PointsOptions>();
  CLI::App* points = drivers.add_subcommand("points", "The JRC's cut-in grid up to 60 km/h as a table for a sweep");
  points->add_option("--every", options->every, "Only every n-th point")->check(CLI::Range(1, 1'000'000));
  points->add_option("-o,--output", options->output, "Table to write")->required();
  points->callback([options, &exit_code] { exit_code = write_points(*options); });
}

}  // namespace

void add_drivers(CLI::App& app, int& exit_code) {
  CLI::App* drivers = app.add_subcommand("drivers", "What the reference drivers of UN R157 would do");
  drivers->require_subcommand(1);
  CLI::App* grids =
      drivers->add_subcommand("grids", "Drive the JRC's cut-in, cut-out and following grids; count collisions");
  grids->callback([&exit_code] {
    print_grids();
    exit_code = kClean;
  });
  add_points(*drivers, exit_code);
  auto options = std::make_shared<CutInOptions>();
  CLI::App* cut_in = drivers->add_subcommand("cut-in", "One cut-in: who avoids it");
  cut_in->add_option("--ego", options->ego_kmh, "speed of ego, km/h")->check(CLI::Range(0.0, 250.0));
  cut_in->add_option("--other", options->other_kmh, "speed of the one that cuts in, km/h")
      ->check(CLI::Range(0.0, 250.0));
  cut_in->add_option("--gap", options->gap_m, "from ego's front to its rear, m")->check(CLI::Range(0.0, 500.0));
  cut_in->add_option("--lateral", options->lateral_mps, "its lateral speed, m/s")->check(CLI::Range(0.0, 5.0));
  cut_in->callback([options, &exit_code] {
    print_cut_in(*options);
    exit_code = kClean;
  });
}

}  // namespace hangil::cli
