// SPDX-License-Identifier: Apache-2.0
#include "scenario/library.hpp"

#include <algorithm>
#include <filesystem>

#include "base/config.hpp"

namespace hangil::scenario {

namespace {

std::vector<std::string> scenario_files_in(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code trouble;
  if (std::filesystem::is_regular_file(folder, trouble)) return {folder};
  for (const auto& entry : std::filesystem::directory_iterator(folder, trouble)) {
    if (entry.path().extension() == ".xosc") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

const ScenarioLibrary::Document& ScenarioLibrary::load(const std::string& path) {
  auto& kept = documents_[path];
  if (!kept) kept = std::make_unique<const Document>(base::XmlDocument::load(path));
  return *kept;
}

void ScenarioLibrary::add(const std::string& path, std::string text) {
  const std::lock_guard lock(mutex_);
  documents_[path] = std::make_unique<const Document>(base::XmlDocument::parse(std::move(text), path));
}

base::Result<base::XmlElement> ScenarioLibrary::document(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Document& document = load(path);
  if (!document) return document.error();
  const base::XmlElement root = document->root();
  if (root.name() != "OpenSCENARIO") {
    return base::Error{root.place().text() + ": root element is '" + std::string(root.name()) + "', not OpenSCENARIO"};
  }
  return root;
}

const std::vector<base::XmlElement>& ScenarioLibrary::catalogs_in(const std::string& folder) {
  auto& kept = folders_[folder];
  if (kept) return *kept;
  std::vector<base::XmlElement> catalogs;
  for (const std::string& file : scenario_files_in(folder)) {
    const Document& document = load(file);
    if (!document) continue;
    if (const auto catalog = document->root().child("Catalog")) catalogs.push_back(catalog);
  }
  kept = std::make_unique<const std::vector<base::XmlElement>>(std::move(catalogs));
  return *kept;
}

base::Result<CatalogEntry> ScenarioLibrary::catalog_entry(const std::vector<CatalogFolder>& folders,
                                                          const std::string& catalog, const std::string& entry) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> catalog_names, entry_names;
  bool found_catalog = false;
  for (const CatalogFolder& folder : folders) {
    for (const base::XmlElement& candidate : catalogs_in(folder.path)) {
      catalog_names.emplace_back(candidate.attribute("name"));
      if (catalog_names.back() != catalog) continue;
      found_catalog = true;
      for (auto element = candidate.first_child(); element; element = element.next_sibling()) {
        if (element.attribute("name") == entry) return CatalogEntry{element};
        entry_names.emplace_back(element.attribute("name"));
      }
    }
  }
  const std::string nearest =
      base::nearest_word(found_catalog ? entry : catalog, found_catalog ? entry_names : catalog_names);
  const std::string hint = nearest.empty() ? "" : ", did you mean '" + nearest + "'?";
  if (found_catalog) return base::Error{"catalog '" + catalog + "' has no entry '" + entry + "'" + hint};
  std::string searched;
  for (const CatalogFolder& folder : folders) searched += (searched.empty() ? "" : ", ") + folder.path;
  return base::Error{"no catalog '" + catalog + "' in " + (searched.empty() ? "any CatalogLocations" : searched) +
                     hint};
}

}  // namespace hangil::scenario
