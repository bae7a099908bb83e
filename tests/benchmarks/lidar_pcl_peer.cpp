// SPDX-License-Identifier: Apache-2.0
#include "benchmarks/lidar_pcl_peer.hpp"

#include <pcl/filters/voxel_grid.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>
#include <pcl/search/kdtree.h>
#include <pcl/segmentation/extract_clusters.h>
#include <pcl/segmentation/sac_segmentation.h>

namespace hangil::lidar::peers {

using Cloud = pcl::PointCloud<pcl::PointXYZI>;

struct PclCloud {
  Cloud::Ptr points = std::make_shared<Cloud>();
};

std::shared_ptr<PclCloud> pcl_cloud(const float* x_m, const float* y_m, const float* z_m, std::size_t count) {
  auto cloud = std::make_shared<PclCloud>();
  cloud->points->reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    pcl::PointXYZI point;
    point.x = x_m[i], point.y = y_m[i], point.z = z_m[i], point.intensity = 0;
    cloud->points->push_back(point);
  }
  return cloud;
}

std::size_t point_count(const PclCloud& cloud) { return cloud.points->size(); }

void copy_points(const PclCloud& cloud, float* x_m, float* y_m, float* z_m) {
  for (const pcl::PointXYZI& point : *cloud.points) *x_m++ = point.x, *y_m++ = point.y, *z_m++ = point.z;
}

std::vector<bool> pcl_ground_plane(const PclCloud& cloud) {
  pcl::SACSegmentation<pcl::PointXYZI> segmentation;
  segmentation.setModelType(pcl::SACMODEL_PLANE);
  segmentation.setMethodType(pcl::SAC_RANSAC);
  segmentation.setDistanceThreshold(0.2);
  segmentation.setMaxIterations(100);
  segmentation.setOptimizeCoefficients(true);
  segmentation.setInputCloud(cloud.points);
  pcl::PointIndices inliers;
  pcl::ModelCoefficients plane;
  segmentation.segment(inliers, plane);
  std::vector<bool> is_on_plane(cloud.points->size());
  for (const int i : inliers.indices) is_on_plane[static_cast<std::size_t>(i)] = true;
  return is_on_plane;
}

std::size_t pcl_clusters(const PclCloud& cloud, double tolerance_m) {
  auto tree = std::make_shared<pcl::search::KdTree<pcl::PointXYZI>>();
  tree->setInputCloud(cloud.points);
  pcl::EuclideanClusterExtraction<pcl::PointXYZI> extraction;
  extraction.setClusterTolerance(tolerance_m);
  extraction.setMinClusterSize(5);
  extraction.setSearchMethod(tree);
  extraction.setInputCloud(cloud.points);
  std::vector<pcl::PointIndices> clusters;
  extraction.extract(clusters);
  return clusters.size();
}

std::shared_ptr<PclCloud> pcl_voxels(const PclCloud& cloud, float edge_m) {
  auto thinned = std::make_shared<PclCloud>();
  pcl::VoxelGrid<pcl::PointXYZI> grid;
  grid.setLeafSize(edge_m, edge_m, edge_m);
  grid.setInputCloud(cloud.points);
  grid.filter(*thinned->points);
  return thinned;
}

}  // namespace hangil::lidar::peers
