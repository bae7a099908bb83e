// SPDX-License-Identifier: Apache-2.0
#include "scenario/trigger_state.hpp"

#include <algorithm>

#include "scenario/evaluate_condition.hpp"

namespace hangil::scenario {

namespace {

constexpr double kSmall_s = 1e-9;

// `triggering` takes the entities for which it holds.
bool entities_hold(World& world, const ByEntityCondition& condition, std::vector<EntityIndex>& triggering) {
  bool any = false, all = true;
  for (const EntityIndex entity : condition.triggering) {
    const bool holds = holds_for(world, entity, condition.value);
    any = any || holds;
    all = all && holds;
    if (holds) triggering.push_back(entity);
  }
  return condition.must_hold_for_all ? all && any : any;
}

bool raw_value(World& world, const Condition& condition, ConditionHistory& history, const ElementStateQuery& states,
               std::vector<EntityIndex>& triggering) {
  if (const auto* by_entity = std::get_if<ByEntityCondition>(&condition.value)) {
    return entities_hold(world, *by_entity, triggering);
  }
  const auto& by_value = std::get<ByValueCondition>(condition.value);
  if (const auto* element = std::get_if<StoryboardElementStateCondition>(&by_value)) {
    return states(*element, history.seen_transitions);
  }
  return holds_now(world, by_value);
}

bool with_edge(Edge edge, bool value, ConditionHistory& history) {
  const bool before = history.value_before, has_before = history.was_evaluated;
  history.value_before = value;
  history.was_evaluated = true;
  const bool rises = has_before && value && !before, falls = has_before && !value && before;
  switch (edge) {
    case Edge::kNone:
      return value;
    case Edge::kRising:
      return rises;
    case Edge::kFalling:
      return falls;
    case Edge::kRisingOrFalling:
      return rises || falls;
  }
  return value;
}

bool with_delay(double delay_s, bool value, double time_s, ConditionHistory& history) {
  if (delay_s <= 0) return value;
  auto& changes = history.changes;
  if (changes.empty() || changes.back().value != value) changes.push_back({time_s, value});
  const double then_s = time_s - delay_s + kSmall_s;
  if (changes.front().time_s > then_s) return false;
  while (changes.size() > 1 && changes[1].time_s <= then_s) changes.erase(changes.begin());
  return changes.front().value;
}

}  // namespace

TriggerResult evaluate(const Trigger& trigger, TriggerHistory& history, World& world, const ElementStateQuery& states) {
  TriggerResult result;
  std::size_t at = 0;
  for (const ConditionGroup& group : trigger) {
    bool all = true;
    std::vector<EntityIndex> triggering;
    for (const Condition& condition : group) {
      if (history.size() <= at) history.emplace_back();
      ConditionHistory& one = history[at++];
      const bool value = with_edge(condition.edge, raw_value(world, condition, one, states, triggering), one);
      all = with_delay(condition.delay_s, value, world.time_s(), one) && all;
    }
    if (!all) continue;
    result.fires = true;
    result.triggering.insert(result.triggering.end(), triggering.begin(), triggering.end());
  }
  std::sort(result.triggering.begin(), result.triggering.end());
  result.triggering.erase(std::unique(result.triggering.begin(), result.triggering.end()), result.triggering.end());
  return result;
}

}  // namespace hangil::scenario
