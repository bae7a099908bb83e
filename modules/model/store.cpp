// SPDX-License-Identifier: Apache-2.0
#include "model/store.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "model/hex_digest.hpp"

namespace hangil::model {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

}  // namespace

std::string models_dir() {
  if (const std::string given = environment("HANGIL_MODELS"); !given.empty()) return given;
  const std::string data = environment("XDG_DATA_HOME");
  return (data.empty() ? environment("HOME") + "/.local/share" : data) + "/hangil/models";
}

std::vector<std::string> installed_models(const std::string& dir) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(dir, ignored)) {
    if (is_there(entry.path().string() + "/card.yaml")) names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

base::Result<std::string> find_model(const std::string& dir, const std::string& name) {
  const std::string folder = dir + "/" + name;
  if (is_there(folder + "/card.yaml")) return folder;
  return base::Error{"model " + name + " is not installed in " + dir + "; install it: hangil model install " + name +
                     " --from FOLDER_OR_URL"};
}

base::Status write_card(const Card& card, const std::string& folder) {
  const std::string path = folder + "/card.yaml", partial = path + ".partial";
  std::ofstream stream(partial, std::ios::binary);
  stream << card_text(card);
  stream.close();
  std::error_code error;
  if (stream) std::filesystem::rename(partial, path, error);
  if (!stream || error) return base::Error{path + ": cannot be written"};
  return {};
}

base::Status check_files(const Card& card, const std::string& folder) {
  for (const CardFile& file : card.files) {
    const std::string path = folder + "/" + file.name;
    const auto sha256 = sha256_of_file(path);
    if (!sha256) return sha256.error();
    if (*sha256 != file.sha256) {
      return base::Error{path + ": SHA-256 is " + *sha256 + ", the card says " + file.sha256 +
                         "; the file is damaged: install " + card.name + " again"};
    }
  }
  return {};
}

}  // namespace hangil::model
