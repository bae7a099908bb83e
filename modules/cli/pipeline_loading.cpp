// SPDX-License-Identifier: Apache-2.0
#include "cli/pipeline_loading.hpp"

#include "cli/installation.hpp"
#include "runtime/module_loader.hpp"

namespace hangil::cli {

namespace {

base::Result<runtime::MakeModule> find_module(const std::string& library) {
  auto loaded = runtime::load_module_library(module_dir(), library);
  if (!loaded) return loaded.error();
  return runtime::MakeModule((*loaded)->make);
}

base::Error all_of(const std::vector<base::ConfigProblem>& problems) {
  std::string text;
  for (const base::ConfigProblem& problem : problems) text += (text.empty() ? "" : "\n") + problem.text();
  return {text};
}

base::Result<LoadedPipeline> connect(base::YamlNode root, const std::vector<runtime::Override>& changes,
                                     const std::vector<runtime::SourceChannel>* sources) {
  std::vector<base::ConfigProblem> problems;
  LoadedPipeline loaded;
  loaded.spec = runtime::read_pipeline(std::move(root), changes, problems);
  loaded.graph = runtime::build_graph(loaded.spec, find_module, sources, problems);
  if (!problems.empty()) return all_of(problems);
  return loaded;
}

}  // namespace

base::Result<LoadedPipeline> load_pipeline(const std::string& file, const std::vector<std::string>& overrides,
                                           const std::vector<runtime::SourceChannel>* sources) {
  auto root = base::load_yaml(file);
  if (!root) return root.error();
  std::vector<runtime::Override> changes;
  for (const std::string& text : overrides) {
    auto change = runtime::parse_override(text);
    if (!change) return change.error();
    changes.push_back(*std::move(change));
  }
  return connect(*std::move(root), changes, sources);
}

base::Result<LoadedPipeline> load_pipeline_text(const std::string& text, const std::string& name,
                                                const std::vector<runtime::SourceChannel>* sources) {
  auto root = base::parse_yaml(text, name);
  if (!root) return root.error();
  return connect(*std::move(root), {}, sources);
}

}  // namespace hangil::cli
