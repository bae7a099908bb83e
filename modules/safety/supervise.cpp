// SPDX-License-Identifier: Apache-2.0
#include "safety/supervise.hpp"

#include <algorithm>

#include "messages/trajectory_at.hpp"

namespace hangil::safety {

namespace {

using PointList = std::vector<messages::TrajectoryPoint>;

void append(Findings& findings, Findings more) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Findings check_age(const messages::Header& header, const Evidence& evidence, double max_age_s) {
  Findings findings;
  const double age_s = (evidence.now - header.stamp).to_s();
  if (age_s > max_age_s) findings.push_back(finding("stale", age_s, max_age_s, "s", "old"));
  if (age_s < -max_age_s) findings.push_back(finding("stamp", -age_s, max_age_s, "s", "in the future"));
  if (evidence.predictions == nullptr) {
    findings.push_back({"predictions", "there are no predictions to check against", 0, 0});
    return findings;
  }
  const double lag_s = (header.stamp - evidence.predictions->header.stamp).to_s();
  if (lag_s > max_age_s || lag_s < -max_age_s) {
    findings.push_back(finding("predictions_stale", lag_s, max_age_s, "s", "older than the trajectory"));
  }
  if (evidence.predictions->header.frame_id != header.frame_id) {
    findings.push_back(
        {"frame", "trajectory in " + header.frame_id + ", predictions in " + evidence.predictions->header.frame_id, 0,
         0});
  }
  return findings;
}

bool is_contact_only(const Findings& findings) {
  return std::all_of(findings.begin(), findings.end(), [](const auto& f) { return f.check == "collision"; });
}

// The rest of a motion from `later_s` on, in time since then; at rest after its end.
PointList rest_of(const PointList& points, double later_s) {
  PointList rest{messages::trajectory_at(points, later_s)};
  rest.front().time_s = 0;
  for (const messages::TrajectoryPoint& point : points) {
    if (point.time_s <= later_s + 1e-6) continue;
    rest.push_back(point);
    rest.back().time_s -= later_s;
  }
  if (rest.size() == 1) {
    rest.push_back(rest.front());
    rest.back().time_s = 0.1;
  }
  return rest;
}

// `stop` as both motion and stop, at the trajectory's stamp.
messages::Trajectory stopping(const messages::Trajectory& trajectory, PointList stop, const std::string& behaviour) {
  messages::Trajectory safe = trajectory;
  safe.points = safe.stop_points = std::move(stop);
  safe.behaviour = behaviour + " (" + trajectory.behaviour + ")";
  return safe;
}

// The last good stop, seen from the trajectory's stamp.
std::optional<PointList> last_stop(const messages::Header& header, const SupervisorState& state) {
  if (!state.last_stop) return std::nullopt;
  return rest_of(state.last_stop->stop_points, std::max(0.0, (header.stamp - state.last_stop->header.stamp).to_s()));
}

std::optional<messages::Trajectory> replacement(const messages::Trajectory& trajectory, const Findings& stop_findings,
                                                const Evidence& evidence, const SupervisorConfig& config,
                                                const SupervisorState& state) {
  if (stop_findings.empty()) return stopping(trajectory, trajectory.stop_points, "stop_instead");
  const auto last = last_stop(trajectory.header, state);
  if (last && validate(*last, trajectory.header, evidence, config).empty()) {
    return stopping(trajectory, *last, "last_stop_instead");
  }
  if (is_contact_only(stop_findings)) return stopping(trajectory, trajectory.stop_points, "stop_despite_contact");
  if (last) return stopping(trajectory, *last, "last_stop_unchecked");
  return std::nullopt;
}

}  // namespace

Findings validate(std::span<const messages::TrajectoryPoint> points, const messages::Header& header,
                  const Evidence& evidence, const SupervisorConfig& config) {
  Findings findings = check_form(points);
  if (!findings.empty()) return findings;
  append(findings, check_age(header, evidence, config.max_age_s));
  append(findings, check_limits(points, config.motion));
  append(findings, check_continuity(points));
  if (evidence.ego) {
    append(findings, check_start(points, evidence.ego->pose, evidence.ego->speed_mps, config.motion));
  } else {
    findings.push_back({"pose", "there is no pose at the trajectory's stamp", 0, 0});
  }
  if (evidence.predictions != nullptr) {
    const double offset_s = (header.stamp - evidence.predictions->header.stamp).to_s();
    append(findings, check_contacts(points, *evidence.predictions, offset_s, config.contact));
  }
  return findings;
}

Verdict supervise(const messages::Trajectory& trajectory, const Evidence& evidence, const SupervisorConfig& config,
                  SupervisorState& state) {
  Verdict verdict;
  verdict.report.header = trajectory.header;
  verdict.report.findings = validate(trajectory.points, trajectory.header, evidence, config);
  verdict.report.is_accepted = verdict.report.findings.empty();
  const Findings stop_findings = validate(trajectory.stop_points, trajectory.header, evidence, config);
  if (verdict.report.is_accepted) {
    verdict.safe = trajectory;
    for (const messages::SafetyFinding& f : stop_findings) {
      verdict.report.findings.push_back({"stop_" + f.check, f.reason, f.value, f.limit});
    }
  } else {
    verdict.safe = replacement(trajectory, stop_findings, evidence, config, state);
  }
  if (stop_findings.empty()) state.last_stop = trajectory;
  return verdict;
}

std::optional<messages::Trajectory> stop_now(base::Time now, const std::string& reason, const SupervisorState& state) {
  if (!state.last_stop) return std::nullopt;
  messages::Trajectory stop = *state.last_stop;
  stop.header.stamp = now;
  return stopping(stop, *last_stop(stop.header, state), "level_stop, " + reason);
}

messages::Trajectory stop_of(const messages::Trajectory& trajectory, const std::string& reason) {
  return stopping(trajectory, trajectory.stop_points, "level_stop, " + reason);
}

}  // namespace hangil::safety
