// SPDX-License-Identifier: Apache-2.0
#include "cli/pipeline_loading.hpp"

#include <filesystem>

#include "base/json.hpp"
#include "cli/installation.hpp"
#include "cli/rig_calibration.hpp"
#include "runtime/module_loader.hpp"

namespace hangil::cli {

namespace {

base::Result<runtime::MakeModule> find_module(const std::string& library) {
  auto loaded = runtime::load_module_library(module_dir(), library);
  if (!loaded) return loaded.error();
  return runtime::MakeModule((*loaded)->make);
}

base::Error all_of(const std::vector<base::ConfigProblem>& problems) {
  std::string text;
  for (const base::ConfigProblem& problem : problems) text += (text.empty() ? "" : "\n") + problem.text();
  return {text};
}

std::string path_beside(const std::string& file, const std::string& named) {
  return (std::filesystem::path(file).parent_path() / named).lexically_normal().string();
}

// Where pictures' stamps differ from the LiDAR's, and nobody said otherwise in the pipeline.
void tell_time_offset(const RigCalibration& rig, base::YamlNode& root) {
  constexpr const char* kKey = "camera_time_offset_ms";
  if (rig.camera_time_offset_ms() == 0 || root.find("modules") == nullptr) return;
  for (base::YamlNode& module : root.at_or_make("modules").items) {
    const base::YamlNode* library = module.is_map() ? module.find("library") : nullptr;
    if (library == nullptr || library->scalar != "object_fusion") continue;
    base::YamlNode& config = module.at_or_make("config");
    if (config.find(kKey) != nullptr) continue;
    config.at_or_make(kKey) = base::YamlNode{.kind = base::YamlNode::Kind::kScalar,
                                             .scalar = base::json_number(rig.camera_time_offset_ms()),
                                             .place = module.place};
  }
}

// Takes `sensors` out of the pipeline. Null where it names no rig.
base::Result<std::shared_ptr<const RigCalibration>> take_rig(base::YamlNode& root, const std::string& file) {
  const base::YamlNode* named = root.is_map() ? root.find("sensors") : nullptr;
  if (named == nullptr) return std::shared_ptr<const RigCalibration>();
  if (!named->is_scalar() || named->scalar.empty())
    return base::Error{named->place.text() + ": 'sensors' needs the path of a rig file, as configs/sensors/kitti.yaml"};
  auto rig = RigCalibration::load(path_beside(file, named->scalar));
  if (!rig) return base::Error{named->place.text() + ": " + rig.error().message};
  std::erase_if(root.members, [](const auto& member) { return member.key == "sensors"; });
  tell_time_offset(*rig, root);
  return std::make_shared<const RigCalibration>(*std::move(rig));
}

base::Result<LoadedPipeline> connect(base::YamlNode root, const std::vector<runtime::Override>& changes,
                                     const std::vector<runtime::SourceChannel>* sources) {
  std::vector<base::ConfigProblem> problems;
  LoadedPipeline loaded;
  loaded.spec = runtime::read_pipeline(std::move(root), changes, problems);
  loaded.graph = runtime::build_graph(loaded.spec, find_module, sources, problems);
  if (!problems.empty()) return all_of(problems);
  return loaded;
}

}  // namespace

base::Result<LoadedPipeline> load_pipeline(const std::string& file, const std::vector<std::string>& overrides,
                                           const std::vector<runtime::SourceChannel>* sources) {
  auto root = base::load_yaml(file);
  if (!root) return root.error();
  std::vector<runtime::Override> changes;
  for (const std::string& text : overrides) {
    auto change = runtime::parse_override(text);
    if (!change) return change.error();
    changes.push_back(*std::move(change));
  }
  const auto rig = take_rig(*root, file);
  if (!rig) return rig.error();
  std::vector<runtime::SourceChannel> with_rig;
  if (*rig != nullptr && sources != nullptr) with_rig = (*rig)->with_own(*sources), sources = &with_rig;
  auto loaded = connect(*std::move(root), changes, sources);
  if (loaded) loaded->rig = *rig;
  return loaded;
}

base::Result<LoadedPipeline> load_pipeline_text(const std::string& text, const std::string& name,
                                                const std::vector<runtime::SourceChannel>* sources) {
  auto root = base::parse_yaml(text, name);
  if (!root) return root.error();
  return connect(*std::move(root), {}, sources);
}

}  // namespace hangil::cli
