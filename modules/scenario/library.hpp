// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/xml.hpp"
#include "scenario/read_context.hpp"

namespace hangil::scenario {

// An entry of a catalog and the file it stands in.
struct CatalogEntry {
  base::XmlElement element;
};

// Parsed files, kept for all scenarios and threads of a process: reading a thousand variations parses each file once.
// Files are taken as they were when first asked for. What it returns lives as long as the library.
class ScenarioLibrary {
 public:
  // Takes a text for the file of that path, instead of the file.
  void add(const std::string& path, std::string text);
  // Root element `OpenSCENARIO` of a file.
  base::Result<base::XmlElement> document(const std::string& path);
  // The entry of that name in a catalog of that name in one of the folders.
  base::Result<CatalogEntry> catalog_entry(const std::vector<CatalogFolder>& folders, const std::string& catalog,
                                           const std::string& entry);

 private:
  using Document = base::Result<base::XmlDocument>;

  const Document& load(const std::string& path);
  // Catalog elements of the files in a folder, by their name.
  const std::vector<base::XmlElement>& catalogs_in(const std::string& folder);

  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<const Document>> documents_;
  std::map<std::string, std::unique_ptr<const std::vector<base::XmlElement>>> folders_;
};

}  // namespace hangil::scenario
