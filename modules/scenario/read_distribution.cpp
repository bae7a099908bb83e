// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "scenario/distribution.hpp"
#include "scenario/element_reader.hpp"
#include "scenario/expression.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::scenario {

namespace {

constexpr double kMaxSteps = 10'000'000;

std::vector<ParameterSet> read_range(ElementReader& reader, const std::string& name) {
  const double step = reader.number("stepWidth");
  ElementReader range(reader.required_child("Range"), reader.context());
  const double lower = range.number("lowerLimit"), upper = range.number("upperLimit");
  if (!(step > 0)) return reader.error("stepWidth is not positive"), std::vector<ParameterSet>{};
  if (upper < lower) return range.error("upperLimit is below lowerLimit"), std::vector<ParameterSet>{};
  // Decimal steps add up inexactly: the upper limit belongs to the range when it is missed by rounding only.
  const double steps = std::floor((upper - lower) / step + 1e-9);
  if (steps > kMaxSteps) return reader.error("has more than 10 million values"), std::vector<ParameterSet>{};
  std::vector<ParameterSet> sets;
  for (double i = 0; i <= steps; ++i) {
    const double value = lower + i * step;
    sets.push_back({{name, number_text(std::round(value * 1e12) / 1e12)}});
  }
  return sets;
}

std::vector<ParameterSet> read_single(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  const std::string name = reader.text("parameterName");
  std::vector<ParameterSet> sets;
  if (const auto range = reader.child("DistributionRange")) {
    ElementReader values(range, context);
    return read_range(values, name);
  }
  ElementReader set(reader.required_child("DistributionSet"), context);
  set.each("Element", [&](base::XmlElement one) {
    sets.push_back({{name, ElementReader(one, context).text("value")}});
  });
  if (sets.empty()) set.error("has no elements");
  return sets;
}

std::vector<ParameterSet> read_multi(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ElementReader values(reader.required_child("ValueSetDistribution"), context);
  std::vector<ParameterSet> sets;
  values.each("ParameterValueSet", [&](base::XmlElement one) {
    ElementReader set(one, context);
    ParameterSet& assignments = sets.emplace_back();
    set.each("ParameterAssignment", [&](base::XmlElement assignment) {
      ElementReader value(assignment, context);
      assignments.push_back({value.text("parameterRef"), value.text("value")});
    });
  });
  if (sets.empty()) values.error("has no sets");
  return sets;
}

void read_bounds(ElementReader& reader, StochasticParameter& parameter) {
  const base::XmlElement range = reader.child("Range");
  if (!range) return;
  ElementReader limits(range, reader.context());
  parameter.least = limits.number("lowerLimit");
  parameter.most = limits.number("upperLimit");
  parameter.is_bounded = true;
  if (parameter.most < parameter.least) limits.error("upperLimit is below lowerLimit");
}

DiscreteDistribution read_choices(ElementReader& reader, std::string_view name) {
  DiscreteDistribution discrete;
  const bool is_histogram = name == "HistogramBin";
  double total = 0;
  reader.each(name, [&](base::XmlElement one) {
    ElementReader element(one, reader.context());
    WeightedChoice choice;
    choice.weight = element.number("weight");
    if (choice.weight < 0) element.error("weight is negative");
    total += choice.weight;
    if (is_histogram) {
      ElementReader range(element.required_child("Range"), reader.context());
      choice.lower = range.number("lowerLimit");
      choice.upper = range.number("upperLimit");
    } else {
      choice.text = element.text("value");
    }
    discrete.choices.push_back(choice);
  });
  if (!(total > 0)) reader.error("its weights sum to nothing");
  return discrete;
}

void read_stochastic_kind(base::XmlElement kind, ReadContext& context, StochasticParameter& parameter) {
  ElementReader reader(kind, context);
  if (kind.name() == "UniformDistribution") {
    ElementReader range(reader.required_child("Range"), context);
    parameter.distribution = UniformDistribution{range.number("lowerLimit"), range.number("upperLimit")};
  } else if (kind.name() == "NormalDistribution" || kind.name() == "LogNormalDistribution") {
    const NormalDistribution normal{reader.number("expectedValue"), reader.number("variance"),
                                    kind.name() == "LogNormalDistribution"};
    if (normal.variance < 0) reader.error("variance is negative");
    parameter.distribution = normal;
    read_bounds(reader, parameter);
  } else if (kind.name() == "PoissonDistribution") {
    parameter.distribution = PoissonDistribution{reader.number("expectedValue")};
    read_bounds(reader, parameter);
  } else if (kind.name() == "ProbabilityDistributionSet") {
    parameter.distribution = read_choices(reader, "Element");
  } else if (kind.name() == "Histogram") {
    parameter.distribution = read_choices(reader, "HistogramBin");
  } else {
    reader.skip_everything();
    reader.error("is no stochastic distribution of the standard");
  }
}

void read_stochastic(base::XmlElement element, ReadContext& context, Distribution& distribution) {
  ElementReader reader(element, context);
  distribution.test_run_count = static_cast<std::uint64_t>(std::max(0, reader.integer("numberOfTestRuns")));
  distribution.seed = static_cast<std::uint64_t>(std::max(0.0, reader.number_or("randomSeed", 0)));
  reader.each("StochasticDistribution", [&](base::XmlElement one) {
    ElementReader holder(one, context);
    StochasticParameter parameter;
    parameter.name = holder.text("parameterName");
    if (const auto kind = holder.only_child()) read_stochastic_kind(kind, context, parameter);
    distribution.stochastic.push_back(std::move(parameter));
  });
}

}  // namespace

base::Result<ReadDistribution> read_distribution(ScenarioLibrary& library, const std::string& path) {
  const auto root = library.document(path);
  if (!root) return root.error();
  const base::XmlElement element = root->child("ParameterValueDistribution");
  if (!element) return base::Error{root->place().text() + ": no ParameterValueDistribution"};
  ReadDistribution read;
  read.distribution.file = path;
  ReadContext context{library, read.findings};
  {
    ElementReader reader(element, context);
    ElementReader file(reader.required_child("ScenarioFile"), context);
    read.distribution.scenario_file = beside(path, file.text("filepath"));
    if (const auto deterministic = reader.child("Deterministic")) {
      ElementReader factors(deterministic, context);
      factors.every_child([&](base::XmlElement one) {
        const bool is_multi = one.name() == "DeterministicMultiParameterDistribution";
        read.distribution.deterministic.push_back(is_multi ? read_multi(one, context) : read_single(one, context));
      });
    } else if (const auto stochastic = reader.required_child("Stochastic")) {
      read_stochastic(stochastic, context, read.distribution);
    }
  }
  return read;
}

}  // namespace hangil::scenario
