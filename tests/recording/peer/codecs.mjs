// SPDX-License-Identifier: Apache-2.0
// The compressions that MCAP knows, from packages that share no code with Hangil.
import lz4Decompress from "@foxglove/wasm-lz4";
import zstd from "@foxglove/wasm-zstd";
import lz4 from "lz4js";

await lz4Decompress.isLoaded;
await zstd.isLoaded;

export const decompressHandlers = {
  lz4: (bytes, size) => new Uint8Array(lz4Decompress(bytes, Number(size))),
  zstd: (bytes, size) => new Uint8Array(zstd.decompress(bytes, Number(size))),
};

export const compressors = {
  none: undefined,
  lz4: (bytes) => ({ compression: "lz4", compressedData: new Uint8Array(lz4.compress(bytes)) }),
  zstd: (bytes) => ({ compression: "zstd", compressedData: new Uint8Array(zstd.compress(bytes, 3)) }),
};
