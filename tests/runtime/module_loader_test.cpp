// SPDX-License-Identifier: Apache-2.0
#include "runtime/module_loader.hpp"

#include <gtest/gtest.h>

namespace hangil::runtime {
namespace {

const std::string kFolder = std::string(HANGIL_BUILD_DIR) + "/tests/runtime/libraries";

TEST(ModuleLoader, LoadsALibraryOfThisBuild) {
  const auto library = load_module_library(kFolder, "test_good");
  ASSERT_TRUE(library.ok()) << library.error().message;
  EXPECT_STREQ((*library)->summary, "does nothing");
}

TEST(ModuleLoader, AMissingLibraryIsNamedWithWhatIsThere) {
  const auto library = load_module_library(kFolder, "gone");
  ASSERT_FALSE(library.ok());
  EXPECT_NE(library.error().message.find("libhangil_gone.so: no such module library; present: "), std::string::npos);
  EXPECT_NE(library.error().message.find("test_good"), std::string::npos);
}

TEST(ModuleLoader, AnotherAbiVersionIsRefused) {
  const auto library = load_module_library(kFolder, "test_other_abi");
  ASSERT_FALSE(library.ok());
  EXPECT_NE(library.error().message.find("was built for module ABI 999"), std::string::npos) << library.error().message;
}

TEST(ModuleLoader, ALibraryWithoutTheSymbolIsRefused) {
  const auto library = load_module_library(kFolder, "test_no_symbol");
  ASSERT_FALSE(library.ok());
  EXPECT_NE(library.error().message.find("does not export hangil_module_library"), std::string::npos);
}

TEST(ModuleLoader, AFileThatIsNoLibraryIsRefused) {
  const auto library = load_module_library(kFolder, "test_not_elf");
  ASSERT_FALSE(library.ok());
  EXPECT_NE(library.error().message.find("cannot be loaded"), std::string::npos);
}

}  // namespace
}  // namespace hangil::runtime
