// SPDX-License-Identifier: Apache-2.0
#include "scenario/map_library.hpp"

#include <filesystem>

#include "map/open_drive.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::scenario {

std::string MapLibrary::path_of(const Scenario& scenario) const {
  if (const auto named = paths_.find(scenario.road_file); named != paths_.end()) return named->second;
  const std::string own = beside(scenario.file, scenario.road_file);
  if (std::filesystem::is_regular_file(own)) return own;
  for (const std::string& folder : folders_) {
    for (const char* ending : {"", ".xodr"}) {
      const std::filesystem::path path = std::filesystem::path(folder) / (scenario.road_file + ending);
      if (std::filesystem::is_regular_file(path)) return path.string();
    }
  }
  return own;
}

void MapLibrary::add(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos)
    add_folder(text);
  else
    add_name(text.substr(0, at), text.substr(at + 1));
}

base::Result<std::shared_ptr<const map::Map>> MapLibrary::map_of(const Scenario& scenario) {
  if (scenario.road_file.empty()) return std::shared_ptr<const map::Map>();
  const std::lock_guard lock(mutex_);
  const std::string path = path_of(scenario);
  auto found = maps_.find(path);
  if (found == maps_.end()) {
    auto read = map::read_open_drive(path);
    found =
        maps_.emplace(path, read ? Loaded(std::make_shared<const map::Map>(std::move(*read))) : Loaded(read.error()))
            .first;
  }
  if (found->second) return found->second;
  return base::Error{scenario.road_place.text() + ": LogicFile '" + scenario.road_file +
                     "': " + found->second.error().message};
}

}  // namespace hangil::scenario
