// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_position.hpp"

#include <numbers>

#include "scenario/catalog_reference.hpp"

namespace hangil::scenario {

namespace {

constexpr int kMaxOrientationDepth = 16;
constexpr std::array<Spelling<bool>, 2> kReferenceContexts = {{{"absolute", false}, {"relative", true}}};

std::optional<Orientation> read_orientation(ElementReader& holder) {
  const base::XmlElement element = holder.child("Orientation");
  if (!element) return std::nullopt;
  ElementReader reader(element, holder.context());
  Orientation orientation;
  orientation.is_relative = reader.one_of_or("type", kReferenceContexts, false);
  orientation.h_rad = reader.number_or("h", 0);
  orientation.p_rad = reader.number_or("p", 0);
  orientation.r_rad = reader.number_or("r", 0);
  return orientation;
}

WorldPosition read_world(ElementReader& reader) {
  const double side = reader.context().is_left_handed ? -1 : 1;
  return {reader.number("x"),          side * reader.number("y"),
          reader.optional_number("z"), side * reader.number_or("h", 0),
          reader.number_or("p", 0),    side * reader.number_or("r", 0)};
}

// Degrees since 1.2, radians before.
GeoPosition read_geo(ElementReader& reader) {
  constexpr double kDegree_rad = std::numbers::pi / 180;
  GeoPosition geo;
  const auto latitude_deg = reader.optional_number("latitudeDeg"),
             longitude_deg = reader.optional_number("longitudeDeg");
  geo.latitude_rad = latitude_deg ? *latitude_deg * kDegree_rad : reader.number("latitude");
  geo.longitude_rad = longitude_deg ? *longitude_deg * kDegree_rad : reader.number("longitude");
  const auto altitude_m = reader.optional_number("altitude"), height_m = reader.optional_number("height");
  geo.altitude_m = altitude_m ? altitude_m : height_m;
  reader.skip({"verticalRoadSelection"});
  return geo;
}

RelativeWorldPosition read_relative_world(ElementReader& reader) {
  const double side = reader.context().is_left_handed ? -1 : 1;
  return {reader.entity("entityRef"), reader.number("dx"), side * reader.number("dy"), reader.number_or("dz", 0)};
}

RelativeObjectPosition read_relative_object(ElementReader& reader) {
  const double side = reader.context().is_left_handed ? -1 : 1;
  return {reader.entity("entityRef"), reader.number("dx"), side * reader.number("dy"), reader.number_or("dz", 0)};
}

RoadPosition read_road(ElementReader& reader) {
  return {reader.text("roadId"), reader.number("s"), reader.number("t")};
}

RelativeRoadPosition read_relative_road(ElementReader& reader) {
  return {reader.entity("entityRef"), reader.number("ds"), reader.number("dt")};
}

LanePosition read_lane(ElementReader& reader) {
  return {reader.text("roadId"), reader.integer("laneId"), reader.number("s"), reader.number_or("offset", 0)};
}

RelativeLanePosition read_relative_lane(ElementReader& reader) {
  RelativeLanePosition lane;
  lane.entity = reader.entity("entityRef");
  lane.lane_delta = reader.integer("dLane");
  lane.offset_m = reader.number_or("offset", 0);
  const auto ds = reader.optional_number("ds"), along_lane = reader.optional_number("dsLane");
  if (ds.has_value() == along_lane.has_value()) reader.error("wants either ds or dsLane");
  lane.is_along_lane = along_lane.has_value();
  lane.ds_m = ds.value_or(along_lane.value_or(0));
  return lane;
}

void read_in_route(base::XmlElement element, ReadContext& context, RoutePosition& route) {
  ElementReader reader(element, context);
  if (element.name() == "FromCurrentEntity" || element.name() == "PositionOfCurrentEntity") {
    route.of_entity = reader.entity("entityRef");
    return;
  }
  route.path_s_m = reader.number("pathS");
  if (element.name() == "FromLaneCoordinates" || element.name() == "PositionInLaneCoordinates") {
    route.lane = reader.integer("laneId");
    route.lane_offset_m = reader.number_or("laneOffset", 0);
  } else if (element.name() == "FromRoadCoordinates" || element.name() == "PositionInRoadCoordinates") {
    route.t_m = reader.number("t");
  } else {
    reader.error("is no way to say where on a route");
  }
}

RoutePosition read_route_position(ElementReader& reader) {
  RoutePosition position;
  ElementReader reference(reader.required_child("RouteRef"), reader.context());
  position.route = read_route_choice(reference);
  ElementReader where(reader.required_child("InRoutePosition"), reader.context());
  if (const auto how = where.only_child()) read_in_route(how, reader.context(), position);
  return position;
}

TrajectoryPosition read_trajectory_position(ElementReader& reader) {
  TrajectoryPosition position;
  ElementReader reference(reader.required_child("TrajectoryRef"), reader.context());
  position.trajectory = read_trajectory_choice(reference);
  position.s_m = reader.number("s");
  position.t_m = reader.number_or("t", 0);
  return position;
}

void read_where(ElementReader& reader, Position& position) {
  const std::string_view kind = reader.element().name();
  if (kind == "WorldPosition")
    position.where = read_world(reader);
  else if (kind == "RelativeWorldPosition")
    position.where = read_relative_world(reader);
  else if (kind == "RelativeObjectPosition")
    position.where = read_relative_object(reader);
  else if (kind == "RoadPosition")
    position.where = read_road(reader);
  else if (kind == "RelativeRoadPosition")
    position.where = read_relative_road(reader);
  else if (kind == "LanePosition")
    position.where = read_lane(reader);
  else if (kind == "RelativeLanePosition")
    position.where = read_relative_lane(reader);
  else if (kind == "RoutePosition")
    position.where = read_route_position(reader);
  else if (kind == "TrajectoryPosition")
    position.where = read_trajectory_position(reader);
  else if (kind == "GeoPosition")
    position.where = read_geo(reader);
  else
    reader.error("is a position that is not supported; give it as WorldPosition, LanePosition or RoadPosition");
}

}  // namespace

Position read_position(base::XmlElement element, ReadContext& context) {
  Position position;
  ElementReader holder(element, context);
  if (!element) return position;
  position.place = element.place();
  if (context.depth >= kMaxOrientationDepth) {
    holder.error("positions are nested deeper than " + std::to_string(kMaxOrientationDepth));
    holder.skip_everything();
    return position;
  }
  const base::XmlElement kind = holder.only_child();
  if (!kind) return position;
  ++context.depth;
  ElementReader reader(kind, context);
  position.orientation = read_orientation(reader);
  read_where(reader, position);
  --context.depth;
  return position;
}

std::shared_ptr<const Route> read_route(base::XmlElement element, ReadContext& context) {
  auto route = std::make_shared<Route>();
  ElementReader reader(element, context);
  reader.skip({"ParameterDeclarations"});
  route->place = element.place();
  route->name = reader.name();
  route->is_closed = reader.flag_or("closed", false);
  reader.each("Waypoint", [&](base::XmlElement one) {
    ElementReader waypoint(one, context);
    const std::string strategy = waypoint.optional_text("routeStrategy").value_or("shortest");
    route->waypoints.push_back({read_position(waypoint.required_child("Position"), context), strategy});
  });
  if (route->waypoints.size() < 2) reader.error("has fewer than two waypoints");
  return route;
}

std::shared_ptr<const Route> read_route_choice(ElementReader& holder) {
  std::shared_ptr<const Route> route;
  const auto read = [&](base::XmlElement element) { route = read_route(element, holder.context()); };
  if (const auto own = holder.child("Route"))
    with_own_parameters(own, holder.context(), read);
  else
    with_catalog_entry(holder.required_child("CatalogReference"), holder.context(), read);
  return route ? route : std::make_shared<Route>();
}

}  // namespace hangil::scenario
