// SPDX-License-Identifier: Apache-2.0
#include "runtime/module_loader.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include <dlfcn.h>

namespace hangil::runtime {

namespace {

constexpr std::string_view kPrefix = "libhangil_", kSuffix = ".so";
constexpr const char* kSymbol = "hangil_module_library";

std::string refusal(const ModuleLibrary& library) {
  if (library.abi_version != kModuleAbiVersion) {
    return "was built for module ABI " + std::to_string(library.abi_version) + ", this program needs " +
           std::to_string(kModuleAbiVersion) + "; rebuild the library with this program's headers";
  }
  if (std::strcmp(library.build, module_abi_build()) != 0) {
    return std::string("was built with '") + library.build + "', this program with '" + module_abi_build() +
           "'; rebuild both with one compiler";
  }
  return "";
}

std::string present_text(const std::string& folder) {
  std::string text;
  for (const std::string& name : list_module_libraries(folder)) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

}  // namespace

base::Result<const ModuleLibrary*> load_module_library(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + std::string(kPrefix) + name + std::string(kSuffix);
  if (!std::filesystem::exists(path)) {
    return base::Error{path + ": no such module library; present: " + present_text(folder)};
  }
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) return base::Error{path + ": cannot be loaded: " + dlerror()};
  void* symbol = dlsym(handle, kSymbol);
  if (symbol == nullptr) return base::Error{path + ": is no module library: it does not export " + kSymbol};
  const ModuleLibrary* library = reinterpret_cast<const ModuleLibrary* (*)()>(symbol)();
  if (library == nullptr) return base::Error{path + ": its " + std::string(kSymbol) + " returned nothing"};
  const std::string why = refusal(*library);
  if (!why.empty()) return base::Error{path + ": " + why};
  return library;
}

std::vector<std::string> list_module_libraries(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string file = entry.path().filename();
    if (!file.starts_with(kPrefix) || !file.ends_with(kSuffix)) continue;
    names.push_back(file.substr(kPrefix.size(), file.size() - kPrefix.size() - kSuffix.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace hangil::runtime
