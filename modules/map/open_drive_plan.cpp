// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "map/open_drive_parts.hpp"

namespace hangil::map::open_drive {

namespace {

using base::XmlElement;
using base::XmlProblems;

constexpr double kCoordinateMax_m = 1e8, kGeometryMin_m = 1e-9, kCurvatureMax_radpm = 1e3, kLengthMax_m = 1e6;

struct Geometry {
  double s_m = 0, length_m = 0;
  math::Pose2 start;
};

void read_cubic(const XmlElement& element, std::string_view axis, double (&c)[4], XmlProblems& problems) {
  constexpr std::string_view kLetters = "abcd";
  for (std::size_t i = 0; i < 4; ++i) c[i] = element.number_or(kLetters[i] + std::string(axis), 0, problems);
}

void add_param_poly3(const XmlElement& element, const Geometry& geometry, PlanView& plan, XmlProblems& problems) {
  PlanCurve curve{geometry.start};
  read_cubic(element, "U", curve.u, problems);
  read_cubic(element, "V", curve.v, problems);
  const bool is_normalized = element.attribute("pRange") == "normalized";
  plan.add_curve(geometry.s_m, geometry.length_m, curve, is_normalized ? 1 : geometry.length_m, true);
}

void add_poly3(const XmlElement& element, const Geometry& geometry, PlanView& plan, XmlProblems& problems) {
  PlanCurve curve{geometry.start};
  read_cubic(element, "", curve.v, problems);
  plan.add_curve(geometry.s_m, geometry.length_m, curve, parameter_at_length(curve, geometry.length_m), true);
}

double read_curvature(const XmlElement& element, std::string_view name, XmlProblems& problems) {
  const double curvature = element.number(name, problems);
  if (std::abs(curvature) <= kCurvatureMax_radpm) return curvature;
  problems.add(element, std::string(name) + " is beyond 1000 rad/m");
  return 0;
}

void add_shape(const XmlElement& element, const Geometry& geometry, PlanView& plan, XmlProblems& problems) {
  const XmlElement shape = element.first_child();
  const auto [s, length, start] = geometry;
  if (element.child("line")) {
    plan.add_clothoid(s, length, start, 0, 0);
  } else if (const XmlElement arc = element.child("arc")) {
    const double curvature = read_curvature(arc, "curvature", problems);
    plan.add_clothoid(s, length, start, curvature, curvature);
  } else if (const XmlElement spiral = element.child("spiral")) {
    plan.add_clothoid(s, length, start, read_curvature(spiral, "curvStart", problems),
                      read_curvature(spiral, "curvEnd", problems));
  } else if (const XmlElement poly3 = element.child("poly3")) {
    add_poly3(poly3, geometry, plan, problems);
  } else if (const XmlElement param_poly3 = element.child("paramPoly3")) {
    add_param_poly3(param_poly3, geometry, plan, problems);
  } else {
    problems.add(element, "<geometry> needs a line, arc, spiral, poly3 or paramPoly3" +
                              (shape ? ", not <" + std::string(shape.name()) + ">" : std::string()));
  }
}

void add_geometry(const XmlElement& element, PlanView& plan, XmlProblems& problems) {
  Geometry geometry;
  geometry.s_m = element.number("s", problems);
  geometry.length_m = element.number("length", problems);
  geometry.start = {element.number("x", problems), element.number("y", problems), element.number("hdg", problems)};
  const double reach = std::max({std::abs(geometry.start.x_m), std::abs(geometry.start.y_m), std::abs(geometry.s_m)});
  if (reach > kCoordinateMax_m || std::abs(geometry.start.yaw_rad) > 1e6 || geometry.length_m > kLengthMax_m) {
    problems.add(element, "<geometry> lies beyond 1e8 m, or is longer than 1000 km");
    return;
  }
  if (geometry.length_m < 0) problems.add(element, "<geometry> has a negative length");
  if (geometry.length_m < kGeometryMin_m) return;  // writers leave such crumbs at the joints
  if (!plan.empty() && geometry.s_m < plan.pieces().back().s_m) {
    problems.add(element, "<geometry> begins before the one it follows");
    return;
  }
  add_shape(element, geometry, plan, problems);
}

// Polynomials with wild coefficients lead anywhere.
bool stays_on_map(const PlanView& plan) {
  for (const PlanPiece& piece : plan.pieces()) {
    for (const double share : {0.0, 0.5, 1.0}) {
      const PlanPose at = plan.at(piece.s_m + share * piece.length_m, piece);
      if (!(std::abs(at.x_m) + std::abs(at.y_m) < 4 * kCoordinateMax_m) || !std::isfinite(at.heading_rad)) return false;
      if (!std::isfinite(at.curvature_radpm)) return false;
    }
  }
  return true;
}

}  // namespace

Profile read_profile(const XmlElement& parent, std::string_view tag, std::string_view at, XmlProblems& problems) {
  Profile profile;
  for (const XmlElement& element : parent.children(tag)) {
    profile.pieces.push_back({element.number_or(at, 0, problems), element.number_or("a", 0, problems),
                              element.number_or("b", 0, problems), element.number_or("c", 0, problems),
                              element.number_or("d", 0, problems)});
  }
  std::stable_sort(profile.pieces.begin(), profile.pieces.end(),
                   [](const CubicPiece& a, const CubicPiece& b) { return a.s_m < b.s_m; });
  return profile;
}

PlanView read_plan_view(const XmlElement& road, XmlProblems& problems) {
  PlanView plan;
  for (const XmlElement& geometry : road.child("planView").children("geometry")) add_geometry(geometry, plan, problems);
  if (!stays_on_map(plan))
    problems.add(road, "the geometry of road '" + std::string(road.attribute("id")) + "' leaves the map");
  if (plan.empty()) problems.add(road, "road '" + std::string(road.attribute("id")) + "' has no geometry");
  return plan;
}

}  // namespace hangil::map::open_drive
