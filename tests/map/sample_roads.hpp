// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "map/open_drive.hpp"

// Small roads made for tests.
namespace hangil::map::samples {

inline std::string lane(int id, const std::string& type, double width_m, const std::string& link = "") {
  return "<lane id='" + std::to_string(id) + "' type='" + type + "'><link>" + link + "</link><width sOffset='0' a='" +
         std::to_string(width_m) + "' b='0' c='0' d='0'/></lane>\n";
}

inline std::string section(double s_m, const std::string& left, const std::string& right) {
  return "<laneSection s='" + std::to_string(s_m) + "'><left>" + left +
         "</left><center><lane id='0'/></center><right>" + right + "</right></laneSection>\n";
}

inline std::string geometry(double s_m, double x_m, double y_m, double heading_rad, double length_m,
                            const std::string& shape = "<line/>") {
  return "<geometry s='" + std::to_string(s_m) + "' x='" + std::to_string(x_m) + "' y='" + std::to_string(y_m) +
         "' hdg='" + std::to_string(heading_rad) + "' length='" + std::to_string(length_m) + "'>" + shape +
         "</geometry>\n";
}

struct RoadText {
  std::string id = "1", link, plan, lanes, other, attributes;
  double length_m = 100;
};

inline std::string road(const RoadText& text) {
  return "<road id='" + text.id + "' length='" + std::to_string(text.length_m) + "' " + text.attributes + "><link>" +
         text.link + "</link><planView>" + text.plan + "</planView>" + text.other + "<lanes>" + text.lanes +
         "</lanes></road>\n";
}

inline std::string file(const std::string& parts) {
  return "<?xml version='1.0'?>\n<OpenDRIVE><header revMajor='1' revMinor='7'/>\n" + parts + "</OpenDRIVE>\n";
}

// As given, and it must be read.
inline Map read(const std::string& parts) {
  auto map = parse_open_drive(file(parts), "sample.xodr");
  if (!map) {
    ADD_FAILURE() << map.error().message;
    return Map({});
  }
  return *std::move(map);
}

inline std::string reason(const std::string& parts) {
  const auto map = parse_open_drive(file(parts), "sample.xodr");
  return map ? "" : map.error().message;
}

// A straight road of 100 m along x with one lane of 3.5 m each way.
inline RoadText straight_road() {
  return {.plan = geometry(0, 0, 0, 0, 100), .lanes = section(0, lane(1, "driving", 3.5), lane(-1, "driving", 3.5))};
}

}  // namespace hangil::map::samples
