import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { samples } from "./samples.js";

const here = dirname(fileURLToPath(import.meta.url));
const typescript = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** The published type of every message; null where only the documentation has the message and the package does not. */
const types = {
  conversation_initiation_metadata: "ConversationMetadata",
  ping: "Ping",
  audio: "AudioClientEvent",
  user_transcript: "UserTranscriptionClientEvent",
  tentative_user_transcript: "TentativeUserTranscriptionClientEvent",
  agent_response: "AgentResponseClientEvent",
  agent_response_correction: "AgentResponseCorrectionClientEvent",
  agent_chat_response_part: "AgentChatResponsePartClientEvent",
  interruption: "Interruption",
  client_tool_call: "ClientToolCallClientEvent",
  agent_tool_request: "AgentToolRequestClientEvent",
  agent_tool_response: "AgentToolResponseClientEvent",
  agent_tool_response_full_payload: "AgentToolResponseFullPayloadClientEvent",
  error: "ErrorClientEvent",
  agent_response_complete: null,
  client_error: null,
};

const documented = {
  agent_response_complete: '{ type: "agent_response_complete"; agent_response_complete_event: { event_id: number } }',
  client_error: '{ type: "client_error"; error_event: { code: number; error_name: string; message?: string } }',
};

/** Documented after the package was published (expects_response in client_tool_call), so unknown to its types. */
function withoutNewerFields(event) {
  const copy = structuredClone(event);
  if (copy.type === "client_tool_call") {
    assert.equal(typeof copy.client_tool_call.expects_response, "boolean");
    delete copy.client_tool_call.expects_response;
  }
  return copy;
}

test("every message type is known here", () => {
  for (const event of samples("socket.json")) {
    assert.ok(event.type in types, event.type);
  }
});

test("every captured message type-checks as a literal of its published type", () => {
  const lines = ['import type * as Agents from "@elevenlabs/types";'];
  samples("socket.json").forEach((event, at) => {
    const type = types[event.type] ? `Agents.${types[event.type]}` : documented[event.type];
    lines.push(`export const message${at}: ${type} = ${JSON.stringify(withoutNewerFields(event))};`);
  });
  compile(lines, true);
});

test("the type check would notice a wrong message", () => {
  compile(['import type * as Agents from "@elevenlabs/types";', 'export const wrong: Agents.Ping = { type: "ping" };'], false);
});

function compile(lines, expected) {
  // Beside node_modules, so that the compiler finds the package.
  const folder = join(here, "node_modules", ".contract");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, expected ? "captured.ts" : "wrong.ts");
  writeFileSync(file, lines.join("\n"));
  const check = () =>
    execFileSync(process.execPath, [typescript, "--noEmit", "--strict", "--module", "nodenext", "--moduleResolution", "nodenext",
      "--target", "es2022", file], { encoding: "utf8", stdio: "pipe" });
  if (expected) {
    try {
      check();
    } catch (failure) {
      assert.fail(failure.stdout);
    }
  } else {
    assert.throws(check);
  }
}
