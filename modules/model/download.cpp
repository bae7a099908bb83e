// SPDX-License-Identifier: Apache-2.0
#include "model/download.hpp"

#include <cstdio>
#include <memory>

#include <curl/curl.h>

namespace hangil::model {

namespace {

constexpr long kConnectSeconds = 20, kMostRedirects = 5, kSlowBytesPerSecond = 34, kSlowSeconds = 30;
constexpr long kFound = 200;

struct Sink {
  std::FILE* file;
  std::int64_t left;
  bool is_too_long = false;
};

std::size_t write_piece(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& sink = *static_cast<Sink*>(to);
  sink.left -= static_cast<std::int64_t>(size * count);
  sink.is_too_long = sink.left < 0;
  return sink.is_too_long ? 0 : std::fwrite(bytes, size, count, sink.file);
}

// What must hold of every transfer. CURL's options are variadic: numbers must be long.
void set_options(CURL* curl, const std::string& url, Sink& sink) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, kMostRedirects);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, write_piece);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
}

base::Status transfer(const std::string& url, Sink& sink) {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (curl == nullptr) return base::Error{"libcurl cannot start"};
  char reason[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, reason);
  set_options(curl.get(), url, sink);
  const CURLcode code = curl_easy_perform(curl.get());
  long answer = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
  if (sink.is_too_long) return base::Error{url + ": is longer than it may be"};
  if (answer >= 400) return base::Error{url + ": the server answers " + std::to_string(answer)};
  if (code != CURLE_OK) return base::Error{url + ": " + (reason[0] != '\0' ? reason : curl_easy_strerror(code))};
  if (answer != kFound) return base::Error{url + ": the server answers " + std::to_string(answer) + ", not 200"};
  return {};
}

}  // namespace

base::Status download_file(const std::string& url, const std::string& path, std::int64_t most_bytes) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return base::Error{path + ": cannot be written"};
  Sink sink{file, most_bytes};
  base::Status status = transfer(url, sink);
  if (std::fclose(file) != 0 && status) status = base::Error{path + ": cannot be written to its end"};
  if (!status) std::remove(path.c_str());
  return status;
}

}  // namespace hangil::model
