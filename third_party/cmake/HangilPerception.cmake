# SPDX-License-Identifier: Apache-2.0
# LibTorch and OpenCV: heavy, optional, and only in the few .cpp files of a hangil_part (HangilBuild.cmake).
# Targets, each there or not: hangil_torch, hangil_opencv.
# HANGIL_HAS_TORCH and HANGIL_HAS_OPENCV say which.

# Wanted means: not OFF. What is ON and not found stops the build; AUTO goes without.
macro(hangil_find_heavy option)
  if(${option} STREQUAL "AUTO")
    find_package(${ARGN} QUIET)
  elseif(${option})
    find_package(${ARGN} REQUIRED)
  endif()
endmacro()

set(HANGIL_HAS_TORCH OFF)
if(HANGIL_TORCH)
  hangil_find_heavy(HANGIL_TORCH Torch)
  if(Torch_FOUND)
    set(HANGIL_HAS_TORCH ON)
    add_library(hangil_torch INTERFACE)
    target_include_directories(hangil_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
    target_link_libraries(hangil_torch INTERFACE ${TORCH_LIBRARIES})
  endif()
endif()

set(HANGIL_HAS_OPENCV OFF)
if(HANGIL_OPENCV)
  hangil_find_heavy(HANGIL_OPENCV OpenCVParts MODULE)
  if(OpenCVParts_FOUND)
    set(HANGIL_HAS_OPENCV ON)
    add_library(hangil_opencv INTERFACE)
    target_include_directories(hangil_opencv SYSTEM INTERFACE "${OpenCVParts_INCLUDE_DIR}")
    target_link_libraries(hangil_opencv INTERFACE ${OpenCVParts_LIBRARIES})
  endif()
endif()
message(STATUS "Hangil: LibTorch ${HANGIL_HAS_TORCH}, OpenCV ${HANGIL_HAS_OPENCV}")
