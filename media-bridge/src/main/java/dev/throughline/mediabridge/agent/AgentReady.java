package dev.throughline.mediabridge.agent;

import dev.throughline.mediabridge.audio.AgentFormat;

/**
 * The agent listens.
 *
 * @param conversationId ElevenLabs' id
 * @param listens the format of caller audio
 * @param speaks the format of agent audio
 */
public record AgentReady(String conversationId, AgentFormat listens, AgentFormat speaks) {}
