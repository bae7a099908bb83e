// SPDX-License-Identifier: Apache-2.0
#include "safety/command_checks.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "safety/motions.hpp"

namespace hangil::safety {
namespace {

using tests::at;

using tests::has;

messages::Command command(double time_s, double steering_rad, double acceleration_mps2) {
  return {{base::Time{} + base::Duration::seconds(time_s), "ego"}, steering_rad, acceleration_mps2, 5, false};
}

TEST(CommandChecks, SoundCommandsPassUnchanged) {
  std::optional<messages::Command> last;
  for (int i = 0; i < 100; ++i) {
    const messages::Command wanted = command(0.02 * i, 0.2 * std::sin(0.06 * i), std::sin(0.1 * i));
    const CommandVerdict verdict = supervise(wanted, at(0.02 * i + 0.01), {}, last);
    ASSERT_TRUE(verdict.report.is_accepted) << verdict.report.findings[0].reason;
    EXPECT_EQ(verdict.safe.steering_angle_rad, wanted.steering_angle_rad);
    EXPECT_EQ(verdict.safe.acceleration_mps2, wanted.acceleration_mps2);
  }
}

TEST(CommandChecks, EachFaultIsFound) {
  const CommandLimits limits;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const messages::Command last = command(0, 0, 0);
  EXPECT_TRUE(has(check_command(command(0, nan, 0), at(0), nullptr, limits), "finite"));
  EXPECT_TRUE(has(check_command(command(0, 0, nan), at(0), nullptr, limits), "finite"));
  EXPECT_TRUE(has(check_command(command(0, 0.7, 0), at(0), nullptr, limits), "steering"));
  EXPECT_TRUE(has(check_command(command(0, -0.7, 0), at(0), nullptr, limits), "steering"));
  EXPECT_TRUE(has(check_command(command(0, 0, 5), at(0), nullptr, limits), "acceleration"));
  EXPECT_TRUE(has(check_command(command(0, 0, -11), at(0), nullptr, limits), "braking"));
  EXPECT_TRUE(has(check_command(command(0, 0, 0), at(0.5), nullptr, limits), "stale"));
  EXPECT_TRUE(has(check_command(command(5, 0, 0), at(0), nullptr, limits), "stamp"));
  EXPECT_TRUE(has(check_command(command(0.02, 0.1, 0), at(0.02), &last, limits), "steering_rate"));
  EXPECT_TRUE(has(check_command(command(-0.1, 0, 0), at(0), &last, limits), "stamp"));
  const messages::Command braking = command(0, 0, -9);
  EXPECT_TRUE(has(check_command(command(0.02, 0, 1), at(0.02), &braking, limits), "acceleration_step"));
}

TEST(CommandChecks, BrakingMayComeAtOnce) {
  const messages::Command last = command(0, 0, 3);
  EXPECT_TRUE(check_command(command(0.02, 0, -9), at(0.02), &last, {}).empty());
}

TEST(CommandChecks, RejectedCommandBecomesBrakingThatIsItselfSound) {
  std::mt19937 random(3);
  const auto between = [&random](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  std::optional<messages::Command> last;
  int rejected = 0;
  for (int i = 0; i < 2000; ++i) {
    messages::Command wanted = command(0.02 * i, between(-1, 1), between(-12, 6));
    if (i % 7 == 0) wanted.steering_angle_rad = std::numeric_limits<double>::infinity();
    const auto before = last;
    const CommandVerdict verdict = supervise(wanted, at(0.02 * i), {}, last);
    EXPECT_TRUE(check_command(verdict.safe, at(0.02 * i), before ? &*before : nullptr, {}).empty());
    if (verdict.report.is_accepted) continue;
    ++rejected;
    EXPECT_TRUE(verdict.safe.is_stopping);
    EXPECT_EQ(verdict.safe.acceleration_mps2, -4);
    EXPECT_FALSE(verdict.report.findings.empty());
  }
  EXPECT_GT(rejected, 1000);
}

// One wild command must not lock out the controller, which goes on from it.
TEST(CommandChecks, SteeringFindsBackAfterAJump) {
  std::optional<messages::Command> last;
  (void)supervise(command(0, 0, 0), at(0), {}, last);
  int rejected = 0;
  for (int i = 1; i < 100; ++i) {
    rejected += supervise(command(0.02 * i, 0.4, 0), at(0.02 * i), {}, last).report.is_accepted ? 0 : 1;
  }
  EXPECT_GT(rejected, 5);
  EXPECT_LE(rejected, 21);
  EXPECT_EQ(last->steering_angle_rad, 0.4);
}

TEST(CommandChecks, ClockSetBackCostsOneCommand) {
  std::optional<messages::Command> last;
  (void)supervise(command(100, 0, 0), at(100), {}, last);
  EXPECT_FALSE(supervise(command(5, 0, 0), at(5), {}, last).report.is_accepted);
  EXPECT_TRUE(supervise(command(5.02, 0, -1), at(5.02), {}, last).report.is_accepted);
}

}  // namespace
}  // namespace hangil::safety
