// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/evaluation.hpp"

namespace hangil::evaluation {

// A picture of one moment, ready to stand in the page.
struct ReportFigure {
  std::string title;  // "closest approach: 2.1 m"
  base::Time stamp;
  std::string svg;        // markup of the bird's-eye picture, nothing loaded from elsewhere
  std::string image_uri;  // data: URI of the camera picture; empty: none
};

struct ReportInput {
  const DrivenRecording* drive = nullptr;
  const Evaluation* evaluation = nullptr;
  std::vector<ReportFigure> figures;
  std::string legend;  // markup
};

// One HTML file that needs nothing else: no network, no other file. Every text of the recording is escaped. The same
// input gives the same bytes.
std::string report_page(const ReportInput& input);

}  // namespace hangil::evaluation
