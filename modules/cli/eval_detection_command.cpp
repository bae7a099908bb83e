// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/eval_commands.hpp"
#include "cli/report_figures.hpp"
#include "cli/text_file.hpp"
#include "evaluation/centre_frames.hpp"
#include "evaluation/image_frames.hpp"
#include "evaluation/kitti_frames.hpp"
#include "evaluation/metric_page.hpp"
#include "viewer/figure.hpp"

namespace hangil::cli {

namespace {

using evaluation::FrameErrors;

constexpr std::size_t kWorstFrames = 6;

struct Options {
  std::string drive, protocol = "kitti", topic, html;
  std::vector<std::size_t> frames;
  bool is_json = false;
};

// A protocol's answer, for the terminal and for the page.
struct Answer {
  std::string text, json, lead;
  evaluation::Table table;
  std::vector<evaluation::CurveChart> charts;
  std::vector<FrameErrors> errors;  // by frame; only where a page is wanted
};

using ObjectChannel = evaluation::Channel<messages::Objects>;
using ImageChannel = evaluation::Channel<messages::ImageObjects>;

std::string percent(double ratio) { return evaluation::percent_text(ratio, 2); }

base::Result<Answer> judge_by_kitti(const evaluation::DrivenRecording& drive, const ObjectChannel& objects,
                                    const Options& options) {
  const std::set<std::size_t> numbers(options.frames.begin(), options.frames.end());
  const auto rows = evaluation::kitti_rows(drive, objects, numbers);
  if (!rows) return rows.error();
  Answer answer{evaluation::kitti_table(*rows), evaluation::kitti_json(*rows) + "\n",
                "KITTI object AP, 40 recall points; curves and worst frames: moderate, worst frames seen from above"};
  answer.table = {"Average precision", {"class", "overlap", "IoU", "easy", "moderate", "hard", "labels"}, {}, "", 2};
  constexpr std::array<const char*, 3> kNames = {"image", "ground", "3D"};
  for (const evaluation::KittiRow& row : *rows) {
    if (row.truth_count[2] == 0) continue;
    const std::string name(messages::class_name(row.object_class)),
        kind = kNames[static_cast<std::size_t>(row.overlap)];
    const auto& ap = row.average_precision;
    answer.table.rows.push_back({name, kind, evaluation::number_text(row.least_overlap, 1), percent(ap[0]),
                                 percent(ap[1]), percent(ap[2]), std::to_string(row.truth_count[2])});
    if (answer.charts.empty() || answer.charts.back().title != name) answer.charts.push_back({name, {}});
    auto& curve = answer.charts.back().curves.emplace_back(evaluation::PrecisionCurve{kind, {}});
    for (const auto& point : row.moderate) curve.points.push_back({point.recall, point.precision});
  }
  if (options.html.empty()) return answer;
  const auto errors = evaluation::kitti_frame_errors(drive, objects, numbers);
  if (!errors) return errors.error();
  answer.errors = *errors;
  return answer;
}

base::Result<Answer> judge_by_centres(const evaluation::DrivenRecording& drive, const ObjectChannel& objects,
                                      const Options& options) {
  const auto rows = evaluation::centre_rows(drive, objects);
  if (!rows) return rows.error();
  Answer answer{evaluation::centre_table(*rows), evaluation::centre_json(*rows) + "\n",
                "nuScenes AP by distance of centres; curves and worst frames: 2 m"};
  answer.table = {"Average precision", {"class", "0.5 m", "1 m", "2 m", "4 m", "mean", "labels"}, {}, ""};
  answer.charts = {{"within 2 m", {}}};
  for (const evaluation::CentreRow& row : *rows) {
    const std::string name(messages::class_name(row.object_class));
    const auto& ap = row.score.average_precision;
    answer.table.rows.push_back({name, percent(ap[0]), percent(ap[1]), percent(ap[2]), percent(ap[3]),
                                 percent(row.score.mean_average_precision), std::to_string(row.truth_count)});
    answer.charts[0].curves.push_back({name, row.score.curve});
  }
  if (options.html.empty()) return answer;
  const auto errors = evaluation::centre_frame_errors(drive, objects);
  if (!errors) return errors.error();
  answer.errors = *errors;
  return answer;
}

base::Result<Answer> judge_by_coco(const evaluation::DrivenRecording& drive, const ImageChannel& objects,
                                   const Options& options) {
  const auto rows = evaluation::image_rows(drive, objects);
  if (!rows) return rows.error();
  Answer answer{evaluation::image_table(*rows), evaluation::image_json(*rows) + "\n",
                "COCO AP of boxes in the picture, IoU 0.5 to 0.95; curves and worst frames: IoU 0.5"};
  answer.table = {"Average precision", {"class", "AP", "AP50", "AR", "labels"}, {}, ""};
  answer.charts = {{"IoU 0.5", {}}};
  for (const evaluation::ImageRow& row : *rows) {
    const std::string name(messages::class_name(row.object_class));
    answer.table.rows.push_back({name, percent(row.score.average_precision), percent(row.score.average_precision_50),
                                 percent(row.score.average_recall), std::to_string(row.score.truth_count)});
    evaluation::PrecisionCurve curve{name, {}};
    for (std::size_t i = 0; i < row.score.precision_50.size(); ++i) {
      curve.points.push_back({static_cast<double>(i) / 100, row.score.precision_50[i]});
    }
    answer.charts[0].curves.push_back(std::move(curve));
  }
  if (options.html.empty()) return answer;
  const auto errors = evaluation::image_frame_errors(drive, objects);
  if (!errors) return errors.error();
  answer.errors = *errors;
  return answer;
}

// The camera's picture of a labelled frame with both sets of boxes.
std::string boxes_in_picture(const evaluation::DrivenRecording& drive, const ImageChannel& objects,
                             const messages::TruthObjects& truth, const evaluation::ReportFigure& figure) {
  std::vector<messages::ImageBox> truths, guesses;
  for (const auto& object : truth.objects) {
    if (object.is_in_image) truths.push_back(object.image_box);
  }
  const auto* answer = evaluation::image_objects_at(objects, truth.header.stamp);
  for (const auto& object : answer == nullptr ? std::vector<messages::ImageObject>{} : answer->objects) {
    guesses.push_back({object.x_min_px, object.y_min_px, object.x_max_px, object.y_max_px});
  }
  double width_px = answer == nullptr ? 0 : answer->width_px, height_px = answer == nullptr ? 0 : answer->height_px;
  if (!drive.camera_info.empty()) {
    width_px = drive.camera_info.front().value.width, height_px = drive.camera_info.front().value.height;
  }
  return evaluation::picture_svg(figure.image_uri, width_px, height_px, truths, guesses, figure.title);
}

base::Status write_page(const evaluation::DrivenRecording& drive, const ImageChannel& image_objects,
                        const Answer& answer, const Options& options) {
  std::vector<PictureOrder> orders;
  const auto worst = evaluation::worst_of(answer.errors, kWorstFrames);
  for (const FrameErrors& errors : worst) {
    orders.push_back({drive.truth[errors.frame].value.header.stamp, evaluation::title_of(errors)});
  }
  const auto figures = figures_at(drive, orders);
  if (!figures) return figures.error();
  const bool is_in_picture = options.protocol == "coco";
  evaluation::MetricPage page{drive.path.substr(drive.path.rfind('/') + 1), "Hangil detection", answer.lead};
  page.tables = {answer.table}, page.charts = answer.charts, page.json = answer.json;
  page.legend = is_in_picture ? evaluation::worst_legend() : viewer::legend_html();
  for (std::size_t i = 0; i < figures->size(); ++i) {
    const evaluation::ReportFigure& figure = (*figures)[i];
    if (is_in_picture) {
      const auto& truth = drive.truth[worst[i].frame].value;
      page.worst.push_back({figure.title, boxes_in_picture(drive, image_objects, truth, figure), ""});
    } else {
      page.worst.push_back({figure.title, figure.svg, figure.image_uri});
    }
  }
  return write_text_file(options.html, evaluation::metric_page(page));
}

template <class T>
base::Result<evaluation::Channel<T>> read_objects(const Options& options, std::string_view otherwise) {
  const std::string topic = options.topic.empty() ? std::string(otherwise) : options.topic;
  auto objects = recording::read_channel<T>(options.drive, topic);
  if (objects && objects->empty()) return base::Error{options.drive + ": no " + topic + " in this recording"};
  return objects;
}

int evaluate_detection(const Options& options) {
  if (!options.html.empty()) {
    if (const auto other = check_output(options.html, options.drive); !other)
      return fail(other.error().message, kUsage);
  }
  auto drive = evaluation::read_driven(options.drive);
  if (!drive) return fail(drive.error().message);
  ImageChannel image_objects;
  base::Result<Answer> answer = base::Error{""};
  if (options.protocol == "coco") {
    auto read = read_objects<messages::ImageObjects>(options, evaluation::kImageObjectsTopic);
    if (!read) return fail(read.error().message);
    image_objects = *std::move(read);
    answer = judge_by_coco(*drive, image_objects, options);
  } else {
    auto read = read_objects<messages::Objects>(options, evaluation::kObjectsTopic);
    if (!read) return fail(read.error().message);
    drive->objects = *std::move(read);
    answer = options.protocol == "kitti" ? judge_by_kitti(*drive, drive->objects, options)
                                         : judge_by_centres(*drive, drive->objects, options);
  }
  if (!answer) return fail(answer.error().message);
  fmt::print("{}", options.is_json ? answer->json : answer->text);
  if (!options.html.empty()) {
    if (const auto written = write_page(*drive, image_objects, *answer, options); !written)
      return fail(written.error().message);
  }
  return end_of_reading(options.drive, drive->damage);
}

}  // namespace

void add_eval_detection(CLI::App& eval, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = eval.add_subcommand("detection", "Average precision of a driven recording's objects");
  command->add_option("drive", options->drive, "Driven recording (.mcap)")->required();
  command
      ->add_option("--protocol", options->protocol,
                   "kitti: by overlap, 40 recall points; nuscenes: by distance of centres; coco: boxes in the picture")
      ->check(CLI::IsMember({"kitti", "nuscenes", "coco"}));
  command->add_option("--topic", options->topic, "Channel of objects to judge");
  command->add_option("--frames", options->frames, "kitti: only these labelled frames, from 0: 0,3,7")->delimiter(',');
  command->add_option("--html", options->html, "Write a page with curves and the worst frames");
  command->add_flag("--json", options->is_json, "Print one JSON object");
  command->callback([options, &exit_code] { exit_code = evaluate_detection(*options); });
}

}  // namespace hangil::cli
