// SPDX-License-Identifier: Apache-2.0
#include "model/install.hpp"

#include <gtest/gtest.h>

#include "model/made_package.hpp"
#include "model/package.hpp"
#include "model/store.hpp"

namespace hangil::model {

namespace {

// A folder to install from, one of known cards and one of installed models.
struct Places {
  TemporaryFolder from, cards, models;

  Places() { write_weights(from, {{"a", {3}, {1, 2, 3}}}); }
  InstallOrder order() const { return {"made", from.text(), models.text(), cards.text()}; }
  Card known_card() const {
    Card card{.name = "made", .role = "a test", .version = "2", .code_licence = "Apache-2.0"};
    card.sources = {"made here"};
    for (const char* file : {"weights.bin", "manifest.json"})
      card.files.push_back({file, *sha256_of_file(from.file(file))});
    return card;
  }
  void know(const Card& card) const { write_text(cards.file("made.yaml"), card_text(card)); }
  std::string refusal() const {
    const auto card = install_model(order());
    return card ? "" : card.error().message;
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(Install, AKnownModelIsTakenWithItsCard) {
  const Places places;
  places.know(places.known_card());
  ASSERT_EQ(places.refusal(), "");
  const auto package = open_package({"made"}, places.models.text(), "cpu");
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(package->card.role, "a test");
  EXPECT_EQ(package->weights.find("a")->values[1], 2);
}

TEST(Install, AnUnknownModelGetsItsCardFromItsManifest) {
  Places places;
  InstallOrder order = places.order();
  order.from = "file://" + order.from;
  const auto card = install_model(order);
  ASSERT_TRUE(card) << card.error().message;
  EXPECT_EQ(card->code_licence, "Apache-2.0");
  EXPECT_EQ(card->sources, std::vector<std::string>{"made here"});
  EXPECT_TRUE(card->module.empty());
  EXPECT_EQ(installed_models(places.models.text()), std::vector<std::string>{"made"});
}

TEST(Install, WhatDiffersFromTheKnownModelIsRefusedAndLeavesNothing) {
  const Places places;
  Card card = places.known_card();
  card.files[0].sha256 = std::string(64, '0');
  places.know(card);
  EXPECT_TRUE(has(places.refusal(), "nothing was installed")) << places.refusal();
  EXPECT_TRUE(std::filesystem::is_empty(places.models.text()));
}

TEST(Install, AnOlderPackageIsReplacedAndKeepsCertificatesOfTheSameWeights) {
  const Places places;
  Card card = places.known_card();
  places.know(card);
  ASSERT_EQ(places.refusal(), "");
  card.latency = {{"cpu", card.files[0].sha256, 0, 1, 2, 10}, {"cpu", std::string(64, '0'), 1, 1, 2, 10}};
  ASSERT_TRUE(write_card(card, places.models.file("made")));
  card.latency.clear(), card.version = "3";
  places.know(card);
  ASSERT_EQ(places.refusal(), "");
  const auto installed = read_card(places.models.file("made/card.yaml"));
  ASSERT_TRUE(installed);
  EXPECT_EQ(installed->version, "3");
  ASSERT_EQ(installed->latency.size(), 1u);
  EXPECT_EQ(installed->latency[0].level, 0);
}

TEST(Install, AnAddressIsFetchedFileByFileAndWhatBreaksLeavesNothing) {
  const Places places;
  places.know(places.known_card());
  InstallOrder order = places.order();
  order.from = "http://127.0.0.1/made/";
  std::vector<std::string> asked;
  order.fetch = [&](const std::string& url, const std::string& path, std::int64_t) -> base::Status {
    asked.push_back(url);
    const std::string name = url.substr(url.rfind('/') + 1);
    if (name == "manifest.json" && asked.size() < 3) return base::Error{url + ": the connection broke"};
    std::filesystem::copy_file(places.from.file(name), path);
    return {};
  };
  const auto broken = install_model(order);
  ASSERT_FALSE(broken);
  EXPECT_TRUE(has(broken.error().message, "the connection broke; nothing was installed")) << broken.error().message;
  EXPECT_TRUE(std::filesystem::is_empty(places.models.text()));
  const auto whole = install_model(order);
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(asked.back(), "http://127.0.0.1/made/manifest.json");
  EXPECT_EQ(installed_models(places.models.text()), std::vector<std::string>{"made"});
  // What is wrong with a file that came over the net is told by its address, not by where it lay meanwhile.
  write_text(places.from.file("weights.bin"), "damaged");
  const auto damaged = install_model(order);
  ASSERT_FALSE(damaged);
  EXPECT_TRUE(has(damaged.error().message, "http://127.0.0.1/made/weights.bin: ")) << damaged.error().message;
  EXPECT_FALSE(has(damaged.error().message, ".download")) << damaged.error().message;
}

TEST(Install, PlacesThatCannotBeReadAreNamed) {
  Places places;
  InstallOrder order = places.order();
  order.from = "https://127.0.0.1/model";
  EXPECT_TRUE(has(install_model(order).error().message, "this build reads no addresses"));
  order.from = "ftp://127.0.0.1/model";
  EXPECT_TRUE(has(install_model(order).error().message, "only folders, file://, http:// and https:// are read"));
  order.from = places.from.file("nowhere");
  EXPECT_TRUE(has(install_model(order).error().message, "no such folder"));
  write_text(places.from.file("weights.bin"), "damaged");
  EXPECT_TRUE(has(places.refusal(), "weights.bin: has 7 bytes"));
}

}  // namespace hangil::model
