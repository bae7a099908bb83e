// SPDX-License-Identifier: Apache-2.0
#include "evaluation/result_tables.hpp"

#include <fmt/format.h>

namespace hangil::evaluation {

namespace {

using Row = std::vector<std::string>;

Row score_row(const Score& score) {
  return {score.name,
          count_text(score.truth_count),
          count_text(score.found_count),
          percent_text(score.recall_ratio),
          count_text(score.box_count),
          count_text(score.right_count),
          percent_text(score.precision_ratio)};
}

Table score_table(std::string title, const ScoreSheet& scores) {
  Table table{std::move(title), {"objects", "labelled", "found", "recall", "claimed", "right", "precision"}, {}, ""};
  table.rows.push_back(score_row(scores.total));
  for (const Score& score : scores.by_class) table.rows.push_back(score_row(score));
  for (const Score& score : scores.by_distance) table.rows.push_back(score_row(score));
  return table;
}

std::string unanswered_note(std::uint32_t unanswered, std::uint32_t frames, const std::string& note) {
  std::string text = note;
  if (unanswered > 0) {
    text += fmt::format("{}{} of {} labelled frames have no answer; what is in them counts as missed",
                        text.empty() ? "" : "; ", unanswered, frames);
  }
  return text;
}

Row quantile_row(std::string name, const Quantiles& q, int digits) {
  return {std::move(name),
          count_text(q.sample_count),
          number_text(q.mean, digits),
          number_text(q.p50, digits),
          number_text(q.p95, digits),
          number_text(q.p99, digits),
          number_text(q.max, digits)};
}

Table quantile_table(std::string title, std::string first_column) {
  return {std::move(title), {std::move(first_column), "samples", "mean", "p50", "p95", "p99", "max"}, {}, ""};
}

Table count_table(std::string title, std::string column, const std::vector<NamedCount>& counts) {
  Table table{std::move(title), {std::move(column), "count"}, {}, ""};
  for (const NamedCount& item : counts)
    table.rows.push_back({item.name.empty() ? "(none)" : item.name, count_text(item.count)});
  return table;
}

}  // namespace

std::vector<Table> tables_of(const DetectionResult& result) {
  Table scores =
      score_table(fmt::format("Detected boxes against labels, {} frames", result.frame_count), result.scores);
  scores.note = unanswered_note(result.unanswered_frame_count, result.frame_count, result.note);
  Table fit{"How well boxes fit", {"", "value"}, {}, ""};
  fit.rows = {{"mean overlap (BEV IoU)", percent_text(result.mean_overlap_ratio)},
              {"mean centre error", number_text(result.mean_centre_error_m, 2) + " m"},
              {"mean heading error, modulo half a turn", number_text(result.mean_yaw_error_rad, 3) + " rad"},
              {"class right, of matched boxes with a class", percent_text(result.same_class_ratio)},
              {"objects found by a box without class", count_text(result.unknown_found_count)},
              {"boxes with impossible numbers", count_text(result.invalid_box_count)}};
  Table classes{"Classes of matched boxes", {"labelled", "claimed", "boxes"}, {}, "", 2};
  for (const ClassPair& pair : result.class_pairs) {
    classes.rows.push_back({pair.truth, pair.claimed, count_text(pair.count)});
  }
  return {scores, fit, classes};
}

std::vector<Table> tables_of(const TrackingResult& result) {
  Table scores =
      score_table(fmt::format("Confirmed tracks against labels, {} frames", result.frame_count), result.scores);
  scores.note = unanswered_note(result.unanswered_frame_count, result.frame_count, result.note);
  Table identity{"Identities", {"", "value"}, {}, ""};
  identity.rows = {{"labelled objects", count_text(result.truth_id_count)},
                   {"of these mostly tracked (80 % and more)", count_text(result.mostly_tracked_count)},
                   {"of these mostly lost (20 % and less)", count_text(result.mostly_lost_count)},
                   {"identity switches", count_text(result.id_switch_count)},
                   {"fragmentations", count_text(result.fragmentation_count)},
                   {"tracks", count_text(result.track_id_count)},
                   {"boxes with impossible numbers", count_text(result.invalid_box_count)}};
  Table velocity = quantile_table("Velocity error, m/s", "");
  velocity.rows.push_back(quantile_row("matched tracks", result.velocity_error_mps, 2));
  if (result.velocity_error_mps.sample_count == 0)
    velocity.note = "the labels hold no velocities, and none could be told from where they were";
  return {scores, identity, velocity};
}

std::vector<Table> tables_of(const PredictionResult& result) {
  Table table{fmt::format("Predictions against where labelled objects went, K = {}", result.future_limit),
              {"objects", "horizon", "samples", "minADE m", "minFDE m", "missed", "first ADE m", "first FDE m",
               "if it stood m"},
              {},
              ""};
  std::string last;
  for (const PredictionScore& score : result.scores) {
    const std::string name = score.object_class == last ? "" : score.object_class;
    last = score.object_class;
    table.rows.push_back({name, number_text(score.horizon_s, 0) + " s", count_text(score.sample_count),
                          number_text(score.min_ade_m, 2), number_text(score.min_fde_m, 2),
                          percent_text(score.miss_ratio), number_text(score.first_ade_m, 2),
                          number_text(score.first_fde_m, 2), number_text(score.standing_fde_m, 2)});
  }
  table.note = fmt::format(
      "missed: minFDE above 2 m; first: the most probable future; if it stood: final error of not "
      "moving at all; {} of {} predictions lie on a counted label",
      result.matched_count, result.prediction_count);
  return {table};
}

namespace {

Table plan_table(const PlanningResult& result) {
  Table table{"Plans", {"", "value"}, {}, ""};
  table.rows = {
      {"frames with a valid trajectory",
       fmt::format("{} of {} ({})", result.valid_frame_count, result.frame_count, percent_text(result.valid_ratio))},
      {"trajectories / malformed", fmt::format("{} / {}", result.trajectory_count, result.malformed_count)},
      {"judged by the validator / rejected", fmt::format("{} / {}", result.judged_count, result.rejected_count)},
      {"commands / of these stopping", fmt::format("{} / {}", result.command_count, result.stopping_command_count)},
      {"commands judged / rejected",
       fmt::format("{} / {}", result.judged_command_count, result.rejected_command_count)}};
  if (!result.obstacles.empty()) {
    table.rows.push_back(
        {"plans that touch an object of " + result.obstacles + ", earliest after",
         fmt::format("{}, {} s", result.colliding_plan_count, number_text(result.earliest_contact_s, 1))});
    table.rows.push_back(
        {"distance of a plan to " + result.obstacles + ", least / median",
         number_text(result.min_distance_m, 2) + " / " + number_text(result.least_distance_m.p50, 2) + " m"});
    table.rows.push_back(
        {"least time to collision along a plan", number_text(result.min_time_to_collision_s, 2) + " s"});
  }
  table.note = "open loop: the vehicle and everybody else moved as recorded, whatever was planned";
  return table;
}

}  // namespace

std::vector<Table> tables_of(const PlanningResult& result) {
  Table comfort = quantile_table("Comfort: each plan's greatest absolute value", "");
  comfort.rows = {quantile_row("acceleration, m/s²", result.acceleration_mps2, 2),
                  quantile_row("jerk, m/s³", result.jerk_mps3, 2),
                  quantile_row("lateral acceleration, m/s²", result.lateral_acceleration_mps2, 2)};
  Table deviation = quantile_table("Distance from the path that was driven, m", "");
  for (const PathDeviation& d : result.deviations) {
    const std::string after = "after " + number_text(d.horizon_s, 0) + " s";
    deviation.rows.push_back(quantile_row(after, d.distance_m, 2));
    deviation.rows.push_back(quantile_row(after + ", across", d.lateral_m, 2));
  }
  std::vector<Table> tables = {plan_table(result), comfort, deviation};
  tables.push_back(count_table("Behaviours", "behaviour", result.behaviours));
  tables.push_back(count_table("Findings about trajectories", "check", result.findings));
  tables.push_back(count_table("Findings about commands", "check", result.command_findings));
  return tables;
}

}  // namespace hangil::evaluation
