// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <random>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "recording/background_writer.hpp"
#include "recording/drive_reader.hpp"
#include "recording/drive_writer.hpp"
#include "recording/file_sink.hpp"
#include "recording/file_source.hpp"

// Recordings beside the machine's own write(), pread() and mmap() of as many bytes: compare figures of one run.
namespace hangil::recording {
namespace {

constexpr std::size_t kScanBytes = 2'000'000, kScanCount = 64, kSmallBytes = 300, kSmallCount = 200'000;

std::string bench_path(const char* name) {
  return (std::filesystem::temp_directory_path() / (std::string("hangil_bench_") + name)).string();
}

// Points as a scanner gives them: millimetres over rings, intensities in hundredths.
base::Bytes make_scan(unsigned seed) {
  std::mt19937 random(seed);
  base::Bytes bytes(kScanBytes);
  for (std::size_t i = 0; i + 16 <= bytes.size(); i += 16) {
    const float range_m = 5.0f + static_cast<float>(random() % 40'000) * 1e-3f;
    const float angle_rad = static_cast<float>(i) * 1e-5f;
    const std::array<float, 4> point = {range_m * std::cos(angle_rad), range_m * std::sin(angle_rad),
                                        -1.7f + static_cast<float>(random() % 100) * 1e-3f,
                                        static_cast<float>(random() % 100) * 0.01f};
    std::memcpy(bytes.data() + i, point.data(), sizeof point);
  }
  return bytes;
}

const std::vector<base::Bytes>& scans() {
  static const std::vector<base::Bytes> kScans = {make_scan(1), make_scan(2), make_scan(3), make_scan(4)};
  return kScans;
}

WriteOptions options_of(benchmark::State& state) {
  constexpr int kFastestLevel = -5;
  return {.compression = static_cast<Compression>(state.range(0)), .zstd_level = kFastestLevel};
}

void check(benchmark::State& state, const base::Status& status) {
  if (!status) state.SkipWithError(status.error().message.c_str());
}

void write_scans(benchmark::State& state, const std::string& path, const WriteOptions& options) {
  auto writer = DriveWriter::create(path, options);
  if (!writer) return state.SkipWithError(writer.error().message.c_str());
  const int channel = writer->add_channel("/lidar/top/points", "test_msgs/msg/Scan", "");
  for (std::size_t i = 0; i < kScanCount; ++i) {
    const base::Time time{static_cast<std::int64_t>(i) * 100'000'000};
    check(state, writer->write(channel, i, time, time, scans()[i % scans().size()]));
  }
  check(state, writer->close());
}

void Memcpy(benchmark::State& state) {
  base::Bytes copy(kScanBytes);
  for (auto _ : state) {
    for (std::size_t i = 0; i < kScanCount; ++i) {
      std::memcpy(copy.data(), scans()[i % scans().size()].data(), kScanBytes);
      benchmark::DoNotOptimize(copy.data());
      benchmark::ClobberMemory();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(kScanBytes * kScanCount) * state.iterations());
}
BENCHMARK(Memcpy)->Name("recording/memcpy")->Unit(benchmark::kMillisecond);

void RawWrite(benchmark::State& state) {
  const std::string path = bench_path("raw");
  for (auto _ : state) {
    auto sink = FileSink::create(path);
    for (std::size_t i = 0; i < kScanCount; ++i) check(state, sink->write({scans()[i % scans().size()]}));
    state.PauseTiming();
    std::filesystem::remove(path);
    state.ResumeTiming();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(kScanBytes * kScanCount) * state.iterations());
}
BENCHMARK(RawWrite)->Name("recording/raw_write")->Unit(benchmark::kMillisecond);

void WriteScans(benchmark::State& state) {
  const std::string path = bench_path("write.mcap");
  for (auto _ : state) {
    write_scans(state, path, options_of(state));
    state.PauseTiming();
    std::filesystem::remove(path);
    state.ResumeTiming();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(kScanBytes * kScanCount) * state.iterations());
}
BENCHMARK(WriteScans)
    ->Name("recording/write_scans")
    ->ArgName("none0_lz4_1_zstd2")
    ->DenseRange(0, 2)
    ->Unit(benchmark::kMillisecond);

void WriteSmall(benchmark::State& state) {
  const std::string path = bench_path("small.mcap");
  const base::Bytes message(kSmallBytes, 7);
  for (auto _ : state) {
    auto writer = DriveWriter::create(path, options_of(state));
    const int channel = writer->add_channel("/imu", "test_msgs/msg/Small", "");
    for (std::size_t i = 0; i < kSmallCount; ++i) {
      const base::Time time{static_cast<std::int64_t>(i) * 100'000};
      check(state, writer->write(channel, i, time, time, message));
    }
    check(state, writer->close());
    state.PauseTiming();
    std::filesystem::remove(path);
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kSmallCount) * state.iterations());
}
BENCHMARK(WriteSmall)
    ->Name("recording/write_small")
    ->ArgName("none0_lz4_1_zstd2")
    ->DenseRange(0, 2)
    ->Unit(benchmark::kMillisecond);

void RawRead(benchmark::State& state) {
  const std::string path = bench_path("read.mcap");
  write_scans(state, path, {.compression = Compression::kNone});
  const auto source = FileSource::open(path);
  base::Bytes buffer(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    for (std::uint64_t at = 0; at + buffer.size() <= source->size(); at += buffer.size()) {
      check(state, source->read(at, buffer.size(), buffer.data()));
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(source->size() / buffer.size() * buffer.size()) *
                          state.iterations());
  std::filesystem::remove(path);
}
BENCHMARK(RawRead)->Name("recording/raw_read")->ArgName("bytes")->Arg(2'000'000)->Unit(benchmark::kMillisecond);

void MappedRead(benchmark::State& state) {
  const std::string path = bench_path("read.mcap");
  write_scans(state, path, {.compression = Compression::kNone});
  const std::size_t size = std::filesystem::file_size(path);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::uint64_t sum = 0;
  for (auto _ : state) {
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped == MAP_FAILED) return state.SkipWithError("mmap failed");
    const auto* const numbers = static_cast<const std::uint64_t*>(mapped);
    for (std::size_t i = 0; i < size / sizeof(std::uint64_t); ++i) sum += numbers[i];
    ::munmap(mapped, size);
  }
  ::close(file);
  benchmark::DoNotOptimize(sum);
  state.SetBytesProcessed(static_cast<std::int64_t>(size) * state.iterations());
  std::filesystem::remove(path);
}
BENCHMARK(MappedRead)->Name("recording/mapped_read")->Unit(benchmark::kMillisecond);

// By view: no copy; by message: a copy that the receiver may keep.
template <bool kByView>
void ReadScans(benchmark::State& state) {
  const std::string path = bench_path("read.mcap");
  write_scans(state, path, options_of(state));
  std::uint64_t sum = 0;
  for (auto _ : state) {
    auto reader = DriveReader::open(path);
    for (std::size_t i = 0; i < kScanCount; ++i) {
      if constexpr (kByView) {
        sum += (**reader->next_view()).cdr.back();
      } else {
        sum += (**reader->next()).cdr->back();
      }
    }
  }
  benchmark::DoNotOptimize(sum);
  state.SetBytesProcessed(static_cast<std::int64_t>(kScanBytes * kScanCount) * state.iterations());
  std::filesystem::remove(path);
}
BENCHMARK(ReadScans<true>)
    ->Name("recording/read_views")
    ->ArgName("none0_lz4_1_zstd2")
    ->DenseRange(0, 2)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(ReadScans<false>)
    ->Name("recording/read_messages")
    ->ArgName("none0_lz4_1_zstd2")
    ->DenseRange(0, 2)
    ->Unit(benchmark::kMillisecond);

// What recording costs the thread that publishes: CPU time of the thread that pushes, the writer's is its own.
void HandOver(benchmark::State& state) {
  auto writer = DriveWriter::create("/dev/null", {.compression = Compression::kNone});
  if (!writer) return state.SkipWithError(writer.error().message.c_str());
  const int channel = writer->add_channel("/lidar/top/points", "test_msgs/msg/Scan", "");
  BackgroundWriter background(*std::move(writer), {.max_queued_bytes = std::size_t{1} << 40});
  const auto message = std::make_shared<const base::Bytes>(static_cast<std::size_t>(state.range(0)), 1);
  std::int64_t time_ns = 0;
  for (auto _ : state) {
    background.push({channel, 0, {time_ns}, {time_ns}, message});
    time_ns += 1'000'000;
  }
  check(state, background.close());
}
BENCHMARK(HandOver)->Name("recording/hand_over")->ArgName("bytes")->Arg(300)->Arg(2'000'000)->Iterations(20'000);

}  // namespace
}  // namespace hangil::recording
