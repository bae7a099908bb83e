// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/text_file.hpp"
#include "map/check.hpp"
#include "map/draw.hpp"
#include "map/map_file.hpp"
#include "map/road_pose.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string file, output;
  bool has_labels = true, as_json = false;
};

// Lanes of one type and how long they are together.
struct TypeSum {
  int count = 0;
  double length_m = 0;
};

using TypeSums = std::array<TypeSum, static_cast<std::size_t>(map::LaneType::kOther) + 1>;

TypeSums type_sums(const map::LaneGraph& graph) {
  TypeSums sums{};
  for (const map::GraphLane& lane : graph.lanes) {
    TypeSum& sum = sums[static_cast<std::size_t>(lane.type)];
    ++sum.count;
    sum.length_m += map::length_m(lane.centre);
  }
  return sums;
}

std::string types_text(const map::LaneGraph& graph) {
  const TypeSums sums = type_sums(graph);
  std::string text;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].count == 0) continue;
    const std::string_view word = map::lane_type_word(static_cast<map::LaneType>(i));
    text += fmt::format("  {:<16} {:6d} lanes {:10.3f} km\n", word, sums[i].count, sums[i].length_m / 1000);
  }
  return text;
}

std::string extent_text(const map::LaneGraph& graph) {
  double low_x = 1e300, low_y = 1e300, high_x = -1e300, high_y = -1e300, low_z = 1e300, high_z = -1e300;
  for (const map::GraphLane& lane : graph.lanes) {
    for (const map::Point3& point : lane.centre) {
      low_x = std::min(low_x, point.x_m);
      high_x = std::max(high_x, point.x_m);
      low_y = std::min(low_y, point.y_m);
      high_y = std::max(high_y, point.y_m);
      low_z = std::min(low_z, point.z_m);
      high_z = std::max(high_z, point.z_m);
    }
  }
  if (low_x > high_x) return "no lanes\n";
  return fmt::format("x {:.1f} to {:.1f} m, y {:.1f} to {:.1f} m, z {:.1f} to {:.1f} m\n", low_x, high_x, low_y, high_y,
                     low_z, high_z);
}

std::string roads_text(const map::Map& roads) {
  double length_m = 0;
  int signal_count = 0, object_count = 0, left_hand_count = 0;
  for (const map::Road& road : roads.roads()) {
    length_m += road.length_m;
    signal_count += static_cast<int>(road.signals.size());
    object_count += static_cast<int>(road.objects.size());
    left_hand_count += road.is_left_hand_traffic ? 1 : 0;
  }
  std::string text =
      fmt::format("{} roads of {:.3f} km in all, {} junctions, {} signals, {} objects\n", roads.roads().size(),
                  length_m / 1000, roads.junctions().size(), signal_count, object_count);
  if (left_hand_count > 0) text += fmt::format("traffic keeps left on {} roads\n", left_hand_count);
  const std::string& reference = roads.network().geo_reference;
  return reference.empty() ? text : text + "reference: " + reference + "\n";
}

std::string info_json(const Options& options, const map::MapFile& file) {
  const map::LaneGraph& graph = file.lanes;
  nlohmann::json all{{"file", options.file},
                     {"format", file.format},
                     {"lanes", graph.lanes.size()},
                     {"types", nlohmann::json::object()},
                     {"traffic_lights", graph.lights.size()},
                     {"stop_lines", graph.stop_lines.size()},
                     {"crosswalks", graph.crosswalks.size()},
                     {"rights_of_way", graph.rights_of_way.size()}};
  const TypeSums sums = type_sums(graph);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].count == 0) continue;
    all["types"][std::string(map::lane_type_word(static_cast<map::LaneType>(i)))] = {{"lanes", sums[i].count},
                                                                                     {"length_m", sums[i].length_m}};
  }
  if (file.roads) {
    double length_m = 0;
    for (const map::Road& road : file.roads->roads()) length_m += road.length_m;
    all["roads"] = file.roads->roads().size();
    all["road_length_m"] = length_m;
    all["junctions"] = file.roads->junctions().size();
    all["reference"] = file.roads->network().geo_reference;
  }
  return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

int run_info(const Options& options) {
  const auto file = map::read_map_file(options.file);
  if (!file) return fail(file.error().message);
  if (options.as_json) return fmt::print("{}\n", info_json(options, *file)), kClean;
  const map::LaneGraph& graph = file->lanes;
  fmt::print("{}: {}\n", options.file, file->format);
  if (file->roads) fmt::print("{}", roads_text(*file->roads));
  fmt::print("{}{} lanes:\n{}", extent_text(graph), graph.lanes.size(), types_text(graph));
  fmt::print("{} traffic lights, {} stop lines, {} crosswalks, {} rights of way\n", graph.lights.size(),
             graph.stop_lines.size(), graph.crosswalks.size(), graph.rights_of_way.size());
  return kClean;
}

std::vector<map::MapLabel> road_labels(const map::Map& roads) {
  std::vector<map::MapLabel> labels;
  for (const map::Road& road : roads.roads()) {
    if (road.junction >= 0) continue;
    const map::RoadPose pose = map::road_pose(road, road.length_m / 2, 0);
    labels.push_back({{pose.x_m, pose.y_m, pose.z_m}, road.id});
  }
  return labels;
}

int run_draw(const Options& options) {
  const auto file = map::read_map_file(options.file, {.tolerance_m = 0.1, .spacing_max_m = 50});
  if (!file) return fail(file.error().message);
  std::vector<map::MapLabel> labels;
  if (file->roads && options.has_labels) labels = road_labels(*file->roads);
  const auto written = write_text_file(options.output, map::draw_svg(file->lanes, labels, options.file));
  return written ? kClean : fail(written.error().message);
}

std::string findings_json(const Options& options, const std::vector<map::MapFinding>& findings, bool has_roads) {
  nlohmann::json all{{"file", options.file}, {"findings", nlohmann::json::array()}};
  for (const map::MapFinding& finding : findings) {
    all["findings"].push_back({{has_roads ? "road" : "lane", finding.road},
                               {"s_m", finding.s_m},
                               {"line", finding.line},
                               {"fault", map::map_fault_word(finding.fault)},
                               {"text", finding.text}});
  }
  return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

int run_check(const Options& options) {
  const auto file = map::read_map_file(options.file);
  if (!file) return fail(file.error().message);
  const auto findings = file->roads ? map::check_map(*file->roads) : map::check_lanes(file->lanes);
  if (options.as_json) {
    fmt::print("{}\n", findings_json(options, findings, file->roads != nullptr));
    return findings.empty() ? kClean : kFailed;
  }
  for (const map::MapFinding& finding : findings) {
    const std::string line = finding.line > 0 ? fmt::format(":{}", finding.line) : std::string();
    fmt::print("{}{}: {} {} s {:.2f}: {}: {}\n", options.file, line, file->roads ? "road" : "lane", finding.road,
               finding.s_m, map::map_fault_word(finding.fault), finding.text);
  }
  fmt::print("{} lanes, {} findings\n", file->lanes.lanes.size(), findings.size());
  return findings.empty() ? kClean : kFailed;
}

}  // namespace

void add_map(CLI::App& app, int& exit_code) {
  CLI::App* map_command = app.add_subcommand("map", "Look at a road map (OpenDRIVE, Lanelet2, CommonRoad)");
  map_command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  const auto add = [&](const char* name, const char* meaning, int (*run)(const Options&)) {
    CLI::App* command = map_command->add_subcommand(name, meaning);
    command->add_option("file", options->file, "Map (.xodr, .osm, CommonRoad .xml)")->required();
    command->callback([options, run, &exit_code] { exit_code = run(*options); });
    return command;
  };
  const auto add_json = [&](CLI::App* command) {
    command->add_flag("--json", options->as_json, "Print one JSON object");
  };
  add_json(add("info", "Say what a map holds", run_info));
  CLI::App* draw = add("draw", "Draw a map as SVG", run_draw);
  draw->add_option("-o,--output", options->output, "Picture to write (.svg)")->required();
  draw->add_flag("!--no-labels", options->has_labels, "Leave out the ids of roads");
  add_json(add("check", "Report gaps, kinks, overlaps and missing links; exit code 1 where there are any", run_check));
}

}  // namespace hangil::cli
