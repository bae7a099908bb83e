// SPDX-License-Identifier: Apache-2.0
#include "recording/kitti_object.hpp"

#include <algorithm>
#include <filesystem>

#include "recording/kitti_frame.hpp"
#include "recording/kitti_labels.hpp"
#include "recording/text_lines.hpp"

namespace hangil::recording {

namespace {

// The calibration that tf_static was last written with.
struct Mounting {
  messages::TFMessage transforms;
  bool is_written = false;
};

bool is_same(const messages::TFMessage& a, const messages::TFMessage& b) {
  for (std::size_t i = 0; i < a.transforms.size(); ++i) {
    if (!base::diff(a.transforms[i].transform, b.transforms[i].transform).empty()) return false;
  }
  return a.transforms.size() == b.transforms.size();
}

base::Result<std::vector<int>> choose_frames(const KittiObjectOptions& options) {
  const std::string scans = options.folder + "/velodyne";
  const std::vector<int> frames = list_kitti_frames(scans);
  if (frames.empty()) return base::Error{scans + ": holds no scans (000000.bin, ...): is it the 'training' folder?"};
  if (!options.frame) return frames;
  if (std::find(frames.begin(), frames.end(), *options.frame) != frames.end()) return std::vector{*options.frame};
  return base::Error{scans + ": no frame " + kitti_frame_name(*options.frame) + "; there are " +
                     std::to_string(frames.size()) + " from " + kitti_frame_name(frames.front()) + " to " +
                     kitti_frame_name(frames.back())};
}

base::Status write_mounting(const KittiCalibration& calibration, base::Time stamp, const KittiImport& import,
                            Mounting& mounting) {
  auto transforms = kitti_static_transforms(calibration, stamp);
  if (mounting.is_written && is_same(mounting.transforms, transforms)) return {};
  mounting = {std::move(transforms), true};
  return import.write(import.channels.tf_static, stamp, mounting.transforms);
}

std::optional<messages::TruthObjects> read_truth(const std::string& path, const KittiCalibration& calibration,
                                                 base::Time stamp, const KittiImport& import) {
  if (import.channels.truth < 0) return std::nullopt;
  const auto text = read_text(path);
  if (!text) return import.lose(text.error().message + "; this frame has no labels"), std::nullopt;
  const auto warn = [&](const std::string& what) { import.lose(what); };
  return kitti_truth(parse_kitti_object_labels(*text, path, warn), T_ego_label(calibration), stamp);
}

base::Status write_frame(const std::string& folder, int frame, base::Time stamp, const KittiImport& import,
                         Mounting& mounting) {
  const std::string name = kitti_frame_name(frame);
  const auto calibration = load_kitti_calibration(folder + "/calib/" + name + ".txt");
  if (!calibration) return import.lose(calibration.error().message + "; frame left out"), base::Status();
  auto truth = read_truth(folder + "/label_2/" + name + ".txt", *calibration, stamp, import);
  auto status = write_mounting(*calibration, stamp, import, mounting);
  if (status) status = write_kitti_image(import, folder + "/image_2", frame, stamp, *calibration);
  if (!status) return status;
  ++import.report.frame_count;
  return write_kitti_scan(import, folder + "/velodyne/" + name + ".bin", stamp, *calibration,
                          truth ? &*truth : nullptr);
}

}  // namespace

base::Result<ImportReport> import_kitti_object(const KittiObjectOptions& options, const std::string& output,
                                               const WriteOptions& write_options, const ImportListener& listener) {
  if (!(options.period_ms > 0 && options.period_ms < 1e6)) return base::Error{"the period must be above 0 ms"};
  const auto frames = choose_frames(options);
  if (!frames) return frames.error();
  auto writer = DriveWriter::create(output, write_options);
  if (!writer) return writer.error();
  KittiContents contents;
  contents.has_images = !list_kitti_frames(options.folder + "/image_2").empty();
  contents.has_labels = std::filesystem::is_directory(options.folder + "/label_2");
  ImportReport report;
  const KittiImport import{*writer, listener, report, add_kitti_channels(contents, *writer)};
  auto status = writer->add_metadata(
      "import", {{"source", "kitti-object"}, {"period_ms", std::to_string(options.period_ms)}, {"times", "nominal"}});
  Mounting mounting;
  for (std::size_t i = 0; i < frames->size() && status && !report.is_cancelled; ++i) {
    report.is_cancelled = listener.is_cancelled();
    const auto offset = base::Duration::milliseconds(options.period_ms * static_cast<double>(i));
    status = write_frame(options.folder, (*frames)[i], kitti_nominal_start() + offset, import, mounting);
    listener.progress(static_cast<double>(i + 1) / static_cast<double>(frames->size()));
  }
  if (status) status = writer->close();
  if (!status) return status.error();
  report.notes.push_back("single frames without poses: no /odometry and no /mission, the reference is straight ahead");
  return report;
}

}  // namespace hangil::recording
