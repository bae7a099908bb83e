// SPDX-License-Identifier: Apache-2.0
#include "model/signature.hpp"

#include <array>
#include <charconv>
#include <memory>

#include <openssl/evp.h>

#include "model/hex_digest.hpp"

namespace hangil::model {

base::Status check_signature(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> signature,
                             const std::string& public_key_hex) {
  std::array<std::uint8_t, 32> key_bytes{};
  if (!is_sha256_hex(public_key_hex)) return base::Error{"a public key has 64 lower-case hexadecimal digits"};
  for (std::size_t i = 0; i < key_bytes.size(); ++i) {
    const char* digits = public_key_hex.data() + 2 * i;
    std::from_chars(digits, digits + 2, key_bytes[i], 16);
  }
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key_bytes.data(), key_bytes.size()), EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const bool is_ready = key != nullptr && context != nullptr &&
                        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1;
  if (is_ready &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes.data(), bytes.size()) == 1) {
    return {};
  }
  return base::Error{"its signature is not one of the owner of key " + public_key_hex};
}

}  // namespace hangil::model
