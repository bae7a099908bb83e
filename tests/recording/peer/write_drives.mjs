// SPDX-License-Identifier: Apache-2.0
// node write_drives.mjs FOLDER
// Writes one drive in every way that @mcap/core knows, and FOLDER/expected.txt: a line a message in file order,
// "topic sequence published stamp hexadecimal-bytes".
import fs from "node:fs/promises";
import { McapWriter } from "@mcap/core";
import { parse } from "@foxglove/rosmsg";
import { MessageWriter } from "@foxglove/rosmsg2-serialization";
import { compressors } from "./codecs.mjs";

const folder = process.argv[2];
const schemaText = "uint32 number\nstring text\nfloat64[] values\n";
const encoder = new MessageWriter(parse(schemaText, { ros2: true }));
const topics = ["/a", "/b"];
const messages = [];
for (let i = 0; i < 200; ++i) {
  const value = { number: i, text: "x".repeat(i % 30), values: new Float64Array(i % 17).fill(i) };
  messages.push({ topic: i % 3 === 0 ? 1 : 0, sequence: i, logTime: BigInt(1e9 + i * 1000), publishTime: BigInt(1e9 + i * 900),
                  data: encoder.writeMessage(value) });
}

async function write(name, options) {
  const file = await fs.open(`${folder}/${name}.mcap`, "w");
  let position = 0;
  const writable = {
    position: () => BigInt(position),
    write: async (bytes) => void (position += (await file.write(bytes)).bytesWritten),
  };
  const writer = new McapWriter({ writable, chunkSize: 2000, ...options });
  await writer.start({ profile: "ros2", library: "peer" });
  const schemaId = await writer.registerSchema({ name: "test_msgs/msg/Peer", encoding: "ros2msg", data: Buffer.from(schemaText) });
  const ids = [];
  for (const topic of topics) {
    ids.push(await writer.registerChannel({ topic, schemaId, messageEncoding: "cdr", metadata: new Map([["made", "by peer"]]) }));
  }
  for (const { topic, ...message } of messages) await writer.addMessage({ ...message, channelId: ids[topic] });
  const time = messages[0].logTime;
  await writer.addAttachment({ name: "note", mediaType: "text/plain", logTime: time, createTime: time, data: Buffer.from("hello") });
  await writer.addMetadata({ name: "about", metadata: new Map([["key", "value"]]) });
  await writer.end();
  await file.close();
}

for (const [name, compressChunk] of Object.entries(compressors)) await write(name, { compressChunk });
await write("unchunked", { useChunks: false });
await write("without_chunk_index", { useChunkIndex: false });
await write("without_statistics", { useStatistics: false });
await write("without_repeated_channels", { repeatChannels: false, repeatSchemas: false });
await write("without_summary", {
  useStatistics: false, useSummaryOffsets: false, repeatSchemas: false, repeatChannels: false, useAttachmentIndex: false,
  useMetadataIndex: false, useMessageIndex: false, useChunkIndex: false,
});
const line = (m) => [topics[m.topic], m.sequence, m.logTime, m.publishTime, Buffer.from(m.data).toString("hex")].join(" ");
await fs.writeFile(`${folder}/expected.txt`, messages.map(line).join("\n") + "\n");
