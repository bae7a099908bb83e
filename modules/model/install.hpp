// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "model/card.hpp"

namespace hangil::model {

// Fetches an address into a file of at most so many bytes; download_file() is one.
using Fetch = std::function<base::Status(const std::string& url, const std::string& path, std::int64_t most_bytes)>;

struct InstallOrder {
  std::string name;
  std::string from;       // a folder, file:// and a folder, or the http(s) address its files lie under
  std::string dir;        // of installed models
  std::string cards_dir;  // cards of models known to this version (configs/models)
  Fetch fetch = nullptr;  // how addresses are read; none: they are refused
};

// Copies a package's files from a folder or an address into the installed models, each held to its SHA-256, and writes
// its card. A model with a known card (cards_dir/NAME.yaml) must be those very files; another one needs a
// manifest.json, whose name, source, licence and SHA-256 make its card, and no module runs it yet. An older package of
// that name is replaced in one step; latency certificates of the same weights are kept. Nothing is left behind when
// anything is wrong.
base::Result<Card> install_model(const InstallOrder& order);

}  // namespace hangil::model
