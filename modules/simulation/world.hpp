// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <Eigen/Geometry>

#include "base/time.hpp"
#include "math/pose_sample.hpp"
#include "messages/object_class.hpp"
#include "simulation/ground.hpp"
#include "simulation/shape.hpp"
#include "simulation/surface.hpp"

// The world as values: what stands in it (World) and where everything is at one moment (Snapshot). Sensors are pure
// functions of the two. Who moves the actors, a script or commands, is somebody else's business.
namespace hangil::simulation {

struct Part {
  Shape shape;
  Surface surface;
};

// Solid parts in the body's own axes: origin on the ground, x forward, y left, z up.
struct Body {
  std::vector<Part> parts;
};
Extent extent(const Body& body);

// A body that never moves.
struct Fixture {
  Body body;
  Eigen::Isometry3d T_map_body = Eigen::Isometry3d::Identity();
};

// Somebody who may move and who is labelled. The reference point (rear axle of a car, middle of a person) is the
// body's origin; the labelled box is upright in the body's axes.
struct Actor {
  int id = 0;  // unique in a world
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  double length_m = 0, width_m = 0, height_m = 0;
  double centre_ahead_m = 0;  // from the reference point to the middle of the box, along x
  Body body;
};

// Motion of a reference point in the plane: a kinematic bicycle at its rear axle, or anybody who goes where they look.
struct ActorState {
  math::Pose2 pose;  // in map
  double speed_mps = 0, acceleration_mps2 = 0, curvature_radpm = 0;
  bool is_present = true;  // false: not in the world at this moment
};

struct World {
  Ground ground;
  std::vector<Fixture> fixtures;
  std::vector<Actor> actors;
};

// Everything that moves, at one moment. `actors` is parallel to World::actors.
struct Snapshot {
  base::Time time;
  ActorState ego;
  std::vector<ActorState> actors;
};

// The state `lead_s` later with constant acceleration and curvature; exact. `lead_s` may be negative.
ActorState moved_on(const ActorState& state, double lead_s);

// A reference point on the hills: T_map_body with the tilt of the land (kerbs do not tilt it).
Eigen::Isometry3d on_ground(const Ground& ground, const math::Pose2& pose);

// The same as a pose with twist, all of it in the body's axes: velocities by symmetric difference over 2 ms.
math::PoseSample pose_sample(const Ground& ground, const ActorState& state, base::Time stamp);

}  // namespace hangil::simulation
