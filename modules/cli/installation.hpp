// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

// Where things lie, relative to the running program: the same in a build tree and after `cmake --install`.
namespace hangil::cli {

// Folder of the running program, links resolved: "build/release/bin" or "/usr/local/bin".
std::string program_dir();
// Module libraries: ../lib/hangil, or $HANGIL_MODULE_DIR when that is set.
std::string module_dir();
// Pipelines, vehicles, sensors: ../share/hangil/configs.
std::string config_dir();
// Cards of the models this version knows: config_dir()/models.
std::string cards_dir();

}  // namespace hangil::cli
