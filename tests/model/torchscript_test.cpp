// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gtest/gtest.h>

#include "model/made_zip.hpp"
#include "model/pickle_scan.hpp"
#include "model/torchscript_scan.hpp"
#include "model/zip_entries.hpp"

namespace hangil::model {

namespace {

const std::string kPlainPickle = std::string("\x80\x02") + "c__torch__\nNet\nq" + std::string(1, '\0') + ")\x81.";

std::vector<MadeFile> archive_with(const std::string& code) {
  return {{"net/data.pkl", kPlainPickle},
          {"net/code/__torch__.py",
           "class Net(Module):\n  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n" + code},
          {"net/version", "3\n"}};
}

std::string scan_refusal(const std::vector<MadeFile>& files) {
  const auto status = scan_torchscript(zip_bytes(files), "net.pt");
  return status ? "" : status.error().message;
}

bool names(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(ScanTorchscript, ANetworkPasses) {
  EXPECT_EQ(scan_refusal(archive_with("    return torch.relu_(torch.conv2d(x, self.weight, None, [1, 1]))\n")), "");
}

TEST(ScanTorchscript, CallsThatTouchTheMachineAreRefused) {
  for (const char* call :
       {"torch.from_file(\"a\", True, 4)", "ops.aten.from_file(\"a\", True, 4)", "torch.save(x, \"a\")",
        "torch . save(x, \"a\")", "ops.quantized.unknown(x)", "fork(self.f, x)", "print(x)", "torch.load(\"a\")"}) {
    const std::string why = scan_refusal(archive_with(std::string("    return ") + call + "\n"));
    EXPECT_TRUE(names(why, "net.pt: net/code/__torch__.py: line 4")) << call << ": " << why;
  }
}

TEST(ScanTorchscript, PicklesOfForeignClassesAreRefused) {
  auto files = archive_with("    return x\n");
  files[0].bytes =
      "\x80\x02"
      "cos\nsystem\nX\x02" +
      std::string(3, '\0') + "ls\x85R.";
  EXPECT_TRUE(names(scan_refusal(files), "'os system'")) << scan_refusal(files);
  files[0].bytes = "\x80\x02\x93.";
  EXPECT_TRUE(names(scan_refusal(files), "opcode 147")) << scan_refusal(files);
  files[0].bytes = "\x80\x02X\xff\xff\xff\xff";
  EXPECT_TRUE(names(scan_refusal(files), "breaks off")) << scan_refusal(files);
}

TEST(ScanTorchscript, StrangeEntriesAreRefused) {
  const auto with = [](const MadeFile& file) {
    auto files = archive_with("    return x\n");
    files.push_back(file);
    return scan_refusal(files);
  };
  EXPECT_EQ(with({"net/constants/0", "1234"}), "");
  EXPECT_TRUE(names(with({"net/../../etc/passwd", "x"}), "inside the archive"));
  EXPECT_TRUE(names(with({"/net/data/0", "x"}), "inside the archive"));
  EXPECT_TRUE(names(with({"net/version", "x"}), "stands twice"));
  EXPECT_TRUE(names(with({"net/run.sh", "x"}), "nothing that TorchScript writes"));
  EXPECT_TRUE(names(with({"stray", "x"}), "beside the archive's folder"));
}

TEST(ScanTorchscript, DamagedArchivesAreRefusedAndNeverCrash) {
  const std::vector<std::uint8_t> whole = zip_bytes(archive_with("    return torch.relu(x)\n"));
  EXPECT_FALSE(scan_torchscript({}, "net.pt"));
  for (std::size_t length = 0; length < whole.size(); length += 3) {
    EXPECT_FALSE(scan_torchscript({whole.data(), length}, "net.pt")) << length;
  }
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::uint8_t> broken = whole;
    for (int i = 0; i < 4; ++i) broken[random() % broken.size()] = static_cast<std::uint8_t>(random());
    (void)scan_torchscript(broken, "net.pt").ok();
  }
}

}  // namespace hangil::model
