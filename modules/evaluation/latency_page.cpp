// SPDX-License-Identifier: Apache-2.0
#include "evaluation/latency_page.hpp"

#include "base/json.hpp"
#include "evaluation/report_parts.hpp"

namespace hangil::evaluation {

std::string latency_json(const DriveFacts& drive, const LatencyResult& latency) {
  return "{\"drive\":" + base::to_json(drive) + ",\n\"latency\":" + base::to_json(latency) + "}";
}

std::string latency_page(const DrivenRecording& drive, const DriveFacts& facts, const LatencyResult& latency) {
  return html_page(facts.name + " - Hangil latency",
                   page_header(facts, "Hangil latency") + "<main><div class=\"tiles\">" +
                       latency_tiles(facts, latency) + "</div>" + latency_parts(drive, latency) + page_footer() +
                       "</main>\n" + data_script("latency", latency_json(facts, latency)));
}

}  // namespace hangil::evaluation
