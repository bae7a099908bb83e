// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/element_reader.hpp"

namespace hangil::scenario {

std::vector<ParameterDeclaration> read_parameter_declarations(base::XmlElement declarations, ReadContext& context);

// Calls `read(element)` for the entry that a CatalogReference names, with the entry's own parameters in scope. Trouble
// becomes error findings.
template <class Function>
void with_catalog_entry(base::XmlElement reference, ReadContext& context, const Function& read);

// The entry and its scope; a null element where there is none.
struct OpenedEntry {
  base::XmlElement element;
  ParameterScope scope;
};
OpenedEntry open_catalog_entry(base::XmlElement reference, ReadContext& context);

template <class Function>
void with_catalog_entry(base::XmlElement reference, ReadContext& context, const Function& read) {
  const OpenedEntry entry = open_catalog_entry(reference, context);
  if (!entry.element) return;
  const ScopeChange change(context, entry.scope);
  read(entry.element);
}

// The same for an element written in place, with the ParameterDeclarations it may hold in scope.
template <class Function>
void with_own_parameters(base::XmlElement element, ReadContext& context, const Function& read) {
  const base::XmlElement declarations = element.child("ParameterDeclarations");
  if (!declarations || !declarations.first_child()) return read(element);
  const auto scope = ParameterScope::make(read_parameter_declarations(declarations, context), {}, context.scope);
  if (!scope) {
    context.findings.push_back(
        {Severity::kError, declarations.place(), "ParameterDeclarations", scope.error().message});
    return;
  }
  const ScopeChange change(context, *scope);
  read(element);
}

}  // namespace hangil::scenario
