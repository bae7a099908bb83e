// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/report_page.hpp"
#include "viewer/key_frames.hpp"

namespace hangil::cli {

// What happened in each frame, for picking those worth a picture.
std::vector<viewer::FrameFacts> frame_facts(const evaluation::DrivenRecording& drive);

// A moment that deserves a picture.
struct PictureOrder {
  base::Time stamp;
  std::string title;
};
// Pictures of these moments, in their order; errors as below.
base::Result<std::vector<evaluation::ReportFigure>> figures_at(const evaluation::DrivenRecording& drive,
                                                               const std::vector<PictureOrder>& orders);

// Pictures of the key frames. Reads points, obstacles and camera pictures of these frames from the file. Error: the
// file cannot be read, or a picture not be encoded.
base::Result<std::vector<evaluation::ReportFigure>> report_figures(const evaluation::DrivenRecording& drive);

}  // namespace hangil::cli
