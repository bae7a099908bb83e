// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/card.hpp"

namespace hangil::model {

// Where installed packages lie, a folder each: $HANGIL_MODELS, else $XDG_DATA_HOME/hangil/models, else
// ~/.local/share/hangil/models.
std::string models_dir();

// Names of the folders there that hold a card, sorted.
std::vector<std::string> installed_models(const std::string& dir);

// The folder of an installed package; the error names the command that installs it.
base::Result<std::string> find_model(const std::string& dir, const std::string& name);

// Writes FOLDER/card.yaml, the old one staying whole until the new one is.
base::Status write_card(const Card& card, const std::string& folder);

// Hashes every file of the card. The error names the first that is missing or differs.
base::Status check_files(const Card& card, const std::string& folder);

}  // namespace hangil::model
