// SPDX-License-Identifier: Apache-2.0
#include "map/map.hpp"

#include <algorithm>

#include "map/road_strips.hpp"

namespace hangil::map {

Map::Map(RoadNetwork network) : network_(std::move(network)), strips_(road_strips(network_.roads)), graph_(network_) {
  for (std::size_t i = 0; i < network_.roads.size(); ++i)
    by_id_.emplace_back(network_.roads[i].id, static_cast<int>(i));
  std::sort(by_id_.begin(), by_id_.end());
}

int Map::road_index(std::string_view id) const {
  const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), id,
                                   [](const auto& entry, std::string_view key) { return entry.first < key; });
  return at == by_id_.end() || at->first != id ? -1 : at->second;
}

}  // namespace hangil::map
