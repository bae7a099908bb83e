// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/report_page.hpp"
#include "evaluation/table.hpp"

// The parts of the report page, each returning markup. Texts are escaped here.
namespace hangil::evaluation {

extern const char* const kReportStyle;
extern const char* const kReportScript;

// A whole page with the style and the script; `body` is markup.
std::string html_page(const std::string& title, const std::string& body);
std::string page_header(const DriveFacts& drive, const std::string& brand);
std::string page_footer();
std::string data_script(const std::string& id, const std::string& json);

// Here `lead` and `body` are markup.
std::string section(const std::string& id, const std::string& title, const std::string& lead, const std::string& body);
std::string panel(const std::string& body);
std::string missing(const std::string& reason);
// Broad tables across the page, the others in two columns below; tables without rows are left out.
std::string panels(const std::vector<Table>& tables);

std::string html_of(const Table& table);
// The figures a reader looks for first, one tile each.
std::string report_tiles(const Evaluation& evaluation);
std::string latency_tiles(const DriveFacts& drive, const LatencyResult& latency);
// All there is to say of latency; the recording must be a driven one.
std::string latency_parts(const DrivenRecording& drive, const LatencyResult& result);

// Latency of each module as a table with bars: p50, p99 and worst against the budget, share of the critical path.
std::string module_latency_chart(const LatencyResult& result);
// Frame by frame, the critical path's modules stacked up to the end-to-end time, with the deadline; on a drive from the
// frame's stamp on. More than 400 frames are drawn as the slowest of each group.
std::string frame_latency_chart(const runtime::RunInfo& info, const std::vector<runtime::FramePath>& paths,
                                bool is_drive);
// Driven and commanded speed over the drive, with numbered marks where the figures were taken.
std::string speed_chart(const DrivenRecording& drive, const std::vector<ReportFigure>& figures);
// Sources and modules as a graph, in the order data flows; what was left out is dashed. Empty when the recording holds
// no readable pipeline.
std::string pipeline_graph(const runtime::RunInfo& info);

// The colour of a module, the same in all charts: a CSS class.
std::string module_class(std::size_t module);

}  // namespace hangil::evaluation
