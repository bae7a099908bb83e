// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "runtime/activation.hpp"
#include "runtime/setup.hpp"

namespace hangil::runtime {

// The one base class of the stack. A module is a thin adapter: it declares ports and configuration in its constructor
// and in step() hands messages to a pure function of its room and publishes what that returns. It reads no clock,
// starts no thread, keeps state in members, and may be replaced by a fresh instance at any time after a throw.
class Module {
 public:
  Module() = default;
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  virtual ~Module() = default;

  virtual void step(Activation& activation) = 0;
};

// Raised whenever anything in Module, Setup, Activation, Message or base's message types changes its layout.
inline constexpr std::uint32_t kModuleAbiVersion = 1;

// What a module library exports: exactly one symbol, `hangil_module_library`. The version stands first for ever.
struct ModuleLibrary {
  std::uint32_t abi_version;
  const char* build;    // compiler and options that must match the host's
  const char* summary;  // one line for `hangil modules list`
  std::unique_ptr<Module> (*make)(Setup& setup);
};

// The host and its module libraries must agree on this text.
const char* module_abi_build();

}  // namespace hangil::runtime

// Once in each <thing>_module.cpp: HANGIL_MODULE(GroundModule, "splits a scan into ground and obstacles")
#define HANGIL_MODULE(Type, one_line_summary)                                                                         \
  extern "C" __attribute__((visibility("default"))) const ::hangil::runtime::ModuleLibrary* hangil_module_library() { \
    static const ::hangil::runtime::ModuleLibrary library{                                                            \
        ::hangil::runtime::kModuleAbiVersion, ::hangil::runtime::module_abi_build(), one_line_summary,                \
        [](::hangil::runtime::Setup& setup) -> std::unique_ptr<::hangil::runtime::Module> {                           \
          return std::make_unique<Type>(setup);                                                                       \
        }};                                                                                                           \
    return &library;                                                                                                  \
  }
