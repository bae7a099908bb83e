// SPDX-License-Identifier: Apache-2.0
#include "model/torchscript_scan.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "model/pickle_scan.hpp"
#include "model/zip_entries.hpp"

namespace hangil::model {

namespace {

// What networks compute with; everything else (files, devices, code, printing) is refused. A blank around each.
constexpr std::string_view kOperators =
    " "
    "__and__ __contains__ __derive_index __getitem__ __is__ __isnot__ __not__ __range_length _convolution "
    "_convolution_mode _upsample_bicubic2d_aa _upsample_bilinear2d_aa _upsample_nearest_exact1d "
    "_upsample_nearest_exact2d _upsample_nearest_exact3d abs adaptive_avg_pool1d adaptive_avg_pool2d "
    "adaptive_avg_pool3d adaptive_max_pool2d add add_ addcmul addmm all any append arange argmax avg_pool1d "
    "avg_pool2d batch_norm bitwise_and bmm bool cat ceil channel_shuffle chunk clamp clamp_ clamp_min clone "
    "constant_pad_nd contiguous conv1d conv2d conv3d conv_transpose2d copy_ cos cumsum detach device dim div "
    "div_ dropout dropout_ einsum elu embedding empty_like eq erf exp expand expand_as feature_dropout fill_ "
    "flatten floor floor_divide floordiv format full full_like gather ge gelu grid_sampler group_norm gt "
    "hardsigmoid hardsigmoid_ hardswish hardswish_ hardtanh hardtanh_ index index_put_ index_select inf "
    "instance_norm interpolate is_floating_point isfinite item layer_norm le leaky_relu leaky_relu_ len linear "
    "log log2 log_softmax logical_and logical_not logical_or lt masked_fill masked_fill_ masked_select matmul "
    "max max_pool1d max_pool2d maximum mean meshgrid min minimum mish mm mul mul_ nan narrow ne neg nonzero norm "
    "ones ones_like permute pixel_shuffle pow prelu prod reciprocal relu relu6 relu_ remainder repeat reshape "
    "roll round rsqrt rsub scatter scatter_add select selu sigmoid sigmoid_ sign silu silu_ sin size slice "
    "softmax softplus sort split split_with_sizes sqrt square squeeze stack std sub sub_ sum t tanh tanh_ tensor "
    "tile to topk transpose tril triu unbind unfold unsqueeze unsqueeze_ upsample_bicubic2d upsample_bilinear2d "
    "upsample_linear1d upsample_nearest1d upsample_nearest2d upsample_nearest3d upsample_trilinear3d var view "
    "view_as warn where zeros zeros_like ";

bool is_operator(std::string_view name) {
  return kOperators.find(" " + std::string(name) + " ") != std::string_view::npos;
}

constexpr std::array<std::string_view, 7> kPrimitives = {
    "prim.RaiseException", "prim.NumToTensor",   "prim.data", "prim.min", "prim.max",
    "prim.dtype",          "prim.unchecked_cast"};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

// Empty when a dotted name of the code is harmless, else what it is.
std::string refused_name(std::string_view name) {
  const bool is_torch = name == "torch" || name.starts_with("torch."),
             is_ops = name == "ops" || name.starts_with("ops.");
  if (is_torch) {
    const std::string_view rest = name.substr(std::min<std::size_t>(name.size(), 6));
    if (is_operator(rest)) return "";
  } else if (is_ops) {
    const std::string_view rest = name.substr(std::min<std::size_t>(name.size(), 4));
    if (std::find(kPrimitives.begin(), kPrimitives.end(), rest) != kPrimitives.end()) return "";
    if (rest.starts_with("aten.") && is_operator(rest.substr(5))) return "";
  } else {
    const auto dot = name.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
    const bool is_reserved =
        name == "fork" || name == "__import__" || name == "print" || name == "getattr" || name == "rpc_async";
    return is_reserved || last == "from_file" ? std::string(name) : "";
  }
  return std::string(name);
}

base::Status scan_code(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  int line = 1;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') ++line;
    if (!is_word(text[at])) {
      // A name may not be torn apart by blanks: "torch . save".
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::string refused = refused_name(text.substr(at, end - at));
    if (!refused.empty()) {
      return base::Error{"line " + std::to_string(line) + " uses '" + refused +
                         "', which is not on the list of operators"};
    }
    at = end;
  }
  return {};
}

bool is_kept_as_it_is(std::string_view path) {
  return path == "version" || path == "byteorder" || path == ".format_version" || path == ".storage_alignment" ||
         path.starts_with("data/") || path.starts_with("constants/") || path.starts_with(".data/");
}

base::Status scan_entry(const ZipEntry& entry) {
  const std::string_view name = entry.name;
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return base::Error{"lies beside the archive's folder"};
  const std::string_view path = name.substr(slash + 1);
  if (path.starts_with("code/") && path.ends_with(".py")) return scan_code(entry.bytes);
  if (path == "data.pkl" || path == "constants.pkl") return scan_pickle(entry.bytes);
  if (path.starts_with("code/") && path.ends_with(".debug_pkl")) return scan_pickle(entry.bytes);
  if (is_kept_as_it_is(path)) return {};
  return base::Error{"is nothing that TorchScript writes"};
}

}  // namespace

base::Status scan_torchscript(std::span<const std::uint8_t> archive, const std::string& file) {
  const auto entries = zip_entries(archive);
  if (!entries) return base::Error{file + ": " + entries.error().message};
  for (const ZipEntry& entry : *entries) {
    const auto status = scan_entry(entry);
    if (!status) return base::Error{file + ": " + entry.name + ": " + status.error().message};
  }
  return {};
}

}  // namespace hangil::model
