// SPDX-License-Identifier: Apache-2.0
#include "evaluation/report_page.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/markup.hpp"
#include "evaluation/report_parts.hpp"
#include "evaluation/result_tables.hpp"

namespace hangil::evaluation {

using base::escape_markup;

namespace {

template <class Family>
std::string family(const base::Result<Family>& result) {
  return result ? panels(tables_of(*result)) : missing(result.error().message);
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
      "Measured times differ from run to run and are in no digest; under Latency stands which clock each is read "
      "from."};
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

std::string sections(const ReportInput& input) {
  const Evaluation& e = *input.evaluation;
  const std::string speed = speed_chart(*input.drive, input.figures);
  return section("moments", "Moments worth a look", "Forward is up. Click a picture to enlarge it.", moments(input)) +
         section("drive", "The drive", "What the recorded vehicle did, and what the stack asked for.",
                 speed.empty() ? missing("no poses and no commands in this recording") : panel(speed)) +
         section("latency", "Latency",
                 "Time along the critical path of each frame, from its arrival to the first output that "
                 "descends from it.",
                 input.evaluation->latency ? latency_parts(*input.drive, *input.evaluation->latency)
                                           : missing(input.evaluation->latency.error().message)) +
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
  return html_page(drive.name + " - Hangil drive report", page_header(drive, "Hangil drive report") + nav() + "<main>" +
                                                              report_tiles(*input.evaluation) + sections(input) +
                                                              page_footer() + "</main>\n" +
                                                              data_script("evaluation", to_json(*input.evaluation)));
}

}  // namespace hangil::evaluation
