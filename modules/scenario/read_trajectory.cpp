// SPDX-License-Identifier: Apache-2.0
#include "scenario/catalog_reference.hpp"
#include "scenario/read_position.hpp"

namespace hangil::scenario {

namespace {

Polyline read_polyline(base::XmlElement element, ReadContext& context) {
  Polyline line;
  ElementReader reader(element, context);
  reader.each("Vertex", [&](base::XmlElement one) {
    ElementReader vertex(one, context);
    const auto time = vertex.optional_number("time");
    line.vertices.push_back({read_position(vertex.required_child("Position"), context), time});
  });
  if (line.vertices.size() < 2) reader.error("has fewer than two vertices");
  return line;
}

ClothoidSegment read_segment(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ClothoidSegment segment;
  if (const auto start = reader.child("PositionStart")) segment.start = read_position(start, context);
  segment.start_curvature_radpm = reader.number("curvatureStart");
  segment.end_curvature_radpm = reader.number("curvatureEnd");
  segment.length_m = reader.number("length");
  segment.heading_offset_rad = reader.number_or("hOffset", 0);
  segment.start_time_s = reader.optional_number("timeStart");
  if (segment.length_m < 0) reader.error("length is negative");
  return segment;
}

ClothoidSpline read_clothoid_spline(base::XmlElement element, ReadContext& context) {
  ClothoidSpline spline;
  ElementReader reader(element, context);
  reader.each("ClothoidSplineSegment",
              [&](base::XmlElement segment) { spline.segments.push_back(read_segment(segment, context)); });
  spline.end_time_s = reader.optional_number("timeEnd");
  if (spline.segments.empty()) reader.error("has no segments");
  return spline;
}

// 1.0 calls the change of curvature curvatureDot.
ClothoidSpline read_clothoid(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ClothoidSegment segment;
  segment.start = read_position(reader.required_child("Position"), context);
  segment.start_curvature_radpm = reader.number("curvature");
  const auto prime = reader.optional_number("curvaturePrime"), dot = reader.optional_number("curvatureDot");
  if (!prime && !dot) reader.error("attribute 'curvaturePrime' is missing");
  segment.length_m = reader.number("length");
  segment.end_curvature_radpm = segment.start_curvature_radpm + prime.value_or(dot.value_or(0)) * segment.length_m;
  segment.start_time_s = reader.optional_number("startTime");
  if (!(segment.length_m > 0)) reader.error("length is not positive");
  return {{segment}, reader.optional_number("stopTime")};
}

Nurbs read_nurbs(base::XmlElement element, ReadContext& context) {
  Nurbs nurbs;
  ElementReader reader(element, context);
  nurbs.order = reader.integer("order");
  reader.each("ControlPoint", [&](base::XmlElement one) {
    ElementReader point(one, context);
    const auto time = point.optional_number("time");
    const double weight = point.number_or("weight", 1);
    nurbs.points.push_back({read_position(point.required_child("Position"), context), weight, time});
  });
  reader.each("Knot", [&](base::XmlElement one) {
    ElementReader knot(one, context);
    nurbs.knots.push_back(knot.number("value"));
  });
  const std::size_t wanted = nurbs.points.size() + static_cast<std::size_t>(std::max(nurbs.order, 0));
  if (nurbs.order < 2 || nurbs.order > 24)
    reader.error("order is outside 2 .. 24");
  else if (nurbs.points.size() < static_cast<std::size_t>(nurbs.order))
    reader.error("has fewer control points than its order");
  else if (nurbs.knots.size() != wanted)
    reader.error("wants " + std::to_string(wanted) + " knots");
  for (std::size_t i = 1; i < nurbs.knots.size(); ++i) {
    if (nurbs.knots[i] < nurbs.knots[i - 1]) return reader.error("knots decrease"), nurbs;
  }
  return nurbs;
}

void read_shape(base::XmlElement element, ReadContext& context, Trajectory& trajectory) {
  ElementReader reader(element, context);
  const base::XmlElement shape = reader.only_child();
  if (!shape) return;
  if (shape.name() == "Polyline")
    trajectory.shape = read_polyline(shape, context);
  else if (shape.name() == "ClothoidSpline")
    trajectory.shape = read_clothoid_spline(shape, context);
  else if (shape.name() == "Clothoid")
    trajectory.shape = read_clothoid(shape, context);
  else if (shape.name() == "Nurbs")
    trajectory.shape = read_nurbs(shape, context);
  else
    reader.error("'" + std::string(shape.name()) + "' is no shape");
}

}  // namespace

std::shared_ptr<const Trajectory> read_trajectory(base::XmlElement element, ReadContext& context) {
  auto trajectory = std::make_shared<Trajectory>();
  ElementReader reader(element, context);
  reader.skip({"ParameterDeclarations"});
  trajectory->place = element.place();
  trajectory->name = reader.name();
  trajectory->is_closed = reader.flag_or("closed", false);
  read_shape(reader.required_child("Shape"), context, *trajectory);
  return trajectory;
}

std::shared_ptr<const Trajectory> read_trajectory_choice(ElementReader& holder) {
  std::shared_ptr<const Trajectory> trajectory;
  const auto read = [&](base::XmlElement element) { trajectory = read_trajectory(element, holder.context()); };
  if (const auto own = holder.child("Trajectory"))
    with_own_parameters(own, holder.context(), read);
  else
    with_catalog_entry(holder.required_child("CatalogReference"), holder.context(), read);
  return trajectory ? trajectory : std::make_shared<Trajectory>();
}

}  // namespace hangil::scenario
