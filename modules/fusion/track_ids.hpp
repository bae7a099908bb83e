// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace hangil::fusion {

// Gives each track its number: 1, 2, ..., none twice. A track that begins again with the same box of the same frame, as
// when frames are taken in once more because one came late, gets the number it had; the last 256 are remembered.
class TrackIds {
 public:
  TrackIds() { given_.reserve(kRemembered); }

  std::uint32_t id_of(base::Time first_seen, std::uint32_t birth) {
    for (const Given& given : given_) {
      if (given.first_seen == first_seen && given.birth == birth) return given.id;
    }
    const Given given = {first_seen, birth, next_++};
    if (given_.size() < kRemembered) {
      given_.push_back(given);
    } else {
      given_[given.id % kRemembered] = given;
    }
    return given.id;
  }

  void forget() { given_.clear(); }

 private:
  static constexpr std::size_t kRemembered = 256;
  struct Given {
    base::Time first_seen;
    std::uint32_t birth = 0, id = 0;
  };
  std::uint32_t next_ = 1;
  std::vector<Given> given_;
};

}  // namespace hangil::fusion
