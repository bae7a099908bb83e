// SPDX-License-Identifier: Apache-2.0
#include "model/pickle_scan.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace hangil::model {

namespace {

constexpr std::uint8_t kGlobal = 'c', kStop = '.';
constexpr std::string_view kBare =
    "}])(t\x85\x86\x87\x88\x89Nuse"
    "aRQb\x81";  // opcodes without an argument
constexpr std::array<std::string_view, 12> kClasses = {"torch._utils _rebuild_tensor_v2",
                                                       "torch.jit._pickle build_intlist",
                                                       "torch.jit._pickle build_tensorlist",
                                                       "torch.jit._pickle build_doublelist",
                                                       "torch.jit._pickle build_boollist",
                                                       "torch.jit._pickle restore_type_tag",
                                                       "collections OrderedDict",
                                                       "torch FloatStorage",
                                                       "torch HalfStorage",
                                                       "torch BFloat16Storage",
                                                       "torch LongStorage",
                                                       "torch IntStorage"};

// Bytes of an opcode's fixed argument; -1: no such opcode here. Texts and long numbers say their length in it.
int argument_size(std::uint8_t opcode) {
  switch (opcode) {
    case 0x80:
    case 'K':
    case 'q':
    case 'h':
    case 'U':
    case 0x8a:
      return 1;
    case 'M':
      return 2;
    case 'J':
    case 'r':
    case 'j':
    case 'X':
    case 'T':
      return 4;
    case 'G':
      return 8;
    default:
      return kBare.find(static_cast<char>(opcode)) == std::string_view::npos ? -1 : 0;
  }
}

bool says_length(std::uint8_t opcode) { return opcode == 'X' || opcode == 'T' || opcode == 'U' || opcode == 0x8a; }

bool is_class_known(const std::string& name) {
  return name.starts_with("__torch__.") || name.starts_with("__torch__ ") ||
         std::find(kClasses.begin(), kClasses.end(), name) != kClasses.end();
}

// Two lines, module and name; moves `at` behind them.
base::Status scan_class(std::span<const std::uint8_t> bytes, std::size_t& at) {
  std::string name;
  for (int lines = 0; lines < 2; ++at) {
    if (at >= bytes.size() || name.size() > 1000)
      return base::Error{"a class name breaks off at byte " + std::to_string(at)};
    const char c = static_cast<char>(bytes[at]);
    if (c != '\n') name += c;
    if (c == '\n' && ++lines == 1) name += ' ';
  }
  if (is_class_known(name)) return {};
  return base::Error{"names the class or function '" + name + "', which no network needs"};
}

std::size_t length_at(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t size) {
  std::size_t length = 0;
  for (std::size_t i = size; i-- > 0;) length = length << 8 | bytes[at + i];
  return length;
}

}  // namespace

base::Status scan_pickle(std::span<const std::uint8_t> bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::uint8_t opcode = bytes[at++];
    if (opcode == kStop) return {};
    if (opcode == kGlobal) {
      if (const auto status = scan_class(bytes, at); !status) return status;
      continue;
    }
    const int size = argument_size(opcode);
    if (size < 0)
      return base::Error{"pickle opcode " + std::to_string(opcode) + " at byte " + std::to_string(at - 1) +
                         " is not allowed"};
    auto whole = static_cast<std::size_t>(size);
    if (whole > bytes.size() - at) break;
    if (says_length(opcode)) whole += length_at(bytes, at, whole);
    if (whole > bytes.size() - at) break;
    at += whole;
  }
  return base::Error{"the pickle breaks off at byte " + std::to_string(at)};
}

}  // namespace hangil::model
