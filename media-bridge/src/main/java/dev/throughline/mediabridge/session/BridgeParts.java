package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.events.BridgeEvents;
import dev.throughline.mediabridge.events.LeadNews;
import dev.throughline.platform.elevenlabs.AgentSockets;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import jakarta.inject.Singleton;

/** What every session needs and shares. */
@Singleton
record BridgeParts(
        BridgeConfig config,
        SessionRegistry registry,
        StreamTokens tokens,
        StreamOutcomes outcomes,
        Openings openings,
        ConvaiClient convai,
        AgentSockets sockets,
        BridgeEvents events,
        LeadNews news,
        BridgeMetrics metrics) {}
