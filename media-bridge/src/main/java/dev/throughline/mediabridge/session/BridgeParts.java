package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.StreamTokens;
import dev.throughline.mediabridge.agent.AgentDialler;
import dev.throughline.mediabridge.events.BridgeEvents;
import dev.throughline.mediabridge.flight.CallTraces;
import dev.throughline.mediabridge.flight.FlightMetrics;
import dev.throughline.mediabridge.gateway.TelephonyGateway;
import dev.throughline.mediabridge.opening.Openings;
import dev.throughline.platform.context.LeadNews;
import jakarta.inject.Singleton;

/** What every session needs and shares. */
@Singleton
record BridgeParts(
        BridgeConfig config,
        SessionRegistry registry,
        StreamTokens tokens,
        TelephonyGateway telephony,
        Openings openings,
        AgentDialler dialler,
        BridgeEvents events,
        LeadNews news,
        BridgeMetrics metrics,
        FlightMetrics flightMetrics,
        CallTraces traces) {}
