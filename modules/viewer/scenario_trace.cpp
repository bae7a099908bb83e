// SPDX-License-Identifier: Apache-2.0
#include "viewer/scenario_trace.hpp"

#include <fmt/format.h>

#include "base/json.hpp"

namespace hangil::viewer {

namespace {

// `text` of each of `values`, separated by commas, in brackets.
template <class Values, class Text>
std::string list(const Values& values, Text&& text) {
  std::string out = "[";
  for (const auto& value : values) out += (out.size() > 1 ? "," : "") + text(value);
  return out + "]";
}

std::string step_text(const verdict::EntityStep& step) {
  if (!step.is_present) return "0";
  return fmt::format("[{:.2f},{:.2f},{:.3f},{:.2f}]", step.pose.x_m, step.pose.y_m, step.pose.yaw_rad, step.speed_mps);
}

std::string entity_text(const verdict::TracedEntity& entity) {
  return fmt::format(R"({{"id":{},"class":{},"ego":{},"length":{:.2f},"width":{:.2f},"steps":)",
                     base::json_quote(entity.id), base::json_quote(entity.entity_class), entity.is_ego, entity.length_m,
                     entity.width_m) +
         list(entity.steps, step_text) + "}";
}

std::string road_text(const RoadLine& road) {
  return (road.is_solid ? "[1," : "[0,") +
         list(road.points, [](const math::Point2& p) { return fmt::format("{:.2f},{:.2f}", p.x_m, p.y_m); }) + "]";
}

std::string reason_text(const messages::DrivingReason& one) {
  return fmt::format("[{},{},{:.1f},{:.1f},{}]", base::json_quote(one.reason), one.is_stop ? 1 : 0, one.ahead_m,
                     one.speed_mps, one.is_binding ? 1 : 0);
}

std::string reasons_text(const messages::DrivingReasons& all, base::Time start) {
  return fmt::format("[{:.2f},{},", (all.header.stamp - start).to_s(), base::json_quote(all.manoeuvre)) +
         list(all.reasons, reason_text) + "]";
}

}  // namespace

std::string trace_json(const verdict::ScenarioTrace& trace, const std::vector<RoadLine>& roads,
                       const std::vector<messages::DrivingReasons>& reasons, base::Time start) {
  std::string text = R"({"times":)" + list(trace.times_s, [](double t_s) { return fmt::format("{:.2f}", t_s); });
  text += R"(,"entities":)" + list(trace.entities, entity_text);
  text += R"(,"events":)" + list(trace.events, [](const verdict::TraceEvent& event) {
            return fmt::format("[{:.2f},{}]", event.time_s, base::json_quote(event.name));
          });
  text += R"(,"reasons":)" + list(reasons, [&](const auto& all) { return reasons_text(all, start); });
  return text + R"(,"roads":)" + list(roads, road_text) + "}";
}

}  // namespace hangil::viewer
