// SPDX-License-Identifier: Apache-2.0
#include "cli/model_library.hpp"

#include <dlfcn.h>

#include "cli/installation.hpp"
#include "runtime/module_loader.hpp"

namespace hangil::cli {

namespace {
constexpr const char* kSymbol = "hangil_model_trial";
}

base::Result<model::Trial> make_trial(const model::Package& package) {
  const std::string& name = package.card.module;
  if (name.empty()) return base::Error{"no module runs " + package.card.name + " yet, so it cannot be tried"};
  const auto checked = runtime::load_module_library(module_dir(), name);  // its build fits this program's
  if (!checked) return checked.error();
  const std::string path = module_dir() + "/libhangil_" + name + ".so";
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  void* symbol = handle == nullptr ? nullptr : dlsym(handle, kSymbol);
  if (symbol == nullptr) return base::Error{path + ": runs no models: it does not export " + kSymbol};
  const model::TrialLibrary* library = reinterpret_cast<const model::TrialLibrary* (*)()>(symbol)();
  if (library->abi_version != model::kTrialAbiVersion) {
    return base::Error{path + ": was built for another version of model/trial.hpp; rebuild it"};
  }
  return library->make(package);
}

}  // namespace hangil::cli
