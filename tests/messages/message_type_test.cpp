// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "messages/catalog.hpp"
#include "messages/odometry.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::messages {
namespace {

TruthObjects sample_truth() {
  TruthObjects truth;
  truth.header = {{1'500'000'000}, "ego"};
  truth.objects.resize(2);
  truth.objects[1] = {.id = 7, .object_class = ObjectClass::kVan, .label = "Van", .box = {.x_m = 3.5}};
  return truth;
}

TEST(Cdr, RoundTripKeepsEveryMember) {
  base::Bytes bytes;
  base::encode_cdr(sample_truth(), bytes);
  const auto read = base::decode_cdr<TruthObjects>(bytes);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_TRUE(base::diff(sample_truth(), *read).empty());
}

TEST(Cdr, EveryTruncationIsAnErrorWithOffset) {
  base::Bytes bytes;
  base::encode_cdr(sample_truth(), bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto read = base::decode_cdr<TruthObjects>(std::span(bytes.data(), size));
    ASSERT_FALSE(read.ok()) << size;
    EXPECT_NE(read.error().message.find("byte "), std::string::npos);
  }
}

TEST(FieldDiff, NamesThePathOfTheMemberThatDiffers) {
  TruthObjects changed = sample_truth();
  changed.objects[1].box.yaw_rad = 0.25;
  const auto differences = base::diff(sample_truth(), changed);
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].path, "objects[1].box.yaw_rad");
  EXPECT_EQ(differences[0].right, "0.25");
}

TEST(Schema, NestedTypesFollowOnceEach) {
  const std::string text = base::schema_text<Odometry>();
  EXPECT_EQ(text.find("std_msgs/Header header\nstring child_frame_id\n"), 0u);
  EXPECT_NE(text.find("MSG: geometry_msgs/Quaternion\nfloat64 x\n"), std::string::npos);
  EXPECT_EQ(text.find("MSG: geometry_msgs/Vector3"), text.rfind("MSG: geometry_msgs/Vector3"));
}

TEST(Catalog, FindsEveryTypeByItsName) {
  for (const base::MessageType* type : all_types()) EXPECT_EQ(find_type(type->name), type);
  EXPECT_EQ(find_type("nobody_msgs/msg/Nothing"), nullptr);
}

}  // namespace
}  // namespace hangil::messages
