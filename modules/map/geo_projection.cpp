// SPDX-License-Identifier: Apache-2.0
#include "map/geo_projection.hpp"

#include <cmath>
#include <numbers>
#include <optional>
#include <string>

#include "base/xml.hpp"
#include "map/map.hpp"
#include "math/transverse_mercator.hpp"

namespace hangil::map {

namespace {

constexpr double kGeoDegree_rad = std::numbers::pi / 180, kUtmScale = 0.9996, kUtmEast_m = 500'000, kUtmSouth_m = 1e7;

// The text after "+name=" (empty for a flag), or nothing.
std::optional<std::string> word_of(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find('+'); at != std::string_view::npos; at = text.find('+', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (rest.substr(0, name.size()) != name) continue;
    const std::string_view tail = rest.substr(name.size());
    if (!tail.empty() && tail[0] == '=') return std::string(tail.substr(1, tail.find_first_of(" \t\r\n", 1) - 1));
    if (tail.empty() || tail[0] == ' ') return std::string();
  }
  return std::nullopt;
}

double number_of(std::string_view text, std::string_view name, double otherwise) {
  const auto word = word_of(text, name);
  return word ? base::parse_number(*word).value_or(otherwise) : otherwise;
}

// Metres of the transverse Mercator plane at scale 1 about a meridian, north from the equator.
math::Point2 about_meridian(double latitude_rad, double longitude_rad, double meridian_rad) {
  constexpr int kZone = 31;  // its meridian is 3 degrees east
  double east_rad = longitude_rad - meridian_rad;
  while (east_rad > std::numbers::pi) east_rad -= 2 * std::numbers::pi;
  while (east_rad < -std::numbers::pi) east_rad += 2 * std::numbers::pi;
  const math::UtmPlace at = math::utm(latitude_rad, east_rad + 3 * kGeoDegree_rad, kZone);
  return {(at.east_m - kUtmEast_m) / kUtmScale, (at.north_m - (at.is_north ? 0 : kUtmSouth_m)) / kUtmScale};
}

}  // namespace

base::Result<math::Point2> project_to_map(std::string_view proj_text, double latitude_rad, double longitude_rad) {
  const auto kind = word_of(proj_text, "proj");
  if (!kind) return base::Error{"the map has no geoReference with +proj"};
  if (*kind == "utm") {
    const math::UtmPlace at = math::utm(latitude_rad, longitude_rad, static_cast<int>(number_of(proj_text, "zone", 0)));
    const double south_m = (word_of(proj_text, "south") ? kUtmSouth_m : 0) - (at.is_north ? 0 : kUtmSouth_m);
    return math::Point2{at.east_m, at.north_m + south_m};
  }
  if (*kind != "tmerc") return base::Error{"+proj=" + *kind + " of the map is not known; utm and tmerc are"};
  const double meridian_rad = number_of(proj_text, "lon_0", 0) * kGeoDegree_rad;
  const double scale = number_of(proj_text, "k", number_of(proj_text, "k_0", 1));
  const math::Point2 at = about_meridian(latitude_rad, longitude_rad, meridian_rad);
  const math::Point2 origin =
      about_meridian(number_of(proj_text, "lat_0", 0) * kGeoDegree_rad, meridian_rad, meridian_rad);
  return math::Point2{scale * at.x_m + number_of(proj_text, "x_0", 0),
                      scale * (at.y_m - origin.y_m) + number_of(proj_text, "y_0", 0)};
}

base::Result<math::Point2> place_in_network(const RoadNetwork& network, double latitude_rad, double longitude_rad) {
  const auto projected = project_to_map(network.geo_reference, latitude_rad, longitude_rad);
  if (!projected) return projected;
  const DatasetOffset& offset = network.offset;
  const double dx_m = projected->x_m - offset.x_m, dy_m = projected->y_m - offset.y_m;
  const double c = std::cos(offset.heading_rad), s = std::sin(offset.heading_rad);
  return math::Point2{c * dx_m + s * dy_m, c * dy_m - s * dx_m};
}

}  // namespace hangil::map
