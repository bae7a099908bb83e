// SPDX-License-Identifier: Apache-2.0
#include "lidar/merge_detections.hpp"
#include "runtime/module.hpp"

namespace hangil::lidar {

namespace {

struct LidarMergeConfig {
  double patience_s = 0.5;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("patience_s", patience_s, {0, 5}, "s", "clusters wait no longer than this for a detector's answer");
  }
};

constexpr int kDepth = 16;

class LidarMergeModule final : public runtime::Module {
 public:
  explicit LidarMergeModule(runtime::Setup& setup)
      : join_(base::Duration::seconds(setup.config<LidarMergeConfig>().patience_s)),
        clusters_(setup.queue<messages::Objects>("clusters", kDepth)),
        detections_(setup.queue<messages::Objects>("detections", kDepth, runtime::Need::kOptional)),
        objects_(setup.output<messages::Objects>("objects")) {}

  void step(runtime::Activation& activation) override {
    const auto clusters = activation.get(clusters_), detections = activation.get(detections_);
    activation.report_operations(static_cast<std::int64_t>(clusters.size() + detections.size()));
    for (messages::Objects& objects : join_.add(values(clusters), values(detections))) {
      activation.publish(objects_, std::move(objects));
    }
  }

 private:
  static std::vector<const messages::Objects*> values(const std::vector<runtime::View<messages::Objects>>& views) {
    std::vector<const messages::Objects*> all;
    for (const auto& view : views) all.push_back(&*view);
    return all;
  }

  DetectionJoin join_;
  runtime::Queue<messages::Objects> clusters_, detections_;
  runtime::Output<messages::Objects> objects_;
};

}  // namespace

}  // namespace hangil::lidar

HANGIL_MODULE(hangil::lidar::LidarMergeModule, "makes one list of a detector's boxes and the clusters of the same scan")
