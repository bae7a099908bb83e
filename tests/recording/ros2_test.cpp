// SPDX-License-Identifier: Apache-2.0
// file size: made input beside the claims about it
#include <cmath>
#include <numbers>

#include "messages/imu.hpp"
#include "messages/mission.hpp"
#include "messages/point_cloud2.hpp"
#include "recording/kitti_folder.hpp"
#include "recording/ros2_import.hpp"
#include "recording/ros2_survey.hpp"
#include "recording/transforms.hpp"

namespace hangil::recording {
namespace {

using tests::HeardImport;
using tests::TemporaryFolder;

constexpr std::int64_t kStart_ns = 1'700'000'000'000'000'000, kPeriod_ns = 100'000'000, kDelay_ns = 30'000'000;

messages::PointCloud2 cloud_at(base::Time stamp) {
  using messages::PointField;
  messages::PointCloud2 cloud;
  cloud.header = {stamp, "velodyne"};
  cloud.height = 1, cloud.width = 2, cloud.point_step = 12, cloud.row_step = 24;
  cloud.point_fields = {
      {"x", 0, PointField::kFloat32, 1}, {"y", 4, PointField::kFloat32, 1}, {"z", 8, PointField::kFloat32, 1}};
  cloud.data.resize(24);
  return cloud;
}

messages::TransformStamped transform(const std::string& parent, const std::string& child, double x_m, double z_m,
                                     double yaw = 0) {
  Eigen::Isometry3d T(Eigen::AngleAxisd(yaw, Eigen::Vector3d::UnitZ()));
  T.translation() = Eigen::Vector3d(x_m, 0, z_m);
  return transform_message(T, {kStart_ns}, parent, child);
}

// A bag as a robot writes it: the scanner on a mast on base_link, odometry that starts at (100, 50) heading north and
// goes on 1 m a message, 30 ms of delay between stamp and log time.
class BagWriter {
 public:
  explicit BagWriter(const std::string& path) : writer_(*DriveWriter::create(path, {})) {
    tf_static_ = add<messages::TFMessage>("/tf_static");
    tf_ = add<messages::TFMessage>("/tf");
    odometry_ = add<messages::Odometry>("/odom");
    points_ = add<messages::PointCloud2>("/velodyne_points");
    imu_ = add<messages::Imu>("/imu/data");
    chatter_ = writer_.add_channel("/chatter", "std_msgs/msg/String", "string data\n");
  }

  void write_transforms(base::Time log) {
    messages::TFMessage message;
    message.transforms = {transform("mast", "velodyne", 0.5, 1, std::numbers::pi / 2),
                          transform("base_link", "mast", 1, 0.7), transform("base_link", "imu_link", 0.2, 0.3)};
    check(writer_.write(tf_static_, log, log, message));
  }
  void write_frame(int frame) {
    const base::Time stamp{kStart_ns + frame * kPeriod_ns}, log{stamp.ns + kDelay_ns};
    messages::Odometry odometry;
    odometry.header = {stamp, "odom"};
    odometry.child_frame_id = "base_link";
    odometry.pose.pose.position = {100, 50.0 + frame, 3};
    odometry.pose.pose.orientation = {0, 0, std::sqrt(0.5), std::sqrt(0.5)};
    odometry.twist.twist.linear.x = 10;
    check(writer_.write(odometry_, log, log, odometry));
    messages::TFMessage tf;
    tf.transforms = {transform("odom", "base_link", 100, 3)};
    check(writer_.write(tf_, log, log, tf));
    messages::Imu imu;
    imu.header = {stamp, "imu_link"};
    check(writer_.write(imu_, log, log, imu));
    check(writer_.write(points_, log, log, cloud_at(stamp)));
    check(writer_.write(chatter_, 0, log, log, base::Bytes{0, 1, 0, 0, 1, 0, 0, 0, 0}));
  }
  void write_bad_cloud(int frame) {
    const base::Time log{kStart_ns + frame * kPeriod_ns};
    check(writer_.write(points_, 0, log, log, base::Bytes{0, 1, 0, 0, 1, 2, 3}));
  }
  void write_cloud_with_stamp(base::Time stamp, base::Time log) {
    check(writer_.write(points_, log, log, cloud_at(stamp)));
  }
  void close() { check(writer_.close()); }

 private:
  template <class T>
  int add(const std::string& topic) {
    return writer_.add_channel(topic, base::message_type<T>());
  }
  static void check(const base::Status& status) { ASSERT_TRUE(status.ok()) << status.error().message; }

  DriveWriter writer_;
  int tf_static_, tf_, odometry_, points_, imu_, chatter_;
};

void write_bag(const std::string& path, int first_frame = 0, int frame_count = 4) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  BagWriter bag(path);
  if (first_frame == 0) bag.write_transforms({kStart_ns + kDelay_ns});
  for (int i = 0; i < frame_count; ++i) bag.write_frame(first_frame + i);
  bag.close();
}

class Ros2 : public ::testing::Test {
 protected:
  ImportReport import(Ros2Options options) {
    const auto report = import_ros2(options, output_, {}, heard_.listener());
    EXPECT_TRUE(report.ok()) << report.error().message;
    return report ? *report : ImportReport();
  }
  std::string import_error(Ros2Options options) {
    const auto report = import_ros2(options, output_, {}, heard_.listener());
    return report ? "" : report.error().message;
  }
  template <class T>
  std::vector<Stamped<T>> read(const std::string& topic) {
    auto messages = read_channel<T>(output_, topic);
    EXPECT_TRUE(messages.ok()) << messages.error().message;
    return messages ? *messages : std::vector<Stamped<T>>();
  }

  TemporaryFolder folder_;
  std::string bag_ = folder_ / "bag.mcap", output_ = folder_ / "drive.mcap";
  HeardImport heard_;
};

TEST_F(Ros2, ChannelsTakeTheirUsualNamesFramesAndTimes) {
  write_bag(bag_);
  const ImportReport report = import({.bag = bag_});
  EXPECT_TRUE(heard_.warnings.empty()) << heard_.warnings[0];
  EXPECT_EQ(report.frame_count, 4u);
  EXPECT_TRUE(report.has_mission);
  const auto scans = read<messages::PointCloud2>("/lidar/top/points");
  ASSERT_EQ(scans.size(), 4u);
  EXPECT_EQ(scans[1].stamp.ns, kStart_ns + kPeriod_ns);
  EXPECT_EQ(scans[1].published.ns, kStart_ns + kPeriod_ns + kDelay_ns);
  EXPECT_EQ(scans[1].value.header.frame_id, "lidar_top");
  EXPECT_EQ(scans[1].value.point_fields.size(), 4u);
  EXPECT_EQ(read<messages::Imu>("/imu").size(), 4u);
  EXPECT_EQ(read<messages::TFMessage>("/source/tf").size(), 4u);
  EXPECT_EQ(DriveReader::open(output_)->find_channel("/chatter"), -1);
}

TEST_F(Ros2, StaticTransformsAreResolvedFromEgoToEachSensorOnce) {
  write_bag(bag_);
  import({.bag = bag_});
  const auto tf = read<messages::TFMessage>("/source/tf_static");
  ASSERT_EQ(tf.size(), 1u);
  EXPECT_EQ(tf[0].published.ns, kStart_ns + kDelay_ns);
  ASSERT_EQ(tf[0].value.transforms.size(), 2u);
  for (const auto& edge : tf[0].value.transforms) EXPECT_EQ(edge.header.frame_id, "ego");
  const auto& lidar = tf[0].value.transforms[tf[0].value.transforms[0].child_frame_id == "lidar_top" ? 0 : 1];
  EXPECT_EQ(lidar.child_frame_id, "lidar_top");
  EXPECT_NEAR(lidar.transform.translation.x, 1.5, 1e-12);
  EXPECT_NEAR(lidar.transform.translation.z, 1.7, 1e-12);
  EXPECT_NEAR(lidar.transform.rotation.z, std::sqrt(0.5), 1e-12);
}

TEST_F(Ros2, OdometryStartsAtTheMapOriginAndTheMissionIsItsPath) {
  write_bag(bag_);
  import({.bag = bag_});
  const auto odometry = read<messages::Odometry>("/odometry");
  ASSERT_EQ(odometry.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(odometry[i].value.pose.pose.position.x, static_cast<double>(i), 1e-9);
    EXPECT_NEAR(odometry[i].value.pose.pose.position.y, 0, 1e-9);
    EXPECT_NEAR(odometry[i].value.pose.pose.position.z, 0, 1e-9);
    EXPECT_NEAR(odometry[i].value.pose.pose.orientation.w, 1, 1e-9);
  }
  EXPECT_EQ(odometry[0].value.header.frame_id, "map");
  EXPECT_EQ(odometry[0].value.child_frame_id, "ego");
  const auto mission = read<messages::Mission>("/mission");
  ASSERT_EQ(mission.size(), 1u);
  EXPECT_EQ(mission[0].published.ns, kStart_ns + kDelay_ns);
  EXPECT_EQ(mission[0].value.path.size(), 4u);
  EXPECT_NEAR(mission[0].value.path.back().x_m, 3, 1e-9);
}

TEST_F(Ros2, SplitBagInAFolderReadsLikeOneFile) {
  write_bag(bag_, 0, 6);
  import({.bag = bag_});
  const auto whole = read<messages::Odometry>("/odometry");
  const std::string folder = folder_ / "split";
  write_bag(folder + "/split_0.mcap", 0, 3);
  write_bag(folder + "/split_1.mcap", 3, 3);
  tests::write_text(folder + "/metadata.yaml",
                    "rosbag2_bagfile_information:\n  version: 5\n  storage_identifier: mcap\n"
                    "  relative_file_paths:\n    - split_0.mcap\n    - split_1.mcap\n"
                    "  topics_with_message_count:\n    - topic_metadata:\n        name: /odom\n"
                    "        offered_qos_profiles: \"- history: 3\\n  depth: 0\"\n      message_count: 6\n");
  import({.bag = folder});
  const auto split = read<messages::Odometry>("/odometry");
  ASSERT_EQ(split.size(), whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_TRUE(base::diff(whole[i].value, split[i].value).empty());
  EXPECT_EQ(read<messages::PointCloud2>("/lidar/top/points").size(), 6u);
  std::filesystem::remove(folder + "/metadata.yaml");
  import({.bag = folder});
  EXPECT_EQ(read<messages::PointCloud2>("/lidar/top/points").size(), 6u);
}

TEST_F(Ros2, OtherStoragesAreRefusedWithWhatToDo) {
  const std::string folder = folder_ / "sqlite";
  tests::write_text(folder + "/metadata.yaml", "rosbag2_bagfile_information:\n  relative_file_paths: [a_0.db3]\n");
  EXPECT_NE(import_error({.bag = folder}).find("ros2 bag convert"), std::string::npos);
  EXPECT_NE(import_error({.bag = folder_ / "a.db3"}).find("SQLite"), std::string::npos);
  EXPECT_NE(import_error({.bag = folder_ / "a.mcap.zstd"}).find("zstd -d"), std::string::npos);
  tests::write_text(folder + "/metadata.yaml", "rosbag2_bagfile_information:\n  relative_file_paths: [gone.mcap]\n");
  EXPECT_NE(import_error({.bag = folder}).find("metadata.yaml:2"), std::string::npos);
  tests::write_text(folder + "/metadata.yaml", "something: else\n");
  EXPECT_NE(import_error({.bag = folder}).find("relative_file_paths"), std::string::npos);
  std::filesystem::create_directories(folder_ / "empty");
  EXPECT_NE(import_error({.bag = folder_ / "empty"}).find("not a ROS 2 bag"), std::string::npos);
  EXPECT_NE(import_error({.bag = folder_ / "absent.mcap"}).find("absent.mcap"), std::string::npos);
}

TEST_F(Ros2, TheBagItselfIsNotWrittenOver) {
  write_bag(bag_);
  EXPECT_FALSE(import_ros2({.bag = bag_}, bag_, {}).ok());
  EXPECT_EQ(DriveReader::open(bag_)->damage(), "");
}

TEST_F(Ros2, BadMessagesAreLeftOutAndTold) {
  {
    BagWriter bag(bag_);
    bag.write_transforms({kStart_ns});
    bag.write_frame(0);
    bag.write_bad_cloud(1);
    bag.write_frame(2);
    bag.close();
  }
  const ImportReport report = import({.bag = bag_});
  EXPECT_EQ(report.lost_count, 1u);
  EXPECT_TRUE(heard_.heard("/lidar/top/points: message at "));
  EXPECT_EQ(read<messages::PointCloud2>("/lidar/top/points").size(), 2u);
}

TEST_F(Ros2, OddStampsAreTold) {
  {
    BagWriter bag(bag_);
    bag.write_transforms({kStart_ns});
    bag.write_cloud_with_stamp({kStart_ns + 5}, {kStart_ns + 10});
    bag.write_cloud_with_stamp({kStart_ns + 3}, {kStart_ns + 11});
    bag.write_cloud_with_stamp({0}, {kStart_ns + 12});
    bag.write_cloud_with_stamp({7'000'000}, {kStart_ns + 13});
    bag.close();
  }
  import({.bag = bag_});
  EXPECT_TRUE(heard_.heard("stamps go back in time"));
  EXPECT_TRUE(heard_.heard("without stamp"));
  EXPECT_TRUE(heard_.heard("different clocks"));
  const auto scans = read<messages::PointCloud2>("/lidar/top/points");
  ASSERT_EQ(scans.size(), 4u);
  EXPECT_EQ(scans[2].stamp.ns, kStart_ns + 12);
}

TEST_F(Ros2, WithoutTransformsTheScansAreKeptAndItIsTold) {
  {
    BagWriter bag(bag_);
    bag.write_cloud_with_stamp({kStart_ns}, {kStart_ns});
    bag.close();
  }
  const ImportReport report = import({.bag = bag_});
  EXPECT_FALSE(report.has_mission);
  EXPECT_TRUE(heard_.heard("no transform from base_link to 'velodyne'"));
  EXPECT_EQ(read<messages::PointCloud2>("/lidar/top/points").size(), 1u);
}

TEST_F(Ros2, CutBagGivesWhatItHoldsAndTheLossIsTold) {
  write_bag(bag_, 0, 40);
  base::Bytes bytes = tests::read_file(bag_);
  bytes.resize(bytes.size() * 2 / 3);
  tests::write_file(bag_, bytes);
  const ImportReport report = import({.bag = bag_});
  EXPECT_GT(report.lost_count, 0u);
  EXPECT_TRUE(heard_.heard("cut off"));
  EXPECT_GT(report.frame_count, 5u);
}

DriveChannel channel(const std::string& topic, const std::string& type, const std::string& encoding = "cdr") {
  return {topic, type, "", encoding, "ros2msg", 5, {}};
}

std::map<std::string, std::string> targets(const TopicPlan& plan, const std::vector<DriveChannel>& channels) {
  std::map<std::string, std::string> by_topic;
  for (const TopicChoice& choice : plan.choices)
    by_topic[channels[static_cast<std::size_t>(choice.source)].topic] = choice.target;
  return by_topic;
}

const std::string kCloud = "sensor_msgs/msg/PointCloud2", kOdometry = "nav_msgs/msg/Odometry";

TEST(PlanTopics, SeveralCloudsNeedAChoiceAndTheChoiceIsTaken) {
  const std::vector<DriveChannel> channels = {channel("/front", kCloud), channel("/rear", kCloud)};
  const auto plan = plan_topics(channels, {});
  ASSERT_FALSE(plan.ok());
  EXPECT_NE(plan.error().message.find("/front, /rear; choose with --map"), std::string::npos);
  const auto chosen = plan_topics(channels, {{"/rear", "/lidar/top/points"}});
  ASSERT_TRUE(chosen.ok()) << chosen.error().message;
  EXPECT_EQ(targets(*chosen, channels), (std::map<std::string, std::string>{{"/rear", "/lidar/top/points"}}));
}

TEST(PlanTopics, OfSeveralTheOneWithTheUsualNameIsTaken) {
  const std::vector<DriveChannel> channels = {channel("/p", "sensor_msgs/PointCloud2"),
                                              channel("/wheel_odom", kOdometry), channel("/odometry", kOdometry)};
  const auto plan = plan_topics(channels, {});
  ASSERT_TRUE(plan.ok()) << plan.error().message;
  EXPECT_EQ(targets(*plan, channels),
            (std::map<std::string, std::string>{{"/p", "/lidar/top/points"}, {"/odometry", "/odometry"}}));
  ASSERT_EQ(plan->notes.size(), 1u);
  EXPECT_NE(plan->notes[0].find("/wheel_odom"), std::string::npos);
}

TEST(PlanTopics, WrongRequestsAreRefused) {
  const std::vector<DriveChannel> channels = {channel("/p", kCloud), channel("/s", "std_msgs/msg/String")};
  const auto error_of = [&](std::vector<std::pair<std::string, std::string>> asked) {
    const auto plan = plan_topics(channels, asked);
    return plan ? std::string("accepted") : plan.error().message;
  };
  EXPECT_NE(error_of({{"/q", "/lidar/top/points"}}).find("has no topic /q"), std::string::npos);
  EXPECT_NE(error_of({{"/s", "/s"}}).find("std_msgs/msg/String is not known"), std::string::npos);
  EXPECT_NE(error_of({{"/p", "points"}}).find("begin with /"), std::string::npos);
  EXPECT_NE(error_of({{"/p", "/a"}, {"/p", "/a"}}).find("taken already"), std::string::npos);
  EXPECT_FALSE(plan_topics({channel("/p", kCloud, "ros1")}, {}).ok());
  EXPECT_FALSE(plan_topics({channel("/s", "std_msgs/msg/String")}, {}).ok());
}

TEST(TransformTree, FindsBothWaysThroughACommonAncestorAndSurvivesCycles) {
  TransformTree tree;
  tree.add(transform("base", "mast", 1, 2, 0.3));
  tree.add(transform("mast", "lidar", 0.5, 0, -0.2));
  tree.add(transform("base", "camera", 2, 1, 1.0));
  tree.add(transform("/base", "/lidar", 9, 9));  // another parent later: the first stays
  tree.add(transform("a", "b", 1, 0));
  tree.add(transform("b", "a", 1, 0));
  const auto there = tree.find("camera", "lidar"), back = tree.find("lidar", "camera");
  ASSERT_TRUE(there && back);
  EXPECT_LT((there->matrix() * back->matrix() - Eigen::Matrix4d::Identity()).norm(), 1e-12);
  const Eigen::Isometry3d expected =
      to_isometry(transform("", "x", 1, 2, 0.3).transform) * to_isometry(transform("", "x", 0.5, 0, -0.2).transform);
  EXPECT_LT((tree.find("base", "lidar")->matrix() - expected.matrix()).norm(), 1e-12);
  EXPECT_LT((tree.find("/base", "/base")->matrix() - Eigen::Matrix4d::Identity()).norm(), 1e-12);
  EXPECT_FALSE(tree.find("base", "a").has_value());
  EXPECT_TRUE(tree.find("a", "b").has_value());
  EXPECT_FALSE(tree.find("base", "nothing").has_value());
}

// An odometry frame that is not ego: driving a circle, the ego frame 2 m behind moves sideways less.
TEST(EgoMotion, TurningOnTheSpotMovesAnOffsetEgoSideways) {
  EgoMotion motion;
  motion.T_child_ego.translation() = Eigen::Vector3d(-2, 0, 0);
  messages::Odometry odometry;
  odometry.twist.twist.angular.z = 0.5;
  odometry.twist.twist.linear.x = 3;
  const auto converted = motion.convert(odometry);
  EXPECT_NEAR(converted.twist.twist.linear.x, 3, 1e-12);
  EXPECT_NEAR(converted.twist.twist.linear.y, -1, 1e-12);
  EXPECT_NEAR(converted.pose.pose.position.x, 0, 1e-12);
  odometry.pose.pose.orientation = {0, 0, std::sqrt(0.5), std::sqrt(0.5)};
  const auto turned = motion.convert(odometry);  // by 90 degrees about the odometry frame's origin
  EXPECT_NEAR(turned.pose.pose.position.x, 2, 1e-9);
  EXPECT_NEAR(turned.pose.pose.position.y, -2, 1e-9);
}

}  // namespace
}  // namespace hangil::recording
