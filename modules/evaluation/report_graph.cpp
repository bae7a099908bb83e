// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/markup.hpp"
#include "evaluation/report_parts.hpp"
#include "runtime/pipeline.hpp"

namespace hangil::evaluation {

using base::escape_markup;

namespace {

constexpr double kNodeWidth = 142, kNodeHeight = 44, kColumnGap = 34, kRowGap = 18, kMargin = 6;

struct Node {
  std::string name, below;  // below: the small line
  bool is_source = false, is_left_out = false;
  int column = 0, row = 0;
  double x() const { return kMargin + column * (kNodeWidth + kColumnGap); }
  double y() const { return kMargin + row * (kNodeHeight + kRowGap); }
};

struct Edge {
  std::size_t from, to;
  std::string topic;
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

const runtime::ModuleInfo* info_of(const runtime::RunInfo& info, const std::string& name) {
  const auto found =
      std::find_if(info.modules.begin(), info.modules.end(), [&](auto& module) { return module.name == name; });
  return found == info.modules.end() ? nullptr : &*found;
}

// Modules first, in pipeline order, then the sources they read.
Graph graph_of(const runtime::PipelineSpec& spec, const runtime::RunInfo& info) {
  Graph graph;
  std::map<std::string, std::size_t> writer;
  for (const auto& module : spec.modules) {
    const auto* known = info_of(info, module.name);
    const bool is_out = known != nullptr && known->is_left_out;
    std::string below = is_out ? "left out" : fmt::format("budget {} ms", number_text(module.budget.to_ms(), 0));
    for (const auto& output : module.outputs) {
      for (const auto& topic : output.topics) writer[topic] = graph.nodes.size();
    }
    graph.nodes.push_back({module.name, std::move(below), false, is_out});
  }
  for (std::size_t m = 0; m < spec.modules.size(); ++m) {
    for (const auto& input : spec.modules[m].inputs) {
      for (const auto& topic : input.topics) {
        const auto [found, is_new] = writer.emplace(topic, graph.nodes.size());
        if (is_new) graph.nodes.push_back({topic, "", true, false});
        graph.edges.push_back({found->second, m, topic});
      }
    }
  }
  return graph;
}

// Longest path from the sources; edges that point back in pipeline order are feedback and do not count.
bool is_feedback(const Graph& graph, const Edge& edge) {
  return !graph.nodes[edge.from].is_source && edge.from >= edge.to;
}

// What a frame passes through stands in the first row, the rest below.
void number_rows(Graph& graph, const std::string& frame_topic) {
  std::vector<char> is_on_way(graph.nodes.size(), 0);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) is_on_way[n] = graph.nodes[n].name == frame_topic ? 1 : 0;
  for (std::size_t round = 0; round < graph.nodes.size(); ++round) {
    for (const Edge& edge : graph.edges) is_on_way[edge.to] |= is_on_way[edge.from];
  }
  std::map<int, int> rows;
  for (const char wanted : {1, 0}) {
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
      if (is_on_way[n] == wanted) graph.nodes[n].row = rows[graph.nodes[n].column]++;
    }
  }
}

void place(Graph& graph, const std::string& frame_topic) {
  for (std::size_t round = 0; round < graph.nodes.size(); ++round) {
    for (const Edge& edge : graph.edges) {
      if (is_feedback(graph, edge)) continue;
      int& column = graph.nodes[edge.to].column;
      column = std::max(column, graph.nodes[edge.from].column + 1);
    }
  }
  // A source stands right before its first reader, so that edges stay short.
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (!graph.nodes[n].is_source) continue;
    int first = INT32_MAX;
    for (const Edge& edge : graph.edges) {
      if (edge.from == n) first = std::min(first, graph.nodes[edge.to].column);
    }
    graph.nodes[n].column = std::max(0, first - 1);
  }
  number_rows(graph, frame_topic);
}

// Cut between code points.
std::string shortened(const std::string& name) {
  constexpr std::size_t kMost = 22;
  if (name.size() <= kMost) return name;
  std::size_t size = kMost - 1;
  while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) --size;
  return name.substr(0, size) + "…";
}

std::string node_svg(const Node& node) {
  const double x = node.x(), y = node.y();
  const char* kind = node.is_source ? "source" : node.is_left_out ? "box out" : "box";
  std::string svg = fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>)", kind, x, y,
                                kNodeWidth, kNodeHeight, node.is_source ? 22 : 7);
  const double middle = x + kNodeWidth / 2;
  const std::string name = escape_markup(shortened(node.name));
  svg += fmt::format(R"(<text x="{}" y="{}" text-anchor="middle"{}>{}</text>)", middle, y + (node.is_source ? 27 : 19),
                     node.is_source ? " class=\"minor\"" : "", name);
  if (!node.below.empty()) {
    svg += fmt::format(R"(<text class="minor" x="{}" y="{}" text-anchor="middle">{}</text>)", middle, y + 36,
                       escape_markup(node.below));
  }
  return svg;
}

std::string edge_svg(const Graph& graph, const Edge& edge, double height) {
  const Node &from = graph.nodes[edge.from], &to = graph.nodes[edge.to];
  const double x0 = from.x() + kNodeWidth, y0 = from.y() + kNodeHeight / 2, x1 = to.x(), y1 = to.y() + kNodeHeight / 2;
  const std::string title = fmt::format("<title>{}</title></path>", escape_markup(edge.topic));
  if (x1 > x0 + kColumnGap + 1) {
    // Past the columns between, in the gap below the writer's row.
    const double lane = y0 + (kNodeHeight + kRowGap) / 2, in = x0 + kColumnGap, out = x1 - kColumnGap;
    return fmt::format(R"(<path class="edge" d="M{0} {1}C{2} {1} {0} {3} {2} {3}H{4}C{5} {3} {4} {6} {5} {6}">{7})", x0,
                       y0, in, lane, out, x1, y1, title);
  }
  if (x1 > x0) {
    const double middle = (x0 + x1) / 2;
    return fmt::format(R"(<path class="edge" d="M{0} {1}C{2} {1} {2} {3} {4} {3}">{5})", x0, y0, middle, y1, x1, title);
  }
  return fmt::format(R"(<path class="edge" stroke-dasharray="3 3" d="M{} {}C{} {} {} {} {} {}">{})", x0, y0, x0 + 50,
                     height, x1 - 50, height, x1, y1, title);
}

}  // namespace

std::string pipeline_graph(const runtime::RunInfo& info) {
  auto yaml = base::parse_yaml(info.pipeline_yaml, "pipeline");
  if (!yaml) return "";
  std::vector<base::ConfigProblem> problems;
  const auto spec = runtime::read_pipeline(*std::move(yaml), {}, problems);
  if (spec.modules.empty()) return "";
  Graph graph = graph_of(spec, info);
  place(graph, spec.frame_topic);
  double width = 0, height = 0;
  for (const Node& node : graph.nodes) {
    width = std::max(width, node.x() + kNodeWidth + kMargin),
    height = std::max(height, node.y() + kNodeHeight + kMargin);
  }
  height += 18;
  std::string svg = fmt::format(
      R"(<svg class="chart graph" viewBox="0 0 {} {}" role="img" aria-label="Pipeline" style="max-width:{}px">)", width,
      height, 1.1 * width);
  for (const Edge& edge : graph.edges) svg += edge_svg(graph, edge, height);
  for (const Node& node : graph.nodes) svg += node_svg(node);
  return svg + "</svg>";
}

}  // namespace hangil::evaluation
