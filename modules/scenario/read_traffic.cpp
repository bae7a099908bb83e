// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "scenario/read_actions.hpp"
#include "scenario/read_position.hpp"

namespace hangil::scenario {

namespace {

constexpr int kMostVehicles = 1000;

struct Category {
  std::string_view word;
  double length_m, width_m, height_m, wheelbase_m;
};
constexpr std::array<Category, 6> kCategories = {{{"car", 4.5, 1.8, 1.5, 2.7},
                                                  {"van", 5.2, 2.0, 2.2, 3.1},
                                                  {"truck", 8.0, 2.5, 3.5, 4.5},
                                                  {"bus", 12.0, 2.55, 3.2, 6.0},
                                                  {"motorbike", 2.2, 0.8, 1.5, 1.4},
                                                  {"bicycle", 1.8, 0.6, 1.7, 1.1}}};

struct Share {
  const Category* category = nullptr;
  double weight = 0;
  int count = 0;
};

// The mix of a TrafficDefinition; cars where it says nothing.
std::vector<Share> read_mix(base::XmlElement element, ReadContext& context) {
  std::vector<Share> mix;
  ElementReader definition(element, context);
  definition.skip({"name", "ControllerDistribution", "VehicleRoleDistribution"});
  ElementReader list(definition.child("VehicleCategoryDistribution"), context);
  list.each("VehicleCategoryDistributionEntry", [&](base::XmlElement one) {
    ElementReader entry(one, context);
    const std::string word = entry.text("category");
    const auto known =
        std::find_if(kCategories.begin(), kCategories.end(), [&](const auto& c) { return c.word == word; });
    if (known == kCategories.end()) entry.unsupported("vehicles of category '" + word + "' are generated as cars");
    mix.push_back({known == kCategories.end() ? &kCategories[0] : &*known, entry.number("weight")});
    if (mix.back().weight < 0) entry.error("weight is negative");
  });
  if (mix.empty()) mix.push_back({&kCategories[0], 1});
  return mix;
}

EntityDefinition generated(const Category& category, std::string name, const base::SourcePlace& place) {
  EntityDefinition vehicle;
  vehicle.name = std::move(name);
  vehicle.category = std::string(category.word);
  vehicle.model = "generated";
  vehicle.box = {category.wheelbase_m / 2, 0, category.height_m / 2, category.length_m, category.width_m,
                 category.height_m};
  vehicle.front_axle = {0.6, 0.65, category.width_m * 0.85, category.wheelbase_m, 0.3};
  vehicle.rear_axle = {0, 0.65, category.width_m * 0.85, 0, 0.3};
  vehicle.performance = {70, 10, 10};
  vehicle.place = place;
  return vehicle;
}

// Declares the vehicles: each of the category that is most behind its share, so that the mix needs no chance.
VehiclePool make_pool(ElementReader& reader, const std::string& name, int count) {
  ReadContext& context = reader.context();
  std::vector<Share> mix = read_mix(reader.child("TrafficDefinition"), context);
  double sum = 0;
  for (const Share& share : mix) sum += share.weight;
  if (!(sum > 0)) return reader.error("no category of vehicles has a weight"), VehiclePool{};
  const VehiclePool pool{static_cast<EntityIndex>(context.entity_names.size() + context.generated.size()), count};
  for (int i = 0; i < count; ++i) {
    Share& next = *std::max_element(mix.begin(), mix.end(), [&](const Share& a, const Share& b) {
      return a.weight * (i + 1) / sum - a.count < b.weight * (i + 1) / sum - b.count;
    });
    ++next.count;
    context.generated.push_back(
        generated(*next.category, name + " " + std::to_string(pool.first + i), reader.element().place()));
  }
  return pool;
}

TrafficSource read_source(ElementReader& reader, const std::string& name) {
  TrafficSource source;
  source.radius_m = reader.number("radius");
  source.rate_ps = reader.number("rate");
  source.speed_mps = reader.optional_number("speed").value_or(reader.number_or("velocity", 0));
  source.position = read_position(reader.required_child("Position"), reader.context());
  if (!(source.rate_ps > 0)) reader.error("rate is not above 0");
  // As many as it can have sent in the usual time limit.
  const int count = static_cast<int>(std::clamp(source.rate_ps * 600 + 1, 1.0, double{kMostVehicles}));
  source.pool = make_pool(reader, name, count);
  return source;
}

TrafficSink read_sink(ElementReader& reader) {
  TrafficSink sink;
  sink.radius_m = reader.number("radius");
  sink.rate_ps = reader.number_or("rate", kUnlimited);
  sink.position = read_position(reader.required_child("Position"), reader.context());
  reader.skip({"TrafficDefinition"});
  return sink;
}

void read_speeds(ElementReader& reader, TrafficSwarm& swarm) {
  const auto velocity = reader.optional_number("velocity");
  if (velocity) swarm.least_speed_mps = swarm.most_speed_mps = *velocity;
  const auto range = reader.child("InitialSpeedRange");
  if (!range) return;
  ElementReader limits(range, reader.context());
  swarm.least_speed_mps = limits.number("lowerLimit");
  swarm.most_speed_mps = limits.number("upperLimit");
  if (swarm.most_speed_mps < swarm.least_speed_mps) limits.error("upperLimit is below lowerLimit");
}

TrafficSwarm read_swarm(ElementReader& reader, const std::string& name) {
  TrafficSwarm swarm;
  const auto central = reader.child("CentralObject");
  swarm.central = ElementReader(central ? central : reader.required_child("CentralSwarmObject"), reader.context())
                      .entity("entityRef");
  swarm.semi_major_m = reader.number("semiMajorAxis");
  swarm.semi_minor_m = reader.number("semiMinorAxis");
  swarm.inner_radius_m = reader.number("innerRadius");
  swarm.offset_m = reader.number_or("offset", 0);
  read_speeds(reader, swarm);
  if (const auto directions = reader.child("DirectionOfTravelDistribution")) {
    ElementReader weights(directions, reader.context());
    const double opposite = weights.number("opposite"), same = weights.number("same");
    if (opposite >= 0 && same >= 0 && opposite + same > 0)
      swarm.opposite_ratio = opposite / (opposite + same);
    else
      weights.error("weights are negative or all 0");
  }
  const int count = reader.integer("numberOfVehicles");
  if (count < 0 || count > kMostVehicles) {
    reader.error("numberOfVehicles is not within 0 to " + std::to_string(kMostVehicles));
    return swarm;
  }
  swarm.pool = make_pool(reader, name, count);
  return swarm;
}

}  // namespace

GlobalActionValue read_traffic_action(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  TrafficAction action;
  action.name = holder.optional_text("trafficName").value_or("");
  const base::XmlElement kind = holder.only_child();
  if (!kind) return IgnoredAction{"TrafficAction"};
  ElementReader reader(kind, context);
  const std::string name = action.name.empty() ? "traffic" : action.name;
  if (kind.name() == "TrafficSourceAction")
    action.value = read_source(reader, name);
  else if (kind.name() == "TrafficSinkAction")
    action.value = read_sink(reader);
  else if (kind.name() == "TrafficSwarmAction")
    action.value = read_swarm(reader, name);
  else if (kind.name() != "TrafficStopAction")
    return ignore_action(reader, "traffic of this kind is not generated");
  return action;
}

}  // namespace hangil::scenario
