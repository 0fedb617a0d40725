package dev.throughline.telephony.inbound;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.BusinessHours;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.inbound.InboundDecision.Circumstances;
import dev.throughline.telephony.stream.AgentOutages;
import dev.throughline.telephony.stream.StreamInvitation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;

/** Finds out what a call's answer rests on; all of it in memory. */
@Singleton
final class InboundCircumstances {

    private final CallerRate rate;
    private final StreamInvitation agents;
    private final AgentOutages outages;
    private final Clock clock;

    InboundCircumstances(CallerRate rate, StreamInvitation agents, AgentOutages outages, Clock clock) {
        this.rate = rate;
        this.agents = agents;
        this.outages = outages;
        this.clock = clock;
    }

    /** The circumstances of a call to {@code tenant}; that it is one too many only the database can tell. Uses up the caller's allowance. */
    Circumstances of(CallWebhook call, Tenant tenant) {
        CallSettings calls = tenant.settings().calls();
        boolean blocked = blocked(call, tenant);
        return new Circumstances(
                blocked,
                !blocked
                        && !rate.admits(call.callSid(), call.from(), tenant.id().toString(), calls.callsPerMinute()),
                closed(tenant),
                agents.agentsConfigured(),
                outages.underWay(tenant.id()),
                agents.agentOf(tenant),
                false);
    }

    private static boolean blocked(CallWebhook call, Tenant tenant) {
        ContactAddress caller = LeadIds.address(call.from(), tenant.country(), call.callSid());
        return caller.kind() == ContactAddress.Kind.PHONE
                && tenant.settings().calls().blockedCallers().contains(caller.value());
    }

    private boolean closed(Tenant tenant) {
        return BusinessHours.closedAt(LocalDateTime.ofInstant(clock.instant(), tenant.zone()), tenant);
    }
}
