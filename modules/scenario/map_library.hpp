// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "map/map.hpp"
#include "scenario/model.hpp"

namespace hangil::scenario {

// Road networks, each read once and shared by all runs and threads.
class MapLibrary {
 public:
  // Scenarios may name a map (`Town01`) instead of a file.
  void add_name(const std::string& name, const std::string& path) { paths_[name] = path; }
  // A folder in which <name>.xodr is looked for.
  void add_folder(const std::string& folder) { folders_.push_back(folder); }
  // "NAME=FILE" or a folder.
  void add(const std::string& text);

  // Null for a scenario without a road network. Errors name the scenario's line.
  base::Result<std::shared_ptr<const map::Map>> map_of(const Scenario& scenario);

 private:
  using Loaded = base::Result<std::shared_ptr<const map::Map>>;
  std::string path_of(const Scenario& scenario) const;

  std::mutex mutex_;
  std::map<std::string, std::string> paths_;
  std::vector<std::string> folders_;
  std::map<std::string, Loaded> maps_;
};

}  // namespace hangil::scenario
