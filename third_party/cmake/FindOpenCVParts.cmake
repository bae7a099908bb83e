# SPDX-License-Identifier: Apache-2.0
# The few parts of OpenCV 4 we use, found by file: Debian's OpenCVConfig.cmake comes only with all of it (and VTK).
find_path(OpenCVParts_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
set(OpenCVParts_LIBRARIES)
foreach(part core imgproc imgcodecs calib3d)
  find_library(OpenCVParts_${part} opencv_${part})
  list(APPEND OpenCVParts_NEEDED OpenCVParts_${part})
  list(APPEND OpenCVParts_LIBRARIES ${OpenCVParts_${part}})
endforeach()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCVParts REQUIRED_VARS OpenCVParts_INCLUDE_DIR ${OpenCVParts_NEEDED})
