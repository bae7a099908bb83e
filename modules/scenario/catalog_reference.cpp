// SPDX-License-Identifier: Apache-2.0
#include "scenario/catalog_reference.hpp"

#include <algorithm>

#include "scenario/library.hpp"
#include "scenario/spellings.hpp"

namespace hangil::scenario {

namespace {

ConstraintGroup read_constraint_group(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ConstraintGroup group;
  reader.each("ValueConstraint", [&](base::XmlElement one) {
    ElementReader constraint(one, context);
    ValueConstraint read;
    read.rule = constraint.one_of("rule", kRules);
    read.value = std::string(one.attribute("value"));
    constraint.skip({"value"});
    if (!one.has("value")) constraint.error("attribute 'value' is missing");
    group.push_back(read);
  });
  return group;
}

ParameterDeclaration read_declaration(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ParameterDeclaration declaration;
  declaration.place = element.place();
  declaration.name = std::string(element.attribute("name"));
  declaration.value = std::string(element.attribute("value"));
  reader.skip({"name", "value"});
  if (declaration.name.empty()) reader.error("attribute 'name' is missing");
  if (!element.has("value")) reader.error("attribute 'value' is missing");
  const auto type = parameter_type(reader.text("parameterType"));
  if (!type) reader.error(type.error().message);
  if (type) declaration.type = *type;
  reader.each("ConstraintGroup", [&](base::XmlElement group) {
    declaration.constraint_groups.push_back(read_constraint_group(group, context));
  });
  return declaration;
}

// A default that its own type does not allow: the entry may still be used by who never takes it for a number.
void take_as_text_if_malformed(ParameterDeclaration& declaration, ReadContext& context) {
  if (declaration.value.find('$') != std::string::npos) return;
  const auto checked = check_value(declaration.type, declaration.value);
  if (checked) return;
  context.findings.push_back({Severity::kNoEffect, declaration.place, "ParameterDeclaration",
                              "'" + declaration.name + "': " + checked.error().message + "; it is taken as a string"});
  declaration.type = ParameterType::kString;
}

std::vector<ParameterAssignment> read_assignments(ElementReader& reader) {
  std::vector<ParameterAssignment> assignments;
  ElementReader list(reader.child("ParameterAssignments"), reader.context());
  list.each("ParameterAssignment", [&](base::XmlElement one) {
    ElementReader assignment(one, reader.context());
    assignment.skip({"parameterRef"});
    const std::string name(one.attribute("parameterRef"));
    assignments.push_back({name.substr(0, 1) == "$" ? name.substr(1) : name, assignment.text("value")});
  });
  return assignments;
}

}  // namespace

std::vector<ParameterDeclaration> read_parameter_declarations(base::XmlElement element, ReadContext& context) {
  std::vector<ParameterDeclaration> declarations;
  ElementReader reader(element, context);
  reader.each("ParameterDeclaration", [&](base::XmlElement one) {
    declarations.push_back(read_declaration(one, context));
    const bool is_known = std::any_of(declarations.begin(), declarations.end() - 1,
                                      [&](const auto& before) { return before.name == declarations.back().name; });
    if (!is_known) return;
    context.findings.push_back({Severity::kUnsupported, one.place(), "ParameterDeclaration",
                                "'" + declarations.back().name + "' is declared twice; the first one is taken"});
    declarations.pop_back();
  });
  return declarations;
}

OpenedEntry open_catalog_entry(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  const std::string catalog = reader.text("catalogName"), entry = reader.text("entryName");
  const auto assignments = read_assignments(reader);
  static const std::vector<CatalogFolder> kNone;
  const auto found =
      context.library.catalog_entry(context.catalogs != nullptr ? *context.catalogs : kNone, catalog, entry);
  if (!found) return reader.error(found.error().message), OpenedEntry{};
  auto declarations = read_parameter_declarations(found->element.child("ParameterDeclarations"), context);
  for (ParameterDeclaration& declaration : declarations) take_as_text_if_malformed(declaration, context);
  auto scope = ParameterScope::make(declarations, assignments, nullptr);
  if (!scope) return reader.error(scope.error().message), OpenedEntry{};
  return {found->element, std::move(*scope)};
}

}  // namespace hangil::scenario
