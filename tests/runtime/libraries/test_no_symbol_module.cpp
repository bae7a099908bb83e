// SPDX-License-Identifier: Apache-2.0
extern "C" __attribute__((visibility("default"))) int nothing_of_interest() { return 1; }
