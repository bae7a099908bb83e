#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes a new module that builds, runs and is tested: a pure function, its adapter, a test, one line of CMake.
# usage: scripts/new_module.sh ROOM NAME      e.g. scripts/new_module.sh fusion nearby_objects
# It starts as a range filter over detections; put your own function in its place. Prints the YAML to run it.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "new_module: $1" >&2
  exit 2
}

[ $# -eq 2 ] || fail "usage: scripts/new_module.sh ROOM NAME"
room=$1 name=$2
[[ $name =~ ^[a-z][a-z0-9]*(_[a-z0-9]+)*$ ]] || fail "'$name' is no snake_case name (lower case, digits, single _)"
[ -f "modules/$room/CMakeLists.txt" ] || fail "there is no room '$room'; rooms: $(ls modules | tr '\n' ' ')"
grep -Eq 'MAY_USE[^)]*\bmessages\b' "modules/$room/CMakeLists.txt" ||
  fail "room '$room' may not use messages, so it holds no modules"
for file in "modules/$room/$name.hpp" "modules/$room/$name.cpp" "modules/$room/${name}_module.cpp" \
  "tests/$room/${name}_test.cpp"; do
  [ ! -e "$file" ] || fail "$file is there already"
done
for taken in modules/*/"${name}_module.cpp"; do
  [ ! -e "$taken" ] || fail "$taken has that name already; module libraries share one folder"
done

type=$(sed -E 's/(^|_)([a-z0-9])/\U\2/g' <<<"$name")

cat >"modules/$room/$name.hpp" <<END
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "messages/objects.hpp"

namespace hangil::$room {

struct ${type}Config {
  double range_m = 50;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("range_m", range_m, {1, 300}, "m", "objects further from the ego vehicle are left out");
  }
};

// The objects (frame ego) whose centre lies within the configured range, in their order.
messages::Objects $name(const messages::Objects& objects, const ${type}Config& config);

}  // namespace hangil::$room
END

cat >"modules/$room/$name.cpp" <<END
// SPDX-License-Identifier: Apache-2.0
#include "$room/$name.hpp"

#include <cmath>

namespace hangil::$room {

messages::Objects $name(const messages::Objects& objects, const ${type}Config& config) {
  messages::Objects kept{.header = objects.header, .objects = {}};
  for (const messages::Object& object : objects.objects) {
    if (std::hypot(object.box.x_m, object.box.y_m) <= config.range_m) kept.objects.push_back(object);
  }
  return kept;
}

}  // namespace hangil::$room
END

cat >"modules/$room/${name}_module.cpp" <<END
// SPDX-License-Identifier: Apache-2.0
#include "$room/$name.hpp"
#include "runtime/module.hpp"

namespace hangil::$room {
namespace {

class ${type}Module : public runtime::Module {
 public:
  explicit ${type}Module(runtime::Setup& setup)
      : config_(setup.config<${type}Config>()),
        objects_(setup.latest<messages::Objects>("objects")),
        kept_(setup.output<messages::Objects>("kept")) {}

  void step(runtime::Activation& activation) override {
    if (const auto objects = activation.get(objects_)) activation.publish(kept_, $name(*objects, config_));
  }

 private:
  ${type}Config config_;
  runtime::Latest<messages::Objects> objects_;
  runtime::Output<messages::Objects> kept_;
};

}  // namespace
}  // namespace hangil::$room

HANGIL_MODULE(hangil::$room::${type}Module, "keeps the objects within a range")
END

mkdir -p "tests/$room"
cat >"tests/$room/${name}_test.cpp" <<END
// SPDX-License-Identifier: Apache-2.0
#include "$room/$name.hpp"

#include <gtest/gtest.h>

namespace hangil::$room {
namespace {

messages::Objects objects_at(std::initializer_list<double> xs_m) {
  messages::Objects objects;
  for (const double x_m : xs_m) objects.objects.push_back({.box = {.x_m = x_m}});
  return objects;
}

TEST(${type}, KeepsWhatLiesWithinRangeInOrder) {
  const auto kept = $name(objects_at({-10, 10.1, 3}), {.range_m = 10});
  ASSERT_EQ(kept.objects.size(), 2u);
  EXPECT_EQ(kept.objects[0].box.x_m, -10);
  EXPECT_EQ(kept.objects[1].box.x_m, 3);
}

TEST(${type}, NothingInNothingOut) { EXPECT_TRUE($name({}, {}).objects.empty()); }

}  // namespace
}  // namespace hangil::$room
END

echo "hangil_module($room $name SOURCES $name.cpp)" >>"modules/$room/CMakeLists.txt"
if [ ! -f "tests/$room/CMakeLists.txt" ]; then
  printf '# SPDX-License-Identifier: Apache-2.0\nif(HANGIL_TESTS)\n  hangil_test(%s)\nendif()\n' "$room" \
    >"tests/$room/CMakeLists.txt"
fi
if command -v clang-format-14 >/dev/null; then
  clang-format-14 -i "modules/$room/$name".?pp "modules/$room/${name}_module.cpp" "tests/$room/${name}_test.cpp"
fi

cat <<END
Wrote modules/$room/$name.hpp, $name.cpp, ${name}_module.cpp and tests/$room/${name}_test.cpp,
and one line in modules/$room/CMakeLists.txt. In a pipeline file, below \`modules:\`:

  - name: $name
    library: $name
    inputs: {objects: /lidar/objects}
    outputs: {kept: /$name/objects}
    on: [objects]
    budget_ms: 5
END
