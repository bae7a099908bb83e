// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdio>
#include <filesystem>

#include <gtest/gtest.h>

#include "drives.hpp"
#include "program.hpp"

namespace hangil::cli {
namespace {

std::string models_variable(const std::string& name) { return "HANGIL_MODELS=" + own_folder() + name; }
std::string shared_model(const std::string& name) { return tests::shared_dir() + "/models/" + name; }

// A server of this machine's own, gone at the end of the scope: a Python program's text, which prints its port.
class Server {
 public:
  explicit Server(const std::string& program) {
    const std::string path = write_text("server.py", program);
    pipe_ = popen(("exec python3 -u '" + path + "' 2>/dev/null").c_str(), "r");
    if (pipe_ != nullptr && fscanf(pipe_, "%d %d", &pid_, &port_) != 2) pid_ = 0;
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    if (pid_ > 0) kill(pid_, SIGKILL);
    if (pipe_ != nullptr) pclose(pipe_);
  }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
  bool runs() const { return pid_ > 0; }

 private:
  FILE* pipe_ = nullptr;
  int pid_ = 0, port_ = 0;
};

// Files of a folder.
std::string file_server(const std::string& folder) {
  return "import functools, http.server, os\n"
         "handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory='" +
         folder +
         "')\n"
         "server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)\n"
         "print(os.getpid(), server.server_port, flush=True)\n"
         "server.serve_forever()\n";
}

// Promises more than it sends.
constexpr const char* kBreakingServer =
    "import http.server, os\n"
    "class Handler(http.server.BaseHTTPRequestHandler):\n"
    "  def do_GET(self):\n"
    "    self.send_response(200); self.send_header('Content-Length', '100000'); self.end_headers()\n"
    "    self.wfile.write(b'x' * 1000)\n"
    "server = http.server.HTTPServer(('127.0.0.1', 0), Handler)\n"
    "print(os.getpid(), server.server_port, flush=True)\n"
    "server.serve_forever()\n";

// Nothing is installed and nothing lies about.
void expect_nothing_in(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) ADD_FAILURE() << entry.path();
}

}  // namespace

TEST(ModelCommand, EveryModelThatAModuleRunsAnswersAsItsCardSays) {
  const std::string models = models_variable("every");
  for (const std::string name : {"pointgnn_car_t1", "nanodet_plus_m_416"}) {
    HANGIL_NEEDS_DATA(shared_model(name));
    ASSERT_EQ(hangil("model install " + name + " --from " + shared_model(name), models).exit_code, 0) << name;
    const auto verified = hangil("model verify " + name, models);
    if (contains(verified.err, "no LibTorch") || contains(verified.err, "no OpenCV")) continue;
    EXPECT_EQ(verified.exit_code, 0) << verified.err;
    EXPECT_TRUE(contains(verified.out, "outputs answer the made input as they must")) << verified.out;
  }
}

TEST(ModelCommand, InstallsFromAnAddress) {
  HANGIL_NEEDS_DATA(shared_model("twinlitenetplus_small"));
  const Server server(file_server(shared_model("")));
  ASSERT_TRUE(server.runs());
  const std::string models = models_variable("fetched");
  const auto installed =
      hangil("model install twinlitenetplus_small --from " + server.address() + "/twinlitenetplus_small", models);
  ASSERT_EQ(installed.exit_code, 0) << installed.err;
  EXPECT_TRUE(contains(hangil("model list", models).out, "installed"));
  std::error_code ignored;
  EXPECT_FALSE(std::filesystem::exists(own_folder() + "fetched/.twinlitenetplus_small.download", ignored));
  const auto absent = hangil("model install nanodet_plus_m_416 --from " + server.address() + "/nothing/", models);
  EXPECT_EQ(absent.exit_code, 1);
  EXPECT_TRUE(contains(absent.err, "the server answers 404")) << absent.err;
  EXPECT_FALSE(contains(hangil("model list", models).err, "nanodet"));
}

TEST(ModelCommand, AnAddressThatIsNoGoodInstallsNothing) {
  std::filesystem::create_directories(own_folder() + "wrong/twinlitenetplus_small");
  write_text("wrong/twinlitenetplus_small/weights.bin", "not the weights");
  write_text("wrong/twinlitenetplus_small/manifest.json", "{}");
  const std::string models = models_variable("nothing");
  const std::string words = "model install twinlitenetplus_small --from ";
  {
    const Server server(file_server(own_folder() + "wrong"));
    ASSERT_TRUE(server.runs());
    const auto wrong = hangil(words + server.address() + "/twinlitenetplus_small", models);
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_TRUE(contains(wrong.err, "SHA-256 is") && contains(wrong.err, "nothing was installed")) << wrong.err;
  }
  const Server breaking(kBreakingServer);
  ASSERT_TRUE(breaking.runs());
  const auto broken = hangil(words + breaking.address(), models);
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_TRUE(contains(broken.err, "nothing was installed")) << broken.err;
  const auto refused = hangil(words + "http://127.0.0.1:1", models);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_TRUE(contains(refused.err, "127.0.0.1") && contains(refused.err, "nothing was installed")) << refused.err;
  EXPECT_TRUE(contains(hangil(words + "ftp://127.0.0.1/x", models).err, "http://")) << "other protocols are refused";
  expect_nothing_in(own_folder() + "nothing");
}

TEST(ModelCommand, ListsWhatItKnowsAndSaysHowToInstall) {
  const std::string nowhere = models_variable("no_models");
  const auto listed = hangil("model list", nowhere);
  EXPECT_EQ(listed.exit_code, 0);
  EXPECT_TRUE(contains(listed.out, "nanodet_plus_m_416")) << listed.out;
  EXPECT_TRUE(contains(listed.out, "not installed"));
  EXPECT_TRUE(contains(hangil("model info nanodet_plus_m_416", nowhere).out, "code_licence: \"Apache-2.0\""));
  const auto bare = hangil("model install nanodet_plus_m_416", nowhere);
  EXPECT_EQ(bare.exit_code, 2);
  EXPECT_TRUE(contains(bare.err, "--from FOLDER")) << bare.err;
  const auto absent = hangil("model verify nanodet_plus_m_416", nowhere);
  EXPECT_EQ(absent.exit_code, 1);
  EXPECT_TRUE(contains(absent.err, "hangil model install nanodet_plus_m_416")) << absent.err;
  EXPECT_EQ(hangil("model info no_such_model", nowhere).exit_code, 1);
}

TEST(ModelCommand, InstallsAndVerifiesAndNoticesDamage) {
  HANGIL_NEEDS_DATA(shared_model("twinlitenetplus_small"));
  const std::string models = models_variable("models");
  const auto installed =
      hangil("model install twinlitenetplus_small --from " + shared_model("twinlitenetplus_small"), models);
  ASSERT_EQ(installed.exit_code, 0) << installed.err;
  const auto verified = hangil("model verify twinlitenetplus_small", models);
  if (contains(verified.err, "no LibTorch") || contains(verified.err, "no OpenCV")) GTEST_SKIP() << verified.err;
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_TRUE(contains(verified.out, "2 outputs answer")) << verified.out;
  const auto timed = hangil("model bench twinlitenetplus_small --runs 10", models);
  EXPECT_EQ(timed.exit_code, 0) << timed.err;
  EXPECT_TRUE(contains(hangil("model list", models).out, "ms here"));
  const std::string weights = own_folder() + "models/twinlitenetplus_small/weights.bin";
  std::string bytes = read_text(weights);
  bytes[1000] = static_cast<char>(bytes[1000] ^ 4);
  std::filesystem::permissions(weights, std::filesystem::perms::owner_all);
  write_text("models/twinlitenetplus_small/weights.bin", bytes);
  const auto damaged = hangil("model verify twinlitenetplus_small", models);
  EXPECT_EQ(damaged.exit_code, 1);
  EXPECT_TRUE(contains(damaged.err, "SHA-256")) << damaged.err;
}

TEST(ModelCommand, APipelineWithoutItsModelsSaysSoOnceAndRunsWithTheRest) {
  const std::string nowhere = models_variable("no_models");
  const auto checked =
      hangil("modules check " + std::string(HANGIL_SOURCE_DIR) + "/configs/pipelines/camera.yaml", nowhere);
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
}

}  // namespace hangil::cli
