# SPDX-License-Identifier: Apache-2.0
# oneDNN by file: Debian's dnnl-config.cmake wants OpenCL's headers, which nothing of ours needs.
find_path(OneDnn_INCLUDE_DIR oneapi/dnnl/dnnl.hpp)
find_library(OneDnn_LIBRARY dnnl)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OneDnn REQUIRED_VARS OneDnn_INCLUDE_DIR OneDnn_LIBRARY)
