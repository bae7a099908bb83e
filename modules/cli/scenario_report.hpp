// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/scenario_jobs.hpp"
#include "viewer/scenario_page.hpp"

namespace hangil::cli {

// FOLDER/logs/NAME.log of a run that printed something. What cannot be written is said on stderr and left out.
void keep_log(const std::string& folder, const std::string& name, const std::string& log);

// results.json, junit.xml and report.html in a folder. Traces beyond the first 300 are left out of the page.
base::Status write_report(const std::string& folder, const std::string& title, std::vector<viewer::PageRun> runs);

// The results for people: a line a run; and how many came out how.
std::string result_line(const verdict::ScenarioResult& result);
std::string totals_text(const std::vector<verdict::ScenarioResult>& results);

}  // namespace hangil::cli
