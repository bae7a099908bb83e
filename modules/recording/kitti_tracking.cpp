// SPDX-License-Identifier: Apache-2.0
#include "recording/kitti_tracking.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "recording/kitti_frame.hpp"
#include "recording/kitti_labels.hpp"
#include "recording/kitti_oxts.hpp"
#include "recording/mission.hpp"
#include "recording/text_lines.hpp"
#include "recording/truth_velocity.hpp"

namespace hangil::recording {

namespace {

using Poses = std::vector<std::optional<Eigen::Isometry3d>>;

// A sequence without its bulk.
struct Sequence {
  std::string scans, images, labels, oxts, calib;  // paths
  KittiCalibration calibration;
  std::vector<int> frames;                      // first to last without gaps
  std::vector<std::optional<OxtsRow>> rows;     // by frame
  Poses T_map_ego;                              // by frame
  std::map<int, messages::TruthObjects> truth;  // by frame
  KittiContents contents;
};

std::string list_sequences(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/velodyne", error)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  if (names.empty()) return "it holds no folder 'velodyne' with sequences: is it the 'training' folder?";
  std::string text = "there are";
  for (const std::string& name : names) text += " " + name;
  return text;
}

// Frames from the first to the last file, so that a missing one in between is noticed.
std::vector<int> frames_of(const std::string& scans, const std::string& images) {
  std::vector<int> found = list_kitti_frames(scans);
  for (const int frame : list_kitti_frames(images)) found.push_back(frame);
  if (found.empty()) return {};
  const auto [first, last] = std::minmax_element(found.begin(), found.end());
  constexpr int kMostFrames = 1'000'000;
  std::vector<int> frames;
  for (int frame = *first; frame <= *last && frame - *first < kMostFrames; ++frame) frames.push_back(frame);
  return frames;
}

base::Time stamp_of(int frame, double period_ms) {
  return kitti_nominal_start() + base::Duration::milliseconds(period_ms * frame);
}

base::Status read_labels(Sequence& sequence, double period_ms, const KittiImport& import) {
  if (!std::filesystem::exists(sequence.labels)) return {};
  const auto text = read_text(sequence.labels);
  if (!text) return text.error();
  const auto warn = [&](const std::string& what) { import.lose(what); };
  std::map<int, std::vector<KittiLabel>> by_frame;
  for (KittiLabel& label : parse_kitti_tracking_labels(*text, sequence.labels, warn)) {
    by_frame[label.frame].push_back(std::move(label));
  }
  const Eigen::Isometry3d T_ego_labels = T_ego_label(sequence.calibration);
  for (const int frame : sequence.frames) {
    sequence.truth[frame] = kitti_truth(by_frame[frame], T_ego_labels, stamp_of(frame, period_ms));
    by_frame.erase(frame);
  }
  for (const auto& [frame, labels] : by_frame) {
    import.lose(sequence.labels + ": " + std::to_string(labels.size()) + " labels of frame " + std::to_string(frame) +
                ", which has no scan; left out");
  }
  fill_velocities(sequence.T_map_ego, sequence.truth);
  return {};
}

base::Status read_poses(Sequence& sequence, const KittiImport& import) {
  if (!std::filesystem::exists(sequence.oxts)) return {};
  const auto text = read_text(sequence.oxts);
  if (!text) return text.error();
  const auto warn = [&](const std::string& what) { import.lose(what); };
  sequence.rows = parse_oxts(*text, sequence.oxts, warn);
  const std::size_t frame_count = static_cast<std::size_t>(sequence.frames.back()) + 1;
  if (sequence.rows.size() != frame_count) {
    import.warn(sequence.oxts + ": has " + std::to_string(sequence.rows.size()) + " lines for " +
                std::to_string(frame_count) + " frames; frames without a line have no pose");
  }
  sequence.rows.resize(frame_count);
  sequence.T_map_ego = oxts_poses(sequence.rows, T_ego_imu(sequence.calibration));
  sequence.contents.has_poses =
      std::any_of(sequence.rows.begin(), sequence.rows.end(), [](const auto& row) { return row.has_value(); });
  return {};
}

base::Result<Sequence> find_sequence(const KittiTrackingOptions& options) {
  Sequence sequence;
  const auto path = [&](const char* kind) { return options.folder + "/" + kind + "/" + options.sequence; };
  sequence.scans = path("velodyne");
  sequence.images = path("image_02");
  sequence.labels = path("label_02") + ".txt";
  sequence.oxts = path("oxts") + ".txt";
  sequence.calib = path("calib") + ".txt";
  if (options.sequence.empty() || !std::filesystem::is_directory(sequence.scans)) {
    return base::Error{options.folder + ": no sequence '" + options.sequence + "'; " + list_sequences(options.folder)};
  }
  auto calibration = load_kitti_calibration(sequence.calib);
  if (!calibration) return calibration.error();
  sequence.calibration = *calibration;
  sequence.frames = frames_of(sequence.scans, sequence.images);
  if (sequence.frames.empty()) return base::Error{sequence.scans + ": holds no scans (000000.bin, ...)"};
  sequence.contents.has_images = !list_kitti_frames(sequence.images).empty();
  sequence.contents.has_labels = std::filesystem::exists(sequence.labels);
  return sequence;
}

void add_notes(const Sequence& sequence, ImportReport& report) {
  report.notes.push_back("KITTI tracking has no time stamps: they count from a nominal start");
  if (!sequence.calibration.T_velo_imu) report.notes.push_back("no IMU in the calibration: nominal mounting used");
  if (!sequence.contents.has_poses) {
    report.notes.push_back("no poses (oxts): no /odometry and no /mission, the reference is straight ahead");
  }
  if (!sequence.contents.has_labels) report.notes.push_back("no labels: no /truth/objects");
  if (!sequence.contents.has_images) report.notes.push_back("no images: camera_info has the nominal size 1242 x 375");
}

base::Status write_start(const Sequence& sequence, base::Time stamp, const KittiImport& import) {
  const auto transforms = kitti_static_transforms(sequence.calibration, stamp);
  if (auto status = import.write(import.channels.tf_static, stamp, transforms); !status) return status;
  MissionPath path;
  for (const auto& T_map_ego : sequence.T_map_ego) {
    if (T_map_ego) path.add(T_map_ego->translation().x(), T_map_ego->translation().y());
  }
  import.report.has_mission = !path.empty();
  if (path.empty()) return {};
  return import.write(import.channels.mission, stamp, path.mission("map", stamp));
}

base::Status write_pose(const Sequence& sequence, int frame, base::Time stamp, const KittiImport& import) {
  const auto index = static_cast<std::size_t>(frame);
  if (index >= sequence.rows.size() || !sequence.rows[index]) return {};
  const OxtsRow& row = *sequence.rows[index];
  const auto& channels = import.channels;
  auto status = import.write(channels.odometry, stamp, oxts_odometry(row, *sequence.T_map_ego[index], stamp));
  if (status) status = import.write(channels.imu, stamp, oxts_imu(row, stamp));
  if (status) status = import.write(channels.gnss, stamp, oxts_gnss(row, stamp));
  return status;
}

base::Status write_frame(Sequence& sequence, int frame, base::Time stamp, const KittiImport& import) {
  auto status = write_pose(sequence, frame, stamp, import);
  if (status) status = write_kitti_image(import, sequence.images, frame, stamp, sequence.calibration);
  if (!status) return status;
  const auto truth = sequence.truth.find(frame);
  const std::string scan = sequence.scans + "/" + kitti_frame_name(frame) + ".bin";
  return write_kitti_scan(import, scan, stamp, sequence.calibration,
                          truth == sequence.truth.end() ? nullptr : &truth->second);
}

base::Status write_frames(Sequence& sequence, double period_ms, const KittiImport& import) {
  auto status = write_start(sequence, stamp_of(sequence.frames.front(), period_ms), import);
  for (std::size_t i = 0; i < sequence.frames.size() && status; ++i) {
    if (import.listener.is_cancelled()) return import.report.is_cancelled = true, base::Status();
    status = write_frame(sequence, sequence.frames[i], stamp_of(sequence.frames[i], period_ms), import);
    ++import.report.frame_count;
    import.listener.progress(static_cast<double>(i + 1) / static_cast<double>(sequence.frames.size()));
  }
  return status;
}

}  // namespace

base::Result<ImportReport> import_kitti_tracking(const KittiTrackingOptions& options, const std::string& output,
                                                 const WriteOptions& write_options, const ImportListener& listener) {
  if (!(options.period_ms > 0 && options.period_ms < 1e6)) return base::Error{"the period must be above 0 ms"};
  auto sequence = find_sequence(options);
  if (!sequence) return sequence.error();
  auto writer = DriveWriter::create(output, write_options);
  if (!writer) return writer.error();
  ImportReport report;
  KittiImport import{*writer, listener, report, {}};
  auto status = read_poses(*sequence, import);
  if (status) status = read_labels(*sequence, options.period_ms, import);
  if (!status) return status.error();
  add_notes(*sequence, report);
  import.channels = add_kitti_channels(sequence->contents, *writer);
  status = writer->add_metadata("import", {{"source", "kitti-tracking"},
                                           {"sequence", options.sequence},
                                           {"period_ms", std::to_string(options.period_ms)},
                                           {"times", "nominal"}});
  if (status) status = write_frames(*sequence, options.period_ms, import);
  if (status) status = writer->close();
  if (!status) return status.error();
  return report;
}

}  // namespace hangil::recording
