// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/heap.hpp"

// hangil_bench [--json] [Google Benchmark's flags]
int main(int argc, char** argv) {
  hangil::base::keep_freed_memory();  // as the program does
  static char json_flag[] = "--benchmark_format=json";
  std::vector<char*> arguments(argv, argv + argc);
  for (char*& argument : arguments) {
    if (std::strcmp(argument, "--json") == 0) argument = json_flag;
  }
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
