// SPDX-License-Identifier: Apache-2.0
#include "map/open_drive.hpp"

#include <gtest/gtest.h>

#include "map/suites.hpp"

namespace hangil::map {
namespace {

TEST(OpenDrive, EveryPublicMapIsRead) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  for (const std::string& path : tests::suite_files(".xodr")) {
    const auto map = read_open_drive(path);
    ASSERT_TRUE(map) << map.error().message;
    EXPECT_FALSE(map->roads().empty()) << path;
  }
}

}  // namespace
}  // namespace hangil::map
