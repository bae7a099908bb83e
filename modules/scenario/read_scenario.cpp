// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_scenario.hpp"

#include <filesystem>

#include "scenario/catalog_reference.hpp"
#include "scenario/read_entities.hpp"
#include "scenario/read_signals.hpp"
#include "scenario/read_storyboard.hpp"

namespace hangil::scenario {

namespace {

void read_header(base::XmlElement element, ReadContext& context, Scenario& scenario) {
  ElementReader reader(element, context);
  scenario.major_version = reader.integer("revMajor");
  scenario.minor_version = reader.integer("revMinor");
  reader.skip({"date", "author", "description", "License", "Properties"});
  context.is_left_handed = element && element.attribute("description").substr(0, 6) == "CARLA:";
  if (context.is_left_handed) {
    reader.no_effect(
        "description 'CARLA:': world positions are left-handed, as that simulator's own; y and h are mirrored");
  }
  if (element && (scenario.major_version != 1 || scenario.minor_version < 0 || scenario.minor_version > 3)) {
    reader.unsupported("version " + std::to_string(scenario.major_version) + "." +
                       std::to_string(scenario.minor_version) + " is read as 1.3");
  }
}

std::vector<CatalogFolder> read_catalog_folders(base::XmlElement element, ReadContext& context,
                                                const std::string& file) {
  std::vector<CatalogFolder> folders;
  ElementReader reader(element, context);
  reader.every_child([&](base::XmlElement kind) {
    ElementReader location(kind, context);
    ElementReader directory(location.required_child("Directory"), context);
    folders.push_back({std::string(kind.name()), beside(file, directory.text("path"))});
  });
  return folders;
}

void read_variables(base::XmlElement element, ReadContext& context, Scenario& scenario) {
  ElementReader reader(element, context);
  reader.each("VariableDeclaration", [&](base::XmlElement one) {
    ElementReader variable(one, context);
    const auto type = parameter_type(variable.text("variableType"));
    if (!type) variable.error(type.error().message);
    scenario.variables.push_back({variable.text("name"), variable.text("value")});
    if (!type) return;
    if (const auto checked = check_value(*type, scenario.variables.back().value); !checked) {
      variable.error(checked.error().message);
    }
  });
  for (const ParameterAssignment& variable : scenario.variables) context.variable_names.push_back(variable.name);
}

void read_road_network(base::XmlElement element, ReadContext& context, Scenario& scenario) {
  ElementReader reader(element, context);
  reader.skip({"SceneGraphFile", "UsedArea"});
  if (const auto logic = reader.child("LogicFile")) {
    scenario.road_file = ElementReader(logic, context).text("filepath");
    scenario.road_place = logic.place();
  }
  scenario.signal_controllers = read_signal_controllers(reader.child("TrafficSignals"), context);
  for (const SignalController& one : scenario.signal_controllers) context.signal_controllers.push_back(one);
}

void read_body(ElementReader& root, Scenario& scenario) {
  ReadContext& context = root.context();
  read_header(root.required_child("FileHeader"), context, scenario);
  const auto folders = read_catalog_folders(root.child("CatalogLocations"), context, scenario.file);
  context.catalogs = &folders;
  read_variables(root.child("VariableDeclarations"), context, scenario);
  read_road_network(root.child("RoadNetwork"), context, scenario);
  const base::XmlElement entities = root.required_child("Entities");
  context.entity_names = read_entity_names(entities, context);
  scenario.entities = read_entities(entities, context);
  read_entity_selections(entities, scenario.entities, context);
  scenario.storyboard = read_storyboard(root.required_child("Storyboard"), context);
  scenario.entities.insert(scenario.entities.end(), context.generated.begin(), context.generated.end());
  scenario.has_off_road_condition = context.has_off_road_condition;
  root.skip({"MonitorDeclarations"});
  context.catalogs = nullptr;
}

}  // namespace

std::string beside(const std::string& file, const std::string& path) {
  const std::filesystem::path given(path);
  if (given.is_absolute() || path.empty()) return path;
  return (std::filesystem::path(file).parent_path() / given).lexically_normal().string();
}

base::Result<std::vector<ParameterDeclaration>> read_declared_parameters(ScenarioLibrary& library,
                                                                         const std::string& path) {
  const auto root = library.document(path);
  if (!root) return root.error();
  Findings findings;
  ReadContext context{library, findings};
  auto declarations = read_parameter_declarations(root->child("ParameterDeclarations"), context);
  if (has_errors(findings)) return errors_of(findings);
  return declarations;
}

base::Result<ReadScenario> read_scenario(ScenarioLibrary& library, const std::string& path,
                                         const std::vector<ParameterAssignment>& parameters, bool is_strict) {
  const auto root = library.document(path);
  if (!root) return root.error();
  if (!root->child("Storyboard") || !root->child("FileHeader")) {
    const bool is_variation = static_cast<bool>(root->child("ParameterValueDistribution"));
    return base::Error{root->place().text() + ": no scenario" +
                       (is_variation ? "; a distribution of parameter values is opened by `scenario expand`" : "")};
  }
  const auto declarations = read_declared_parameters(library, path);
  if (!declarations) return declarations.error();
  const auto scope = ParameterScope::make(*declarations, parameters);
  if (!scope)
    return base::Error{scope.error().message.find(path) == 0 ? scope.error().message
                                                             : path + ": " + scope.error().message};
  ReadScenario read;
  auto violated = violations(*declarations, *scope);
  if (!violated) return violated.error();
  read.violations = std::move(*violated);
  read.scenario.file = path;
  read.scenario.parameters = scope->values();
  ReadContext context{library, read.findings, &*scope};
  context.is_strict = is_strict;
  {
    ElementReader reader(*root, context);
    reader.skip({"ParameterDeclarations", "description", "license"});
    read_body(reader, read.scenario);
  }
  return read;
}

}  // namespace hangil::scenario
