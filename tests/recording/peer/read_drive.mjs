// SPDX-License-Identifier: Apache-2.0
// node read_drive.mjs DRIVE.mcap EXPECTED.jsonl
// Reads a drive with @mcap/core, both by its index and as a stream, decodes every message by its own schema and compares
// it with the expected values, one JSON object a line in reading order. Prints what differs; exit code 1 then.
import fs from "node:fs/promises";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { parse } from "@foxglove/rosmsg";
import { MessageReader, MessageWriter } from "@foxglove/rosmsg2-serialization";
import { decompressHandlers } from "./codecs.mjs";

const [drivePath, expectedPath] = process.argv.slice(2);
const bytes = new Uint8Array(await fs.readFile(drivePath));
const expected = (await fs.readFile(expectedPath, "utf8")).split("\n").filter(Boolean).map((line) => JSON.parse(line));
const problems = [];

function check(condition, what) {
  if (!condition) problems.push(what);
}

function isSameNumber(actual, wanted) {
  if (typeof actual === "bigint") return actual === BigInt(wanted);
  return actual === wanted || actual === Math.fround(wanted);
}

function compare(path, actual, wanted) {
  if (actual === undefined || actual === null) return check(false, `${path}: ${actual}`);
  if (typeof wanted === "number") return check(isSameNumber(actual, wanted), `${path}: ${actual}, expected ${wanted}`);
  if (Array.isArray(wanted)) {
    check(actual.length === wanted.length, `${path}: ${actual.length} elements, expected ${wanted.length}`);
    return wanted.forEach((value, i) => compare(`${path}[${i}]`, actual[i], value));
  }
  if (wanted !== null && typeof wanted === "object") {
    check(Object.keys(actual).sort().join() === Object.keys(wanted).sort().join(), `${path}: other members`);
    return Object.entries(wanted).forEach(([key, value]) => compare(`${path}.${key}`, actual[key], value));
  }
  check(actual === wanted, `${path}: ${actual}, expected ${wanted}`);
}

function checkMessage(schema, message, wanted) {
  const definitions = parse(new TextDecoder().decode(schema.data), { ros2: true });
  const reader = new MessageReader(definitions);
  const value = reader.readMessage(message.data);
  check(!reader.lastReadHadTrailingBytes(), `${wanted.topic}: bytes left over`);
  compare(wanted.topic, value, wanted.value);
  const again = new MessageWriter(definitions).writeMessage(value);
  check(Buffer.compare(again, message.data) === 0, `${wanted.topic}: the peer encodes other bytes`);
}

const readable = {
  size: async () => BigInt(bytes.length),
  read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
};
const indexed = await McapIndexedReader.Initialize({ readable, decompressHandlers });
check(indexed.header.profile === "ros2", "profile is not ros2");
let count = 0;
for await (const message of indexed.readMessages({ validateCrcs: true })) {
  const wanted = expected[count++];
  const channel = indexed.channelsById.get(message.channelId);
  const schema = indexed.schemasById.get(channel.schemaId);
  check(channel.topic === wanted.topic, `message ${count}: topic ${channel.topic}, expected ${wanted.topic}`);
  check(channel.messageEncoding === "cdr" && schema.encoding === "ros2msg", `${channel.topic}: encodings`);
  check(schema.name === wanted.type, `${channel.topic}: type ${schema.name}, expected ${wanted.type}`);
  check(message.logTime === BigInt(wanted.published), `message ${count}: logTime ${message.logTime}`);
  check(message.publishTime === BigInt(wanted.stamp), `message ${count}: publishTime ${message.publishTime}`);
  check(message.sequence === wanted.sequence, `message ${count}: sequence ${message.sequence}`);
  checkMessage(schema, message, wanted);
}
check(count === expected.length, `${count} messages by index, expected ${expected.length}`);
check(indexed.statistics.messageCount === BigInt(expected.length), "statistics count other messages");
const attachments = [];
for await (const attachment of indexed.readAttachments({ validateCrcs: true })) attachments.push(attachment);
check(attachments.length === 1 && new TextDecoder().decode(attachments[0].data) === "a: 1\n", "attachment");
const metadata = [];
for await (const record of indexed.readMetadata()) metadata.push(record);
check(metadata.length === 1 && metadata[0].metadata.get("vehicle") === "test", "metadata");

const stream = new McapStreamReader({ decompressHandlers, validateCrcs: true });
const seen = {};
for (let at = 0; at < bytes.length; at += 1000) {
  stream.append(bytes.subarray(at, at + 1000));
  for (let record; (record = stream.nextRecord()); ) seen[record.type] = (seen[record.type] ?? 0) + 1;
}
check(stream.done(), "the stream reader does not reach the end");
check((seen.Message ?? 0) === expected.length, `${seen.Message} messages in the stream`);
check(seen.SummaryOffset >= 4 && seen.ChunkIndex >= 1 && seen.MessageIndex >= 1, "index records are missing");

problems.slice(0, 20).forEach((problem) => console.log(problem));
console.log(`${count} messages, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
