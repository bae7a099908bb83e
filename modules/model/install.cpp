// SPDX-License-Identifier: Apache-2.0
#include "model/install.hpp"

#include <filesystem>
#include <fstream>

#include "model/hex_digest.hpp"
#include "model/manifest.hpp"
#include "model/store.hpp"
#include "model/weights.hpp"

namespace hangil::model {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostFileBytes = std::int64_t{4} << 30;

bool is_address(const std::string& from) { return from.starts_with("http://") || from.starts_with("https://"); }

// A folder that is gone at the end of its scope.
struct PassingFolder {
  std::string path;
  explicit PassingFolder(std::string where) : path(std::move(where)) {}
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;
  ~PassingFolder() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
};

base::Result<std::vector<std::string>> wanted_files(const InstallOrder& order) {
  const std::string known = order.cards_dir + "/" + order.name + ".yaml";
  std::error_code ignored;
  if (!fs::exists(known, ignored)) return std::vector<std::string>{"manifest.json", "weights.bin"};
  const auto card = read_card(known);
  if (!card) return card.error();
  std::vector<std::string> names;
  for (const CardFile& file : card->files) names.push_back(file.name);
  return names;
}

base::Status fetch_files(const InstallOrder& order, const std::string& into) {
  if (!order.fetch) return base::Error{order.from + ": this build reads no addresses; give a folder"};
  const auto names = wanted_files(order);
  if (!names) return names.error();
  std::error_code error;
  fs::remove_all(into, error);
  fs::create_directories(into, error);
  if (error) return base::Error{into + ": cannot be made: " + error.message()};
  const std::string base = order.from.ends_with('/') ? order.from : order.from + "/";
  for (const std::string& name : *names) {
    const auto status = order.fetch(base + name, into + "/" + name, kMostFileBytes);
    if (!status) return base::Error{status.error().message + "; nothing was installed"};
  }
  return {};
}

base::Result<std::string> source_folder(const std::string& from) {
  const std::string folder = from.starts_with("file://") ? from.substr(7) : from;
  if (folder.find("://") != std::string::npos) {
    return base::Error{from + ": only folders, file://, http:// and https:// are read"};
  }
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) return base::Error{folder + ": no such folder"};
  return folder;
}

// The card of a model this version knows nothing of, from its manifest.
base::Result<Card> card_of_manifest(const std::string& name, const std::string& folder) {
  const auto manifest = read_manifest(folder + "/manifest.json");
  if (!manifest) return manifest.error();
  if (manifest->name != name)
    return base::Error{folder + "/manifest.json: is of " + manifest->name + ", not of " + name};
  if (const auto weights = read_weights(folder); !weights) return weights.error();
  Card card{.name = name, .role = "unknown", .version = "1", .code_licence = manifest->license};
  card.data_licence = "unknown: ask its source";
  card.sources = {manifest->source};
  for (const char* file : {"manifest.json", "weights.bin"}) {
    const auto sha256 = sha256_of_file(folder + "/" + file);
    if (!sha256) return sha256.error();
    card.files.push_back({file, *sha256});
  }
  return card;
}

base::Result<Card> wanted_card(const InstallOrder& order, const std::string& folder) {
  const std::string known = order.cards_dir + "/" + order.name + ".yaml";
  std::error_code ignored;
  return fs::exists(known, ignored) ? read_card(known) : card_of_manifest(order.name, folder);
}

base::Status copy_file(const CardFile& file, const std::string& from, const std::string& into) {
  const std::string source = from + "/" + file.name;
  const auto sha256 = sha256_of_file(source);
  if (!sha256) return sha256.error();
  if (*sha256 != file.sha256) {
    return base::Error{source + ": SHA-256 is " + *sha256 + ", known is " + file.sha256 +
                       ": damaged or another version; nothing was installed"};
  }
  std::error_code error;
  fs::copy_file(source, into + "/" + file.name, error);
  if (error) return base::Error{into + "/" + file.name + ": cannot be written: " + error.message()};
  return {};
}

void keep_certificates(const std::string& old_card, Card& card) {
  const auto old = read_card(old_card);
  if (!old) return;
  for (const LatencyCertificate& certificate : old->latency) {
    for (const CardFile& file : card.files) {
      if (file.sha256 == certificate.weights_sha256) card.latency.push_back(certificate);
    }
  }
}

base::Status write_package(const Card& card, const std::string& from, const std::string& into) {
  for (const CardFile& file : card.files) {
    if (const auto status = copy_file(file, from, into); !status) return status;
  }
  return write_card(card, into);
}

// A file that was fetched is told by its address: its passing place is gone when the message is read.
base::Error by_address(std::string message, const std::string& passing, std::string address) {
  while (address.ends_with('/')) address.pop_back();
  for (auto at = message.find(passing); at != std::string::npos; at = message.find(passing, at + address.size())) {
    message.replace(at, passing.size(), address);
  }
  return {message};
}

base::Result<Card> install_from_folder(const InstallOrder& order, const std::string& folder) {
  const auto from = source_folder(folder);
  if (!from) return from.error();
  auto card = wanted_card(order, *from);
  if (!card) return card.error();
  if (card->name != order.name) return base::Error{"the known card of " + order.name + " is of " + card->name};
  const std::string target = order.dir + "/" + order.name, partial = order.dir + "/." + order.name + ".partial";
  keep_certificates(target + "/card.yaml", *card);
  std::error_code error;
  fs::remove_all(partial, error);
  fs::create_directories(partial, error);
  if (error) return base::Error{partial + ": cannot be made: " + error.message()};
  if (const auto status = write_package(*card, *from, partial); !status) {
    fs::remove_all(partial, error);
    return status.error();
  }
  fs::remove_all(target, error);
  fs::rename(partial, target, error);
  if (error) return base::Error{target + ": cannot be put in place: " + error.message()};
  return card;
}

}  // namespace

base::Result<Card> install_model(const InstallOrder& order) {
  if (!is_address(order.from)) return install_from_folder(order, order.from);
  const PassingFolder fetched(order.dir + "/." + order.name + ".download");
  if (const auto status = fetch_files(order, fetched.path); !status) return status.error();
  auto card = install_from_folder(order, fetched.path);
  if (!card) return by_address(card.error().message, fetched.path, order.from);
  return card;
}

}  // namespace hangil::model
