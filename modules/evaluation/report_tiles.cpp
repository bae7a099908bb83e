// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/markup.hpp"
#include "evaluation/report_parts.hpp"

namespace hangil::evaluation {

using base::escape_markup;

namespace {

struct Tile {
  std::string name, value, unit, more;
  const char* state = "";
};

std::string tile_html(const Tile& tile) {
  return fmt::format(
      "<div class=\"tile {}\"><div class=\"name\">{}</div><div class=\"value\">{}<small>{}</small></div><div "
      "class=\"more\">{}</div></div>",
      tile.value == "-" ? "none" : tile.state, escape_markup(tile.name), escape_markup(tile.value),
      escape_markup(tile.unit), escape_markup(tile.more));
}

Tile none(const std::string& name, const base::Error& error) { return {name, "-", "", error.message, "none"}; }

void add_latency_tiles(const DriveFacts& drive, const LatencyResult& l, std::vector<Tile>& tiles) {
  const bool has_paths = l.answered_frame_count > 0;
  const char* punctual = !has_paths ? "warn" : l.deadline_miss_count == 0 ? "good" : "bad";
  const Quantiles& judged_ms = l.judged_ms();
  tiles.push_back({l.is_drive ? "stamp to command, 99 % within" : "end to end, 99 % of frames within",
                   number_text(judged_ms.p99, 1), has_paths ? "ms" : "",
                   fmt::format("p50 {} · worst {} · deadline {}", number_text(judged_ms.p50, 1),
                               number_text(judged_ms.max, 1), number_text(l.deadline_ms, 0)),
                   punctual});
  tiles.push_back({"deadline misses", has_paths ? count_text(l.deadline_miss_count) : "-", "",
                   fmt::format("{} of {} frames have an answer", l.answered_frame_count, l.frame_count), punctual});
  tiles.push_back({"dropped messages", count_text(l.drop_count), "",
                   l.drop_count == 0 ? "nothing was skipped" : "by reason under Latency",
                   l.drop_count == 0 ? "good" : "warn"});
  tiles.push_back({"throughput", number_text(drive.frames_per_s, 1), "frames/s",
                   fmt::format("{} s for the whole drive", number_text(drive.wall_s, 1))});
}

void add_perception_tiles(const Evaluation& e, std::vector<Tile>& tiles) {
  if (e.detection) {
    const Score& s = e.detection->scores.total;
    tiles.push_back({"labelled objects found by boxes", percent_text(s.recall_ratio), "",
                     "precision " + percent_text(s.precision_ratio)});
  } else {
    tiles.push_back(none("labelled objects found by boxes", e.detection.error()));
  }
  if (e.tracking) {
    const Score& s = e.tracking->scores.total;
    tiles.push_back({"found by tracks", percent_text(s.recall_ratio), "",
                     fmt::format("precision {} · {} identity switches", percent_text(s.precision_ratio),
                                 e.tracking->id_switch_count)});
  } else {
    tiles.push_back(none("found by tracks", e.tracking.error()));
  }
}

void add_planning_tiles(const Evaluation& e, std::vector<Tile>& tiles) {
  if (e.prediction && e.prediction->scores.size() > 2) {
    const PredictionScore& s = e.prediction->scores[2];
    tiles.push_back(
        {"prediction error after 3 s", number_text(s.min_fde_m, 2), "m minFDE",
         fmt::format("missed {} · if it stood {} m", percent_text(s.miss_ratio), number_text(s.standing_fde_m, 1))});
  } else if (!e.prediction) {
    tiles.push_back(none("prediction error after 3 s", e.prediction.error()));
  }
  if (e.planning) {
    const PlanningResult& p = *e.planning;
    const bool is_good = p.rejected_count == 0 && p.valid_frame_count == p.frame_count;
    tiles.push_back(
        {"frames with a valid plan", percent_text(p.valid_ratio), "",
         fmt::format("{} rejected · least distance {} m", p.rejected_count, number_text(p.min_distance_m, 1)),
         is_good ? "good" : "warn"});
  } else {
    tiles.push_back(none("frames with a valid plan", e.planning.error()));
  }
}

std::string markup_of(const std::vector<Tile>& tiles) {
  std::string html;
  for (const Tile& tile : tiles) html += tile_html(tile);
  return html;
}

}  // namespace

std::string latency_tiles(const DriveFacts& drive, const LatencyResult& latency) {
  std::vector<Tile> tiles;
  add_latency_tiles(drive, latency, tiles);
  return markup_of(tiles);
}

std::string report_tiles(const Evaluation& evaluation) {
  std::vector<Tile> tiles;
  if (evaluation.latency) {
    add_latency_tiles(evaluation.drive, *evaluation.latency, tiles);
  } else {
    tiles.push_back(none("end to end", evaluation.latency.error()));
  }
  add_perception_tiles(evaluation, tiles);
  add_planning_tiles(evaluation, tiles);
  return "<div class=\"tiles\">" + markup_of(tiles) + "</div>\n";
}

}  // namespace hangil::evaluation
