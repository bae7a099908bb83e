// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/time.hpp"
#include "model/card.hpp"
#include "model/weights.hpp"

namespace hangil::model {

// An installed model, every file of it held to its SHA-256.
struct Package {
  Card card;
  std::string folder;
  Weights weights;  // empty when the card lists no weights.bin
};

// What a module asks of its model.
struct Demand {
  std::string name;       // of the package
  std::string module;     // library that wants to run it
  base::Duration budget;  // declared latency of an activation; 0: none
  int level = 0;
};

// Opens an installed package, or says why it cannot serve: not installed, damaged, made for another module, or with a
// latency certificate of this processor whose p99 is longer than the budget. A processor without a certificate is not
// judged. Everything a module needs to call Setup::not_available().
base::Result<Package> open_package(const Demand& demand);
base::Result<Package> open_package(const Demand& demand, const std::string& dir, const std::string& cpu);

// The certificate of that processor and level for these weights; null: none.
const LatencyCertificate* find_certificate(const Card& card, const std::string& cpu, int level);

// Refuses when a certificate of this processor says that p99 exceeds the budget.
base::Status check_latency(const Card& card, const std::string& cpu, const Demand& demand);

// Name of this machine's processor as /proc/cpuinfo gives it; "unknown processor" where it cannot be read.
std::string processor_name();

}  // namespace hangil::model
