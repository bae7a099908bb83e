// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/condition_model.hpp"
#include "scenario/element_reader.hpp"
#include "scenario/storyboard_model.hpp"

// The words of the standard, older ones included.
namespace hangil::scenario {

inline constexpr std::array<Spelling<Rule>, 6> kRules = {{{"equalTo", Rule::kEqualTo},
                                                          {"greaterThan", Rule::kGreaterThan},
                                                          {"lessThan", Rule::kLessThan},
                                                          {"greaterOrEqual", Rule::kGreaterOrEqual},
                                                          {"lessOrEqual", Rule::kLessOrEqual},
                                                          {"notEqualTo", Rule::kNotEqualTo}}};

inline constexpr std::array<Spelling<DynamicsShape>, 4> kShapes = {{{"linear", DynamicsShape::kLinear},
                                                                    {"cubic", DynamicsShape::kCubic},
                                                                    {"sinusoidal", DynamicsShape::kSinusoidal},
                                                                    {"step", DynamicsShape::kStep}}};

inline constexpr std::array<Spelling<DynamicsDimension>, 3> kDimensions = {{{"time", DynamicsDimension::kTime},
                                                                            {"distance", DynamicsDimension::kDistance},
                                                                            {"rate", DynamicsDimension::kRate}}};

inline constexpr std::array<Spelling<FollowingMode>, 2> kFollowingModes = {
    {{"position", FollowingMode::kPosition}, {"follow", FollowingMode::kFollow}}};

inline constexpr std::array<Spelling<CoordinateSystem>, 5> kCoordinateSystems = {
    {{"entity", CoordinateSystem::kEntity},
     {"lane", CoordinateSystem::kLane},
     {"road", CoordinateSystem::kRoad},
     {"trajectory", CoordinateSystem::kTrajectory},
     {"world", CoordinateSystem::kWorld}}};

// The last is 1.0's word.
inline constexpr std::array<Spelling<DistanceType>, 5> kDistanceTypes = {
    {{"euclidianDistance", DistanceType::kEuclidean},
     {"longitudinal", DistanceType::kLongitudinal},
     {"lateral", DistanceType::kLateral},
     {"euclideanDistance", DistanceType::kEuclidean},
     {"cartesianDistance", DistanceType::kEuclidean}}};

inline constexpr std::array<Spelling<DirectionDimension>, 3> kDirections = {
    {{"longitudinal", DirectionDimension::kLongitudinal},
     {"lateral", DirectionDimension::kLateral},
     {"vertical", DirectionDimension::kVertical}}};

inline constexpr std::array<Spelling<Edge>, 4> kEdges = {{{"none", Edge::kNone},
                                                          {"rising", Edge::kRising},
                                                          {"falling", Edge::kFalling},
                                                          {"risingOrFalling", Edge::kRisingOrFalling}}};

// The last is the word of 1.0 and 1.1.
inline constexpr std::array<Spelling<Priority>, 4> kPriorities = {{{"override", Priority::kOverride},
                                                                   {"parallel", Priority::kParallel},
                                                                   {"skip", Priority::kSkip},
                                                                   {"overwrite", Priority::kOverride}}};

inline constexpr std::array<Spelling<StoryElementType>, 6> kStoryElementTypes = {
    {{"story", StoryElementType::kStory},
     {"act", StoryElementType::kAct},
     {"maneuverGroup", StoryElementType::kManeuverGroup},
     {"maneuver", StoryElementType::kManeuver},
     {"event", StoryElementType::kEvent},
     {"action", StoryElementType::kAction}}};

inline constexpr std::array<Spelling<ElementState>, 7> kElementStates = {
    {{"completeState", ElementState::kComplete},
     {"runningState", ElementState::kRunning},
     {"standbyState", ElementState::kStandby},
     {"startTransition", ElementState::kStartTransition},
     {"endTransition", ElementState::kEndTransition},
     {"stopTransition", ElementState::kStopTransition},
     {"skipTransition", ElementState::kSkipTransition}}};

}  // namespace hangil::scenario
