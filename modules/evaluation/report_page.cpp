// SPDX-License-Identifier: Apache-2.0
#include "evaluation/report_page.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/markup.hpp"
#include "evaluation/report_parts.hpp"
#include "evaluation/result_tables.hpp"

namespace hangil::evaluation {

using base::escape_markup;

namespace {

std::string section(const std::string& id, const std::string& title, const std::string& lead, const std::string& body) {
  return fmt::format("<section id=\"{}\"><h2>{}</h2><p>{}</p>{}</section>\n", id, title, lead, body);
}

std::string panel(const std::string& body) { return body.empty() ? "" : "<div class=\"panel\">" + body + "</div>"; }

std::string missing(const std::string& reason) { return "<div class=\"missing\">" + escape_markup(reason) + "</div>"; }

// Broad tables across the page, the others in two columns below.
std::string panels(const std::vector<Table>& tables) {
  std::string broad, narrow;
  for (const Table& table : tables) {
    if (!table.rows.empty()) (table.columns.size() > 7 ? broad : narrow) += panel(html_of(table));
  }
  return narrow.empty() ? broad : broad + "<div class=\"columns\">" + narrow + "</div>";
}

template <class Family>
std::string family(const base::Result<Family>& result) {
  return result ? panels(tables_of(*result)) : missing(result.error().message);
}

std::string header(const DriveFacts& drive) {
  std::string html = "<header><div class=\"inner\"><div class=\"brand\">Hangil drive report</div>";
  html += "<h1>" + escape_markup(drive.name) + "</h1>";
  if (!drive.pipeline.empty()) {
    html +=
        fmt::format("<div>pipeline <b>{}</b>, {} executive with {} latency, {} worker{}, built with {}</div>",
                    escape_markup(drive.pipeline), escape_markup(drive.executive), escape_markup(drive.latency_mode),
                    drive.worker_count, drive.worker_count == 1 ? "" : "s", escape_markup(drive.build));
  }
  html += fmt::format("<ul class=\"facts\"><li><b>{:.1f} s</b> of driving</li><li><b>{} m</b> driven</li>",
                      drive.duration_s, number_text(drive.driven_m, 1));
  html += fmt::format("<li><b>{}</b> m/s on average</li><li><b>{}</b> frames of <span class=\"mono\">{}</span></li>",
                      number_text(drive.mean_speed_mps, 1), drive.frame_count, escape_markup(drive.frame_topic));
  if (!drive.digest.empty()) html += "<li>digest <b class=\"mono\">" + escape_markup(drive.digest) + "</b></li>";
  return html + "</ul></div></header>\n";
}

std::string nav() {
  std::string html = "<nav><div class=\"inner\">";
  for (const char* name : {"moments", "drive", "latency", "detection", "tracking", "prediction", "planning", "pipeline",
                           "proof", "notes"}) {
    html += fmt::format("<a href=\"#{0}\">{0}</a>", name);
  }
  return html + "</div></nav>\n";
}

std::string figure_html(const ReportFigure& figure, std::size_t number, base::Time start) {
  std::string html = fmt::format("<figure id=\"figure{}\"><div class=\"shot\">", number);
  if (!figure.image_uri.empty()) html += "<img alt=\"camera\" src=\"" + escape_markup(figure.image_uri) + "\">";
  html +=
      figure.svg +
      fmt::format(
          "</div><figcaption><span class=\"at\">{:.1f} s</span><span class=\"no\">{}</span>{}</figcaption></figure>",
          (figure.stamp - start).to_s(), number, escape_markup(figure.title));
  return html;
}

std::string moments(const ReportInput& input) {
  if (input.figures.empty()) return missing("this report was made without pictures; hangil report draws them");
  std::string html = "<div class=\"figures\">";
  for (std::size_t i = 0; i < input.figures.size(); ++i)
    html += figure_html(input.figures[i], i + 1, input.drive->start);
  return html + "</div>" + input.legend;
}

std::string latency(const ReportInput& input) {
  const auto& result = input.evaluation->latency;
  if (!result) return missing(result.error().message);
  std::string html = panel("<h3>Every frame: where its time went</h3>" +
                           frame_latency_chart(*input.drive->info, frame_paths(*input.drive)));
  html += panel("<h3>Modules</h3>" + module_latency_chart(*result));
  return html +
         panels({tables_of(*result).front(), drop_table(*result), event_table(*result), left_out_table(*result)});
}

std::string channel_table(const DrivenRecording& drive) {
  Table table{"Channels of the recording", {"channel", "type", "messages"}, {}, "", 2};
  for (const auto& channel : drive.channels)
    table.rows.push_back({channel.topic, channel.type, count_text(channel.message_count)});
  return panel(html_of(table));
}

std::string proof(const DrivenRecording& drive) {
  std::string html;
  if (drive.summary) {
    Table table{"Digest chain of each channel", {"channel", "messages", "digest"}, {}, "", 1};
    for (const auto& channel : drive.summary->channels) {
      table.rows.push_back({channel.topic, count_text(channel.count), base::digest_text(channel.chain)});
    }
    html += panel(html_of(table));
  }
  html += channel_table(drive);
  if (drive.info && !drive.info->pipeline_yaml.empty()) {
    html += "<details><summary>the pipeline as it was run</summary><pre>" + escape_markup(drive.info->pipeline_yaml) +
            "</pre></details>";
  }
  return html;
}

std::string pipeline(const DrivenRecording& drive) {
  if (!drive.info) return missing("no " + std::string(runtime::kInfoTopic) + " in this recording");
  const std::string graph = pipeline_graph(*drive.info);
  return graph.empty() ? missing("the recording holds no readable pipeline") : panel(graph);
}

bool labels_end_at_image(const DrivenRecording& drive) {
  return !drive.truth.empty() && drive.truth.front().value.is_limited_to_image;
}

std::string notes(const ReportInput& input) {
  const DrivenRecording& drive = *input.drive;
  const Protocol protocol;
  std::vector<std::string> lines = {
      fmt::format("Ground truth counts as car, van, truck, cyclist or pedestrian within {:.0f} m of the rear axle with "
                  "at least {} points; a "
                  "box matches by {:.0f} % BEV overlap, pedestrians and cyclists also by {:.1f} m between centres. "
                  "Recall ignores the class; "
                  "precision counts only boxes with a class. What is not labelled or does not count neither rewards "
                  "nor punishes.",
                  protocol.max_distance_m, protocol.min_point_count, 100 * protocol.min_overlap_ratio,
                  protocol.max_small_distance_m),
      "Planning is judged open loop: the vehicle and everybody else moved as recorded, whatever was planned.",
      "Times of modules and frames are compute time on the machine that ran the replay. They differ from run to run "
      "and are in no digest."};
  if (labels_end_at_image(drive))
    lines.push_back("Labels exist only inside the camera's picture: nothing beside or behind is asked for or judged.");
  if (!drive.damage.empty()) lines.push_back("The recording is damaged: " + drive.damage);
  if (drive.unusable_record_count > 0) {
    lines.push_back(
        fmt::format("{} activation records name modules or channels that the run does not have; they were left out.",
                    drive.unusable_record_count));
  }
  std::string html = "<ul class=\"notes\">";
  for (const std::string& line : lines) html += "<li>" + escape_markup(line) + "</li>";
  return html + "</ul>";
}

// JSON may stand in a script element as long as it holds no "<".
std::string data_script(const Evaluation& evaluation) {
  std::string html = "<script type=\"application/json\" id=\"evaluation\">";
  for (const char c : to_json(evaluation)) {
    if (c == '<') {
      html += "\\u003c";
    } else {
      html += c;
    }
  }
  return html + "</script>\n";
}

std::string sections(const ReportInput& input) {
  const Evaluation& e = *input.evaluation;
  const std::string speed = speed_chart(*input.drive, input.figures);
  return section("moments", "Moments worth a look", "Forward is up. Click a picture to enlarge it.", moments(input)) +
         section("drive", "The drive", "What the recorded vehicle did, and what the stack asked for.",
                 speed.empty() ? missing("no poses and no commands in this recording") : panel(speed)) +
         section("latency", "Latency",
                 "Compute time along the critical path of each frame, from its arrival to the first output that "
                 "descends from it.",
                 latency(input)) +
         section("detection", "Detection", "Boxes of single frames against labels.", family(e.detection)) +
         section("tracking", "Tracking", "Confirmed tracks against labels, and how well identities are kept.",
                 family(e.tracking)) +
         section("prediction", "Prediction", "Predicted futures against where labelled objects went.",
                 family(e.prediction)) +
         section("planning", "Planning and safety",
                 "Plans, what the validator said, and how close they came to anybody.", family(e.planning)) +
         section("pipeline", "Pipeline",
                 "Modules and the channels between them; hover over a line to read its channel.",
                 pipeline(*input.drive)) +
         section("proof", "Proof",
                 "The same binary, input and configuration give these digests on any number of workers.",
                 proof(*input.drive)) +
         section("notes", "Notes", "How to read the numbers.", notes(input));
}

}  // namespace

std::string report_page(const ReportInput& input) {
  const DriveFacts& drive = input.evaluation->drive;
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
         "content=\"width=device-width,"
         "initial-scale=1\"><title>" +
         escape_markup(drive.name) + " - Hangil drive report</title><style>" + kReportStyle +
         "</style></head>\n<body>" + header(drive) + nav() + "<main>" + report_tiles(*input.evaluation) +
         sections(input) +
         "<footer>Made by Hangil. This page needs no network; its numbers are inside it as JSON.</footer></main>\n" +
         data_script(*input.evaluation) + "<script>" + kReportScript + "</script></body></html>\n";
}

}  // namespace hangil::evaluation
