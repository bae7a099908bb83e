// SPDX-License-Identifier: Apache-2.0
#include "map/draw.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/markup.hpp"
#include "map/lane_finder.hpp"

namespace hangil::map {

namespace {

struct Frame {
  double left_m = 0, top_m = 0, width_m = 1, height_m = 1;  // y of the picture is down

  // What is to be seen at the same size on any map: thousandths of the larger side, within bounds.
  double thin(double share, double least, double most) const {
    return std::clamp(std::max(width_m, height_m) * share, least, most);
  }
};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string xy(const Point3& point) { return number(point.x_m) + "," + number(-point.y_m); }

Frame frame_of(const LaneGraph& graph) {
  double low_x = 1e300, low_y = 1e300, high_x = -1e300, high_y = -1e300;
  for (const GraphLane& lane : graph.lanes) {
    for (const auto* line : {&lane.left, &lane.right}) {
      for (const Point3& point : *line) {
        low_x = std::min(low_x, point.x_m);
        high_x = std::max(high_x, point.x_m);
        low_y = std::min(low_y, point.y_m);
        high_y = std::max(high_y, point.y_m);
      }
    }
  }
  if (low_x > high_x) return {};
  const double margin = std::max({high_x - low_x, high_y - low_y, 10.0}) * 0.04 + 2;
  return {low_x - margin, -high_y - margin, high_x - low_x + 2 * margin, high_y - low_y + 3 * margin};
}

std::string path(const std::vector<Point3>& points, bool is_closed) {
  std::string text = "M";
  for (const Point3& point : points) text += (text.size() > 1 ? " " : "") + xy(point);
  return is_closed ? text + "z" : text;
}

// Lanes of one look are one path, drawn in this order.
struct Look {
  const char* css;
  bool (*holds)(const GraphLane& lane);
};

bool is_walk(LaneType type) {
  return type == LaneType::kSidewalk || type == LaneType::kWalking || type == LaneType::kCrosswalk;
}

constexpr Look kLooks[] = {
    {"verge",
     [](const GraphLane& lane) {
       return !is_drivable(lane.type) && !is_walk(lane.type) && lane.type != LaneType::kBiking &&
              lane.type != LaneType::kParking && lane.type != LaneType::kShoulder && lane.type != LaneType::kStop;
     }},
    {"walk", [](const GraphLane& lane) { return is_walk(lane.type) && lane.type != LaneType::kCrosswalk; }},
    {"shoulder",
     [](const GraphLane& lane) { return lane.type == LaneType::kShoulder || lane.type == LaneType::kStop; }},
    {"parking", [](const GraphLane& lane) { return lane.type == LaneType::kParking; }},
    {"biking", [](const GraphLane& lane) { return lane.type == LaneType::kBiking; }},
    {"road", [](const GraphLane& lane) { return is_drivable(lane.type) && !lane.is_in_junction; }},
    {"junction", [](const GraphLane& lane) { return is_drivable(lane.type) && lane.is_in_junction; }},
};

std::string lane_areas(const LaneGraph& graph) {
  std::string text;
  for (const Look& look : kLooks) {
    std::string all;
    for (const GraphLane& lane : graph.lanes) {
      if (!look.holds(lane)) continue;
      std::vector<Point3> ring = lane.left;
      ring.insert(ring.end(), lane.right.rbegin(), lane.right.rend());
      // Each its own path: where lanes overlap, a common one would leave holes or fill them.
      all += "<path d='" + path(ring, true) + "'/>\n";
    }
    if (!all.empty()) text += "<g class='" + std::string(look.css) + "'>\n" + all + "</g>\n";
  }
  return text;
}

std::string marking_lines(const LaneGraph& graph, Marking marking, const char* css) {
  std::string all;
  for (int i = 0; i < static_cast<int>(graph.lanes.size()); ++i) {
    const GraphLane& lane = graph.lanes[static_cast<std::size_t>(i)];
    if (!is_drivable(lane.type) || (lane.is_in_junction && marking != Marking::kKerb)) continue;
    // A line between two lanes is drawn once.
    const auto is_drawn = [&](const Neighbour& beside) {
      return beside.lane >= 0 && beside.lane < i &&
             is_drivable(graph.lanes[static_cast<std::size_t>(beside.lane)].type);
    };
    if (lane.left_marking == marking && !is_drawn(lane.left_neighbour)) all += path(lane.left, false);
    if (lane.right_marking == marking && !is_drawn(lane.right_neighbour)) all += path(lane.right, false);
  }
  return all.empty() ? "" : "<path class='" + std::string(css) + "' d='" + all + "'/>\n";
}

// A mark in the middle of a lane every so often that points along it.
std::string arrows(const LaneGraph& graph, const LaneFinder& finder, const Frame& frame) {
  const double spacing = frame.thin(0.06, 15, 60);
  std::string all;
  for (int i = 0; i < static_cast<int>(graph.lanes.size()); ++i) {
    const GraphLane& lane = graph.lanes[static_cast<std::size_t>(i)];
    const double length = finder.length_m(i);
    if (!is_drivable(lane.type) || lane.is_two_way || length < 8) continue;
    const int count = std::max(1, static_cast<int>(length / spacing));
    for (int k = 0; k < count; ++k) {
      const auto at = finder.pose(i, length * (k + 0.5) / count, 0);
      const double c = std::cos(at.heading_rad), s = std::sin(at.heading_rad);
      const auto corner = [&](double u, double v) { return Point3{at.x_m + c * u - s * v, at.y_m + s * u + c * v, 0}; };
      all += "M" + xy(corner(1.6, 0)) + " " + xy(corner(-0.9, 0.7)) + " " + xy(corner(-0.4, 0)) + " " +
             xy(corner(-0.9, -0.7)) + "z";
    }
  }
  return all.empty() ? "" : "<path class='arrow' d='" + all + "'/>\n";
}

std::string furniture(const LaneGraph& graph, const Frame& frame) {
  std::string text;
  for (const Crosswalk& crosswalk : graph.crosswalks) {
    text += "<path class='crosswalk' d='" + path(crosswalk.outline, true) + "'/>\n";
  }
  for (const StopLine& line : graph.stop_lines) {
    text += "<path class='stop' d='" + path({line.from, line.to}, false) + "'/>\n";
  }
  const std::string radius = number(frame.thin(0.0015, 0.5, 2.5));
  for (const TrafficLight& light : graph.lights) {
    text += "<circle class='light' cx='" + number(light.position.x_m) + "' cy='" + number(-light.position.y_m) +
            "' r='" + radius + "'><title>traffic light " + base::escape_markup(light.id) + "</title></circle>\n";
  }
  return text;
}

std::string label_texts(const std::vector<MapLabel>& labels) {
  std::string text;
  for (const MapLabel& label : labels) {
    text += "<text class='label' x='" + number(label.at.x_m) + "' y='" + number(-label.at.y_m) + "'>" +
            base::escape_markup(label.text) + "</text>\n";
  }
  return text;
}

// A bar of a round length, about a fifth of the width.
std::string scale_bar(const Frame& frame) {
  const double wanted = frame.width_m / 5, power = std::pow(10, std::floor(std::log10(wanted)));
  const double length = power * (wanted / power >= 5 ? 5 : wanted / power >= 2 ? 2 : 1);
  const double size = frame.thin(0.012, 0.8, 1e9), x = frame.left_m + 1.5 * size,
               y = frame.top_m + frame.height_m - 1.5 * size;
  char text[64];
  std::snprintf(text, sizeof text, length >= 1000 ? "%g km" : "%g m", length >= 1000 ? length / 1000 : length);
  return "<path class='scale' stroke-width='" + number(size / 8) + "' d='M" + number(x) + "," + number(y - size / 2) +
         "v" + number(size / 2) + "h" + number(length) + "v" + number(-size / 2) +
         "'/>\n<text class='caption' font-size='" + number(size) + "' x='" + number(x + length + size / 2) + "' y='" +
         number(y) + "'>" + text + "</text>\n";
}

std::string style(const Frame& frame) {
  const std::string line = number(frame.thin(0.0003, 0.12, 0.6)), label = number(frame.thin(0.009, 1.2, 14));
  return "<style>\n.paper{fill:#eef1ea}.verge{fill:#cfd8c4}.walk{fill:#d9d4c9}.shoulder{fill:#6d7379}.parking{fill:#"
         "7b8794}"
         ".biking{fill:#b06a5a}.road{fill:#4b5157}.junction{fill:#565d64}\n"
         ".dashed{fill:none;stroke:#f7f7f2;stroke-dasharray:3 4;stroke-width:" +
         line + "}.solid{fill:none;stroke:#f7f7f2;stroke-width:" + line +
         "}.kerb{fill:none;stroke:#9a958a;stroke-width:" + line +
         "}\n.arrow{fill:#ffffff;opacity:.45}"
         ".crosswalk{fill:url(#zebra);stroke:#f7f7f2;stroke-width:.15}.stop{stroke:#fff;stroke-width:.5;fill:none}"
         ".light{fill:#e0483e;stroke:#fff;stroke-width:.2}\n.label{font:600 " +
         label +
         "px "
         "sans-serif;fill:#14324f;text-anchor:middle;dominant-baseline:central;paint-order:stroke;stroke:#eef1ea;"
         "stroke-width:.25em;stroke-linejoin:round}"
         ".caption{font-family:sans-serif;fill:#33404d}.scale{fill:none;stroke:#33404d}\n</style>\n"
         "<defs><pattern id='zebra' width='1' height='1' patternUnits='userSpaceOnUse'><rect width='1' height='1' "
         "fill='#4b5157'/>"
         "<rect width='.5' height='1' fill='#f7f7f2'/></pattern></defs>\n";
}

}  // namespace

std::string draw_svg(const LaneGraph& graph, const std::vector<MapLabel>& labels, const std::string& title) {
  const Frame frame = frame_of(graph);
  const double wide_px = frame.width_m >= frame.height_m ? 1600 : 1600 * frame.width_m / frame.height_m;
  const std::string box =
      number(frame.left_m) + " " + number(frame.top_m) + " " + number(frame.width_m) + " " + number(frame.height_m);
  std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='" + box + "' width='" + number(wide_px) +
                    "' height='" + number(wide_px * frame.height_m / frame.width_m) + "'>\n<title>" +
                    base::escape_markup(title) + "</title>\n";
  svg += style(frame);
  svg += "<rect class='paper' x='" + number(frame.left_m) + "' y='" + number(frame.top_m) + "' width='" +
         number(frame.width_m) + "' height='" + number(frame.height_m) + "'/>\n";
  svg += lane_areas(graph);
  svg += marking_lines(graph, Marking::kKerb, "kerb") + marking_lines(graph, Marking::kDashed, "dashed") +
         marking_lines(graph, Marking::kSolid, "solid");
  svg += arrows(graph, LaneFinder(graph), frame) + furniture(graph, frame) + label_texts(labels) + scale_bar(frame);
  return svg + "</svg>\n";
}

}  // namespace hangil::map
