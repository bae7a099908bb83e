// SPDX-License-Identifier: Apache-2.0
#include <fastcdr/Cdr.h>
#include <fastcdr/FastBuffer.h>
#include <gtest/gtest.h>

#include "base/cdr.hpp"
#include "base/diff.hpp"
#include "messages/random_message.hpp"

// Our CDR codec beside eProsima Fast CDR, the one that ROS 2's default middleware uses.
namespace hangil::messages {
namespace {

// Writes a value struct with Fast CDR, member by member.
class FastCdrWriter {
 public:
  explicit FastCdrWriter(eprosima::fastcdr::Cdr& cdr) : cdr_(cdr) {}

  template <class T>
  void operator()(std::string_view, const T& value) {
    write(value);
  }

  template <class T>
  void write(const T& value) {
    if constexpr (base::FieldStruct<T>) {
      T::fields(value, *this);
    } else if constexpr (std::is_same_v<T, base::Time> || std::is_same_v<T, base::Duration>) {
      cdr_ << static_cast<std::int32_t>(value.ns / 1'000'000'000)
           << static_cast<std::uint32_t>(value.ns % 1'000'000'000);
    } else if constexpr (std::is_enum_v<T>) {
      cdr_ << static_cast<std::underlying_type_t<T>>(value);
    } else if constexpr (base::Scalar<T> || std::is_same_v<T, std::string>) {
      cdr_ << value;
    } else if constexpr (base::kIsVector<T>) {
      cdr_ << static_cast<std::uint32_t>(value.size());
      write_elements(value.data(), value.size());
    } else {
      write_elements(value.data(), value.size());
    }
  }

 private:
  template <class E>
  void write_elements(const E* data, std::size_t count) {
    if constexpr (base::Scalar<E>) {
      cdr_.serializeArray(data, count);
    } else {
      for (std::size_t i = 0; i < count; ++i) write(data[i]);
    }
  }

  eprosima::fastcdr::Cdr& cdr_;
};

// Fast CDR leaves padding as it finds it, so it writes into zeros.
template <class T>
base::Bytes encode_with_fastcdr(const T& value, std::size_t size) {
  std::vector<char> zeros(size + 64, 0);
  eprosima::fastcdr::FastBuffer buffer(zeros.data(), zeros.size());
  eprosima::fastcdr::Cdr cdr(buffer, eprosima::fastcdr::Cdr::LITTLE_ENDIANNESS, eprosima::fastcdr::Cdr::DDS_CDR);
  cdr.serialize_encapsulation();
  FastCdrWriter(cdr).write(value);
  const auto* begin = reinterpret_cast<const std::uint8_t*>(buffer.getBuffer());
  return {begin, begin + cdr.getSerializedDataLength()};
}

TEST(FastCdr, EncodesEveryMessageTypeToTheSameBytes) {
  unsigned seed = 100;
  tests::for_each_message_type([&](auto sample) {
    using T = decltype(sample);
    for (int round = 0; round < 50; ++round) {
      T value;
      if (round > 0) tests::RandomFill(++seed).fill(value);
      base::Bytes bytes;
      base::encode_cdr(value, bytes);
      ASSERT_EQ(bytes, encode_with_fastcdr(value, bytes.size())) << T::kType << ", round " << round;
      const auto read = base::decode_cdr<T>(bytes);
      ASSERT_TRUE(read.ok()) << read.error().message;
      EXPECT_TRUE(base::diff(value, *read).empty());
    }
  });
}

}  // namespace
}  // namespace hangil::messages
