// SPDX-License-Identifier: Apache-2.0
#include "model/package.hpp"

#include <gtest/gtest.h>

#include "model/made_package.hpp"
#include "model/store.hpp"

namespace hangil::model {

namespace {

constexpr const char* kCpu = "a processor";

// A folder of models with one package, `made`.
class Store {
 public:
  Store() {
    std::filesystem::create_directories(store_.file("made"));
    const std::vector<MadeTensor> tensors = {{"a", {3}, {1, 2, 3}}};
    const std::string bytes = bytes_text(tensors);
    write_text(file("weights.bin"), bytes);
    write_text(file("manifest.json"), manifest_text(tensors, bytes));
    card.name = "made", card.module = "some_module", card.code_licence = "Apache-2.0", card.sources = {"made here"};
    card.files = {{"manifest.json", *sha256_of_file(file("manifest.json"))},
                  {"weights.bin", *sha256_of_file(file("weights.bin"))}};
    card.latency = {{kCpu, card.files[1].sha256, 0, 8, 12, 100}};
  }

  std::string file(const std::string& name) const { return store_.file("made/" + name); }
  base::Result<Package> open(const Demand& demand, const std::string& cpu = kCpu) const {
    write_text(file("card.yaml"), card_text(card));
    return open_package(demand, store_.text(), cpu);
  }
  std::string refusal(const Demand& demand, const std::string& cpu = kCpu) const {
    const auto package = open(demand, cpu);
    return package ? "" : package.error().message;
  }
  const TemporaryFolder& folder() const { return store_; }

  Card card;

 private:
  TemporaryFolder store_;
};

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(Package, OpensWithItsWeights) {
  const Store store;
  const auto package = store.open({"made", "some_module", {15'000'000}});
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(package->weights.find("a")->values[2], 3);
  EXPECT_EQ(package->card.role, store.card.role);
  EXPECT_EQ(installed_models(store.folder().text()), std::vector<std::string>{"made"});
}

TEST(Package, SaysHowToInstallWhatIsNotThere) {
  const Store store;
  EXPECT_TRUE(says(store.refusal({"other"}), "hangil model install other --from")) << store.refusal({"other"});
}

TEST(Package, IsHeldToItsLatencyOnThisProcessor) {
  const Store store;
  EXPECT_EQ(store.refusal({"made", "", {12'000'000}}), "");
  EXPECT_TRUE(says(store.refusal({"made", "", {11'000'000}}), "takes 12 ms (p99) on this processor"));
  EXPECT_EQ(store.refusal({"made", "", {11'000'000}}, "another"), "");
  EXPECT_EQ(store.refusal({"made", "", {11'000'000}, 1}), "");
  EXPECT_EQ(store.refusal({"made"}), "");
}

TEST(Package, ACertificateOfOtherWeightsCountsForNothing) {
  Store store;
  store.card.latency[0].weights_sha256 = std::string(64, '0');
  EXPECT_EQ(store.refusal({"made", "", {1}}), "");
}

TEST(Package, DamageAndMixUpsAreRefused) {
  Store store;
  EXPECT_TRUE(says(store.refusal({"made", "another_module"}), "is for module 'some_module'"));
  store.card.files[0].sha256 = std::string(64, '0');
  EXPECT_TRUE(says(store.refusal({"made"}), "manifest.json: SHA-256 is"));
  store.card.files[0].sha256 = store.card.files[1].sha256;
  store.card.files = {{"gone.bin", std::string(64, '0')}};
  EXPECT_TRUE(says(store.refusal({"made"}), "gone.bin: cannot be opened"));
  store.card.name = "mode";
  EXPECT_TRUE(says(store.refusal({"made"}), "is the card of mode, not of made"));
}

}  // namespace hangil::model
