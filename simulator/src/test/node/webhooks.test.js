import assert from "node:assert/strict";
import { test } from "node:test";
import { ElevenLabsClient } from "@elevenlabs/elevenlabs-js";
import { samples } from "./samples.js";

const client = new ElevenLabsClient({ apiKey: "test-only-key" });
const hooks = samples("webhooks.json");

test("both kinds of webhook were captured", () => {
  const types = new Set(hooks.map(({ body }) => JSON.parse(body).type));
  assert.deepEqual([...types].sort(), ["call_initiation_failure", "post_call_transcription"]);
});

for (const [at, { body, signature, secret }] of hooks.entries()) {
  test(`the official library accepts the signature of webhook ${at}`, async () => {
    const event = await client.webhooks.constructEvent(body, signature, secret);
    assert.equal(event.type, JSON.parse(body).type);
  });
  test(`the official library refuses webhook ${at} when a byte is changed`, async () => {
    await assert.rejects(client.webhooks.constructEvent(body.replace("conv_", "conv-"), signature, secret), /hash/);
  });
}
