// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "evaluation/table.hpp"

namespace hangil::evaluation {

// Precision by recall of one class by one rule, both 0 to 1, in order of recall.
struct PrecisionCurve {
  struct Point {
    double recall = 0, precision = 0;
  };
  std::string name;
  std::vector<Point> points;
};

// Curves that share a chart.
struct CurveChart {
  std::string title;
  std::vector<PrecisionCurve> curves;
};

// What went worst, with a picture.
struct WorstFrame {
  std::string title;      // "frame 17: 2 missed, 1 false"
  std::string svg;        // markup, nothing loaded from elsewhere
  std::string image_uri;  // data: URI of the camera's picture; empty: none
};

// An evaluation of perception: `hangil eval detection|segmentation|mot|lanes --html`.
struct MetricPage {
  std::string title, brand, lead;  // lead: by which definition
  std::vector<Table> tables;
  std::vector<CurveChart> charts;
  std::vector<WorstFrame> worst;
  std::string legend, json;  // markup under the pictures; the numbers for machines
};

// The curves as one <svg> with its key. A curve without points is in the key alone.
std::string precision_chart(std::span<const PrecisionCurve> curves);

// One HTML file that needs nothing else. Texts are escaped; the same input gives the same bytes.
std::string metric_page(const MetricPage& page);

}  // namespace hangil::evaluation
