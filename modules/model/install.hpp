// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/card.hpp"

namespace hangil::model {

struct InstallOrder {
  std::string name;
  std::string from;       // a folder, or file:// and a folder
  std::string dir;        // of installed models
  std::string cards_dir;  // cards of models known to this version (configs/models)
};

// Copies a package's files from a folder into the installed models, each held to its SHA-256, and writes its card. A
// model with a known card (cards_dir/NAME.yaml) must be those very files; another one needs a manifest.json, whose
// name, source, licence and SHA-256 make its card, and no module runs it yet. An older package of that name is replaced
// in one step; latency certificates of the same weights are kept. Nothing is left behind when anything is wrong.
base::Result<Card> install_model(const InstallOrder& order);

}  // namespace hangil::model
