import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { samples } from "./samples.js";

// The package exports no serialization layer, but ships it; it is what the official client parses answers with.
const load = createRequire(import.meta.url);
const serialization = {
  ...load("@elevenlabs/elevenlabs-js/serialization/index.js"),
  ...load("@elevenlabs/elevenlabs-js/serialization/resources/conversationalAi/resources/phoneNumbers/types/index.js"),
};

for (const [at, { model, body }] of samples("rest.json").entries()) {
  test(`answer ${at} is a ${model} to the official library, with no field unknown to it`, () => {
    const schema = serialization[model];
    assert.ok(schema, `the library has no ${model}`);
    const result = schema.parse(body, { unrecognizedObjectKeys: "fail" });
    assert.deepEqual(result.ok ? [] : result.errors, []);
  });
}
