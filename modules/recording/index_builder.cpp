// SPDX-License-Identifier: Apache-2.0
#include "recording/index_builder.hpp"

#include <algorithm>
#include <limits>

namespace hangil::recording {

void IndexBuilder::know(const DriveIndex& summary) {
  for (std::size_t i = 0; i < summary.channels.size(); ++i) {
    known_[summary.channel_ids[i]] = summary.channels[i];
    known_[summary.channel_ids[i]].message_count = 0;
  }
}

DriveIndex IndexBuilder::finish() {
  for (auto& [id, channel] : channels_) {
    DriveChannel& entry = known_[id];
    entry.topic = std::move(channel.topic);
    entry.encoding = std::move(channel.message_encoding);
    entry.metadata = std::move(channel.metadata);
    const auto schema = schemas_.find(channel.schema_id);
    if (schema == schemas_.end()) continue;
    entry.type = schema->second.name;
    entry.schema_text = schema->second.text;
    entry.schema_encoding = schema->second.encoding;
  }
  for (auto& [id, entry] : known_) {
    if (const auto count = counts_.find(id); count != counts_.end()) entry.message_count = count->second;
    index.message_count += entry.message_count;
    index.channels.push_back(std::move(entry));
    index.channel_ids.push_back(id);
  }
  return std::move(index);
}

void add_damage(DriveIndex& index, std::uint64_t& count, const std::string& what) {
  constexpr std::uint64_t kMostLines = 20;
  if (++count <= kMostLines) return index.damage.push_back(what);
  index.damage.resize(kMostLines);
  index.damage.push_back(std::to_string(count - kMostLines) + " more damaged places");
}

base::Time to_time(std::uint64_t ns) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return {static_cast<std::int64_t>(std::min(ns, kMost))};
}

}  // namespace hangil::recording
