// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct Vector3 {
  static constexpr std::string_view kType = "geometry_msgs/msg/Vector3";
  double x = 0, y = 0, z = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x", self.x);
    visit("y", self.y);
    visit("z", self.z);
  }
};

// Metres.
struct Point {
  static constexpr std::string_view kType = "geometry_msgs/msg/Point";
  double x = 0, y = 0, z = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x", self.x);
    visit("y", self.y);
    visit("z", self.z);
  }
};

struct Quaternion {
  static constexpr std::string_view kType = "geometry_msgs/msg/Quaternion";
  double x = 0, y = 0, z = 0, w = 1;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x", self.x);
    visit("y", self.y);
    visit("z", self.z);
    visit("w", self.w);
  }
};

// T_frame_body: maps body coordinates to the header's frame.
struct Pose {
  static constexpr std::string_view kType = "geometry_msgs/msg/Pose";
  Point position;
  Quaternion orientation;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("position", self.position);
    visit("orientation", self.orientation);
  }
};

struct Twist {
  static constexpr std::string_view kType = "geometry_msgs/msg/Twist";
  Vector3 linear;   // m/s
  Vector3 angular;  // rad/s

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("linear", self.linear);
    visit("angular", self.angular);
  }
};

struct PoseWithCovariance {
  static constexpr std::string_view kType = "geometry_msgs/msg/PoseWithCovariance";
  Pose pose;
  std::array<double, 36> covariance{};  // row-major over x, y, z, rotation about x, y, z

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("pose", self.pose);
    visit("covariance", self.covariance);
  }
};

struct TwistWithCovariance {
  static constexpr std::string_view kType = "geometry_msgs/msg/TwistWithCovariance";
  Twist twist;
  std::array<double, 36> covariance{};  // row-major over linear x, y, z, angular x, y, z

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("twist", self.twist);
    visit("covariance", self.covariance);
  }
};

struct PoseStamped {
  static constexpr std::string_view kType = "geometry_msgs/msg/PoseStamped";
  Header header;
  Pose pose;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("pose", self.pose);
  }
};

struct Transform {
  static constexpr std::string_view kType = "geometry_msgs/msg/Transform";
  Vector3 translation;
  Quaternion rotation;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("translation", self.translation);
    visit("rotation", self.rotation);
  }
};

// T_header.frame_id_child: p_header = transform * p_child.
struct TransformStamped {
  static constexpr std::string_view kType = "geometry_msgs/msg/TransformStamped";
  Header header;
  std::string child_frame_id;
  Transform transform;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("child_frame_id", self.child_frame_id);
    visit("transform", self.transform);
  }
};

}  // namespace hangil::messages
