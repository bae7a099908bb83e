// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/config.hpp"
#include "model/shape.hpp"

namespace hangil::model {

// A file of the package.
struct CardFile {
  std::string name, sha256;
  template <class Visitor>
  void visit(Visitor& visitor) {
    visitor.field("name", name, "file name inside the package");
    visitor.field("sha256", sha256, "SHA-256 of its bytes, 64 hexadecimal digits");
  }
};

// An input or output of the network.
struct CardTensor {
  std::string name, shape, unit, frame, meaning;
  template <class Visitor>
  void visit(Visitor& visitor) {
    visitor.field("name", name, "name of the tensor");
    visitor.field("shape", shape, "lengths of its dimensions, as in 1x3x416x416; N: as many as there are");
    visitor.field("unit", unit, "unit of its values");
    visitor.field("frame", frame, "frame its coordinates are in");
    visitor.field("meaning", meaning, "what it holds");
  }
};

// A figure of quality, published or measured.
struct CardAccuracy {
  std::string metric, data, source;
  double value = 0;
  template <class Visitor>
  void visit(Visitor& visitor) {
    visitor.field("metric", metric, "what is measured");
    visitor.field("value", value, {}, "", "the figure");
    visitor.field("data", data, "on which data");
    visitor.field("source", source, "who says so");
  }
};

// Latency measured on one kind of processor: what loading holds against a pipeline's budget.
struct LatencyCertificate {
  std::string cpu, weights_sha256;
  int level = 0;
  double p50_ms = 0, p99_ms = 0;
  int run_count = 0;
  template <class Visitor>
  void visit(Visitor& visitor) {
    visitor.field("cpu", cpu, "name of the processor, as the kernel gives it");
    visitor.field("weights_sha256", weights_sha256, "the weights that were timed");
    visitor.field("level", level, {0, 16}, "", "0: full work; each higher one does less");
    visitor.field("p50_ms", p50_ms, {0, 1e6}, "ms", "median of a run on one core");
    visitor.field("p99_ms", p99_ms, {0, 1e6}, "ms", "99th percentile of a run on one core");
    visitor.field("run_count", run_count, {0, 1000000}, "", "how many runs");
  }
};

// What the network answers to the made input of trial.hpp: two sums over each output, and how far off they may be.
struct KnownAnswer {
  std::string output;
  double mean = 0, mean_square = 0, tolerance_ratio = 1e-3;
  template <class Visitor>
  void visit(Visitor& visitor) {
    visitor.field("output", output, "name of the output");
    visitor.field("mean", mean, {}, "", "mean of its values");
    visitor.field("mean_square", mean_square, {0, 1e30}, "", "mean of their squares");
    visitor.field("tolerance_ratio", tolerance_ratio, {0, 1}, "", "allowed difference, beside the root of mean_square");
  }
};

// card.yaml of a model package: what it is, where it comes from, what may be done with it, and how good and quick it
// is.
struct Card {
  std::string name, role, version, module;
  std::string code_licence, data_licence;
  std::vector<std::string> sources;
  std::vector<CardFile> files;
  std::vector<CardTensor> inputs, outputs;
  std::vector<std::string> preprocessing, classes;
  std::vector<CardAccuracy> published, measured;
  double operation_count = 0;
  bool allows_bfloat16 = false;
  std::vector<KnownAnswer> known_answers;
  std::vector<LatencyCertificate> latency;

  template <class Visitor>
  void visit(Visitor& visitor) {
    visitor.field("name", name, "name of the package and of its folder");
    visitor.field("role", role, "what the network is for");
    visitor.field("version", version, "version of the package");
    visitor.field("module", module, "module library that runs it; empty: none yet");
    visitor.field("code_licence", code_licence, "licence of the network and its weights");
    visitor.field("data_licence", data_licence, "terms of the data it was trained on");
    visitor.field("sources", sources, "where it comes from");
    visitor.parts("files", files, "files of the package and their SHA-256");
    visitor.parts("inputs", inputs, "what the network takes");
    visitor.parts("outputs", outputs, "what it gives");
    visitor.field("preprocessing", preprocessing, "steps from the sensor's message to the input");
    visitor.field("classes", classes, "names of its classes, in their order");
    visitor.parts("published", published, "accuracy its authors state");
    visitor.parts("measured", measured, "accuracy measured here");
    visitor.field("operation_count", operation_count, {0, 1e15}, "", "multiplications and additions of one run");
    visitor.field("allows_bfloat16", allows_bfloat16, "the accuracy holds in bfloat16");
    visitor.parts("known_answers", known_answers, "what it answers to a made input");
    visitor.parts("latency", latency, "latency certificates");
  }
};

// Reads and checks a card: unknown, mistyped and missing keys are all reported with file and line.
base::Result<Card> read_card(const std::string& path);
base::Result<Card> parse_card(std::string_view text, const std::string& file);

// The card as YAML that read_card() takes.
std::string card_text(const Card& card);

}  // namespace hangil::model
