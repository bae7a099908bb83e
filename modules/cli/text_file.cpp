// SPDX-License-Identifier: Apache-2.0
#include "cli/text_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace hangil::cli {

base::Status check_output(const std::string& output, const std::string& input) {
  std::error_code ignored;
  if (output.empty() || !std::filesystem::equivalent(output, input, ignored)) return {};
  return base::Error{output + ": is the file to be read; give another one to write"};
}

base::Status write_text_file(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return base::Error{path + ": cannot be written: " + std::strerror(errno)};
  return {};
}

}  // namespace hangil::cli
