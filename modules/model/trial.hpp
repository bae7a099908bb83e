// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "model/network.hpp"
#include "model/package.hpp"

namespace hangil::model {

// A package set up so that it can be tried: what `hangil model verify` and `bench` run.
struct Trial {
  // Runs the network on made_input() at the card's input shape.
  std::function<base::Status(std::vector<std::vector<float>>& outputs)> answer;
  // The work of one activation of the module on made data, a level each, level 0 first.
  std::vector<std::function<base::Status()>> levels;
  double operation_count = 0;  // of the network at the card's input shape
};

// Raised whenever Trial or Package changes its layout.
inline constexpr std::uint32_t kTrialAbiVersion = 1;

// What a module library that runs a model exports beside its module: one symbol, `hangil_model_trial`.
struct TrialLibrary {
  std::uint32_t abi_version;
  base::Result<Trial> (*make)(const Package& package);
};

// Holds the card's input and output shapes to what the network really takes and gives; the error names both.
base::Status check_shapes(const Card& card, const Network& network);
// Height and width of a card's only input, 1xCxHxW.
base::Result<MapSize> card_input_size(const Card& card);

// bfloat16 where the card says that the accuracy holds and this processor multiplies it (AVX512_BF16), else float32.
Precision precision_here(const Card& card);

// The answer of a network on LibTorch; levels are the module's to add.
base::Result<Trial> network_trial(const Network& network, const Card& card);

}  // namespace hangil::model

// Once in a module library, after HANGIL_MODULE: HANGIL_MODEL_TRIAL(try_detector)
#define HANGIL_MODEL_TRIAL(function)                                                                            \
  extern "C" __attribute__((visibility("default"))) const ::hangil::model::TrialLibrary* hangil_model_trial() { \
    static const ::hangil::model::TrialLibrary library{::hangil::model::kTrialAbiVersion, function};            \
    return &library;                                                                                            \
  }
