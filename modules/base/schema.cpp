// SPDX-License-Identifier: Apache-2.0
#include "base/schema.hpp"

namespace hangil::base {

std::string short_type_name(std::string_view type) {
  const std::size_t at = type.find("/msg/");
  if (at == std::string_view::npos) return std::string(type);
  return std::string(type.substr(0, at)) + std::string(type.substr(at + 4));
}

std::string SchemaWriter::part_header(const std::string& type) {
  return std::string(80, '=') + "\nMSG: " + type + "\n";
}

std::string SchemaWriter::add_time(bool is_time) {
  const std::string type = is_time ? "builtin_interfaces/Time" : "builtin_interfaces/Duration";
  if (!has_part(type)) parts_.push_back({type, part_header(type) + "int32 sec\nuint32 nanosec\n"});
  return type;
}

}  // namespace hangil::base
