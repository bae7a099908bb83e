// SPDX-License-Identifier: Apache-2.0
#include "scenario/trace.hpp"

#include <array>
#include <charconv>

namespace hangil::scenario {

namespace {

void append_fixed(std::string& text, double value, int digits) {
  std::array<char, 64> number;
  const auto written =
      std::to_chars(number.data(), number.data() + number.size(), value, std::chars_format::fixed, digits);
  text += ',';
  text.append(number.data(), written.ptr);
}

}  // namespace

void Trace::add(const World& world) {
  for (EntityIndex entity = 0; entity < static_cast<EntityIndex>(world.entities.size()); ++entity) {
    const EntityState& state = world.entity(entity);
    if (!state.is_present) continue;
    rows_.push_back({world.time_s(), entity, state.x_m, state.y_m, state.z_m, state.h_rad, state.p_rad, state.r_rad,
                     state.speed_mps, state.wheel_angle_rad});
  }
}

std::string csv_text(const Trace& trace, const Scenario& scenario) {
  std::string text = "time,id,name,x,y,z,h,p,r,speed,wheel_angle\n";
  for (const TraceRow& row : trace.rows()) {
    std::array<char, 64> time;
    const auto written = std::to_chars(time.data(), time.data() + time.size(), row.time_s, std::chars_format::fixed, 3);
    text.append(time.data(), written.ptr);
    text += ',' + std::to_string(row.entity) + ',' + scenario.entities[static_cast<std::size_t>(row.entity)].name;
    for (const double value :
         {row.x_m, row.y_m, row.z_m, row.h_rad, row.p_rad, row.r_rad, row.speed_mps, row.wheel_angle_rad}) {
      append_fixed(text, value, 4);
    }
    text += '\n';
  }
  return text;
}

}  // namespace hangil::scenario
