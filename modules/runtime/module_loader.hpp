// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "runtime/module.hpp"

namespace hangil::runtime {

// Opens libhangil_<name>.so from `folder` and checks its ABI version and build before anything else of it is used.
// It stays loaded for the life of the process: published messages are freed by code that lives in it.
base::Result<const ModuleLibrary*> load_module_library(const std::string& folder, const std::string& name);

// Names of the module libraries in a folder, sorted.
std::vector<std::string> list_module_libraries(const std::string& folder);

}  // namespace hangil::runtime
