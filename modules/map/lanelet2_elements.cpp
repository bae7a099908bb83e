// SPDX-License-Identifier: Apache-2.0
#include "map/lanelet2_elements.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

#include "math/transverse_mercator.hpp"

namespace hangil::map::lanelet2 {

namespace {

using base::XmlElement;
using base::XmlProblems;
using Kind = Lanelet2Projection::Kind;

constexpr double kDegree_rad = std::numbers::pi / 180, kSquare_m = 100'000, kReach_m = 1e8, kLatitudeMax_deg = 84;

struct Node {
  XmlElement element;
  double latitude_deg = 0, longitude_deg = 0;
  Tags tags;
  Point3 point;
};

Tags read_tags(const XmlElement& element) {
  Tags tags;
  for (XmlElement at = element.child("tag"); at; at = at.next_of_same_name()) {
    tags.emplace(at.attribute("k"), at.attribute("v"));
  }
  return tags;
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(id) : std::nullopt;
}

std::int64_t read_id(const XmlElement& element, std::string_view attribute, XmlProblems& problems) {
  const auto id = parse_id(element.attribute(attribute));
  if (!id) {
    problems.add(element, "<" + std::string(element.name()) + "> needs a whole number " + std::string(attribute));
  }
  return id.value_or(0);
}

double tag_number(const Node& node, std::string_view key, XmlProblems& problems) {
  const auto value = base::parse_number(tag(node.tags, key));
  if (!value || std::abs(*value) > kReach_m) {
    problems.add(node.element, "the tag " + std::string(key) + " is no number of metres below 1e8");
  }
  return std::clamp(value.value_or(0), -kReach_m, kReach_m);
}

bool is_deleted(const XmlElement& element) {
  return element.attribute("visible") == "false" || element.attribute("action") == "delete";
}

std::map<std::int64_t, Node> read_nodes(const XmlElement& root, XmlProblems& problems) {
  std::map<std::int64_t, Node> nodes;
  for (XmlElement at = root.child("node"); at; at = at.next_of_same_name()) {
    if (is_deleted(at)) continue;
    Node node{at, 0, 0, read_tags(at), {}};
    const bool has_degrees = at.has("lat") && at.has("lon");
    if (has_degrees || tag(node.tags, "local_x").empty()) {
      node.latitude_deg = at.number_or("lat", 0, problems);
      node.longitude_deg = at.number_or("lon", 0, problems);
    }
    if (std::abs(node.latitude_deg) > 90 || std::abs(node.longitude_deg) > 360) {
      problems.add(at, "<node> lies beyond the earth's poles or date line");
    }
    if (!tag(node.tags, "ele").empty()) node.point.z_m = tag_number(node, "ele", problems);
    if (!nodes.emplace(read_id(at, "id", problems), std::move(node)).second) {
      problems.add(at, "<node> has the id of one before it");
    }
  }
  return nodes;
}

Kind kind_of(const std::map<std::int64_t, Node>& nodes, Kind wanted) {
  if (wanted != Kind::kAuto || nodes.empty()) return wanted;
  const auto have = [&](std::string_view key) {
    return std::all_of(nodes.begin(), nodes.end(),
                       [&](const auto& entry) { return !tag(entry.second.tags, key).empty(); });
  };
  if (have("local_x") && have("local_y")) return Kind::kLocal;
  return have("mgrs_code") ? Kind::kMgrs : Kind::kUtm;
}

double within_square(double value) {
  const double rest = std::fmod(value, kSquare_m);
  return rest < 0 ? rest + kSquare_m : rest;
}

void place_local(std::map<std::int64_t, Node>& nodes, XmlProblems& problems) {
  for (auto& [id, node] : nodes) {
    node.point.x_m = tag_number(node, "local_x", problems);
    node.point.y_m = tag_number(node, "local_y", problems);
  }
}

// In the zone of the first node, so that a map across zones stays in one piece.
void place_on_grid(std::map<std::int64_t, Node>& nodes, Kind kind, const Lanelet2Projection& projection,
                   XmlProblems& problems) {
  const auto first = std::min_element(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
    return a.second.element.place().line < b.second.element.place().line;
  });
  const double latitude = projection.origin_latitude_deg.value_or(first->second.latitude_deg);
  const double longitude = projection.origin_longitude_deg.value_or(first->second.longitude_deg);
  const int zone = math::utm_zone(longitude * kDegree_rad);
  const math::UtmPlace origin = math::utm(latitude * kDegree_rad, longitude * kDegree_rad, zone);
  for (auto& [id, node] : nodes) {
    if (std::abs(node.latitude_deg) > kLatitudeMax_deg || std::abs(node.longitude_deg - longitude) > 30) {
      problems.add(node.element, "<node> lies beyond the grid of UTM zone " + std::to_string(zone));
      continue;
    }
    const math::UtmPlace at = math::utm(node.latitude_deg * kDegree_rad, node.longitude_deg * kDegree_rad, zone);
    node.point.x_m = kind == Kind::kMgrs ? within_square(at.east_m) : at.east_m - origin.east_m;
    node.point.y_m = kind == Kind::kMgrs ? within_square(at.north_m) : at.north_m - origin.north_m;
  }
}

Way read_way(const XmlElement& element, const std::map<std::int64_t, Node>& nodes, XmlProblems& problems) {
  Way way;
  way.tags = read_tags(element);
  for (XmlElement at = element.child("nd"); at; at = at.next_of_same_name()) {
    const std::int64_t id = read_id(at, "ref", problems);
    const auto node = nodes.find(id);
    if (node == nodes.end()) {
      problems.add(at, "node " + std::to_string(id) + " is not in the file");
      continue;
    }
    way.nodes.push_back(id);
    way.points.push_back(node->second.point);
  }
  return way;
}

Relation read_relation(const XmlElement& element, XmlProblems& problems) {
  Relation relation;
  relation.id = read_id(element, "id", problems);
  relation.tags = read_tags(element);
  relation.element = element;
  for (XmlElement at = element.child("member"); at; at = at.next_of_same_name()) {
    relation.members.push_back(
        {read_id(at, "ref", problems), std::string(at.attribute("role")), at.attribute("type") == "way"});
  }
  return relation;
}

}  // namespace

Elements read_elements(const XmlElement& root, const Lanelet2Projection& projection, XmlProblems& problems) {
  std::map<std::int64_t, Node> nodes = read_nodes(root, problems);
  const Kind kind = kind_of(nodes, projection.kind);
  if (kind == Kind::kLocal) place_local(nodes, problems);
  if (kind != Kind::kLocal && !nodes.empty()) place_on_grid(nodes, kind, projection, problems);
  Elements elements;
  for (XmlElement at = root.child("way"); at; at = at.next_of_same_name()) {
    if (!is_deleted(at)) elements.ways.emplace(read_id(at, "id", problems), read_way(at, nodes, problems));
  }
  for (XmlElement at = root.child("relation"); at; at = at.next_of_same_name()) {
    if (is_deleted(at)) continue;
    Relation relation = read_relation(at, problems);
    const std::int64_t id = relation.id;
    elements.relations.emplace(id, std::move(relation));
  }
  return elements;
}

}  // namespace hangil::map::lanelet2
