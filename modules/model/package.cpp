// SPDX-License-Identifier: Apache-2.0
#include "model/package.hpp"

#include <algorithm>
#include <fstream>

#include "base/json.hpp"
#include "model/caffe_weights.hpp"
#include "model/store.hpp"

namespace hangil::model {

namespace {

const CardFile* find_file(const Card& card, std::string_view name) {
  const auto at =
      std::find_if(card.files.begin(), card.files.end(), [&](const auto& file) { return file.name == name; });
  return at == card.files.end() ? nullptr : &*at;
}

const CardFile* find_caffe_model(const Card& card) {
  const auto at = std::find_if(card.files.begin(), card.files.end(),
                               [](const auto& file) { return file.name.ends_with(".caffemodel"); });
  return at == card.files.end() ? nullptr : &*at;
}

base::Status check_names(const Card& card, const Demand& demand, const std::string& folder) {
  if (card.name != demand.name) {
    return base::Error{folder + "/card.yaml: is the card of " + card.name + ", not of " + demand.name};
  }
  if (!demand.module.empty() && card.module != demand.module) {
    return base::Error{"model " + card.name + " is for module '" + card.module + "', not for '" + demand.module + "'"};
  }
  return {};
}

}  // namespace

base::Result<Package> open_package(const Demand& demand) {
  return open_package(demand, models_dir(), processor_name());
}

base::Result<Package> open_package(const Demand& demand, const std::string& dir, const std::string& cpu) {
  auto folder = find_model(dir, demand.name);
  if (!folder) return folder.error();
  auto card = read_card(*folder + "/card.yaml");
  if (!card) return card.error();
  if (const auto status = check_names(*card, demand, *folder); !status) return status.error();
  if (const auto status = check_latency(*card, cpu, demand); !status) return status.error();
  if (const auto status = check_files(*card, *folder); !status) return status.error();
  Package package{*std::move(card), *std::move(folder), {}};
  if (find_file(package.card, "weights.bin") != nullptr) {
    auto weights = read_weights(package.folder);
    if (!weights) return weights.error();
    package.weights = *std::move(weights);
  } else if (const CardFile* file = find_caffe_model(package.card)) {
    auto weights = read_caffe_weights(package.folder + "/" + file->name);
    if (!weights) return weights.error();
    package.weights = *std::move(weights);
  }
  return package;
}

const LatencyCertificate* find_certificate(const Card& card, const std::string& cpu, int level) {
  for (const LatencyCertificate& certificate : card.latency) {
    const CardFile* weights = find_file(card, "weights.bin");
    const bool is_of_these_weights = weights == nullptr || weights->sha256 == certificate.weights_sha256;
    if (certificate.cpu == cpu && certificate.level == level && is_of_these_weights) return &certificate;
  }
  return nullptr;
}

base::Status check_latency(const Card& card, const std::string& cpu, const Demand& demand) {
  const LatencyCertificate* certificate = find_certificate(card, cpu, demand.level);
  const double budget_ms = static_cast<double>(demand.budget.ns) / 1e6;
  if (certificate == nullptr || demand.budget.ns <= 0 || certificate->p99_ms <= budget_ms) return {};
  return base::Error{"model " + card.name + " takes " + base::json_number(certificate->p99_ms) +
                     " ms (p99) on this processor (" + cpu + "), the budget is " + base::json_number(budget_ms) +
                     " ms: raise budget_ms, or time it again with hangil model bench " + card.name};
}

std::string processor_name() {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);) {
    if (line.rfind("model name", 0) != 0) continue;
    const auto at = line.find(": ");
    if (at != std::string::npos) return line.substr(at + 2);
  }
  return "unknown processor";
}

}  // namespace hangil::model
