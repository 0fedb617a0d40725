package dev.throughline.sms.answering;

import dev.throughline.events.Channel;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.consent.Consents;
import dev.throughline.sms.inbound.InboundText;
import dev.throughline.sms.inbound.InboundTexts;
import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.OutboundTexts;
import dev.throughline.sms.outbound.Sender;
import dev.throughline.sms.outbound.TextSender;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers one burst of texts of one lead, from the lead's context to the reply handed to Twilio. */
@ApplicationScoped
class LeadAnswer {

    private static final Logger LOG = Logger.getLogger(LeadAnswer.class);

    private final Pool pool;
    private final TenantDirectory tenants;
    private final LeadContexts contexts;
    private final TextAgent agent;
    private final InboundTexts inbound;
    private final OutboundTexts outbound;
    private final Consents consents;
    private final Outbox outbox;
    private final TextSender sender;
    private final SmsConfig config;
    private final Clock clock;

    LeadAnswer(
            Pool pool,
            TenantDirectory tenants,
            LeadContexts contexts,
            TextAgent agent,
            InboundTexts inbound,
            OutboundTexts outbound,
            Consents consents,
            Outbox outbox,
            TextSender sender,
            SmsConfig config,
            Clock clock) {
        this.pool = pool;
        this.tenants = tenants;
        this.contexts = contexts;
        this.agent = agent;
        this.inbound = inbound;
        this.outbound = outbound;
        this.consents = consents;
        this.outbox = outbox;
        this.sender = sender;
        this.config = config;
        this.clock = clock;
    }

    /** @param burst texts of one lead, oldest first, at least one */
    Uni<Void> to(List<InboundText> burst) {
        InboundText last = burst.getLast();
        Optional<Tenant> tenant = tenants.byId(last.tenantId());
        Optional<String> agentId = tenant.flatMap(agent::agentOf);
        if (tenant.isEmpty() || agentId.isEmpty()) {
            LOG.infof("lead %s: no agent answers texts", last.leadId());
            return settle(burst, tenant, new Turn.Silence("", "no agent"), Optional.empty());
        }
        Instant began = clock.instant();
        return contexts.find(last.tenantId(), last.leadId())
                .map(context -> context.map(known -> known.hiding(eventIds(burst))))
                .chain(context -> agent.ask(agentId.get(), question(tenant.get(), last, context, burst)))
                .chain(turn -> settle(burst, tenant, turn, Optional.of(new Asked(agentId.get(), began))));
    }

    private record Asked(String agentId, Instant at) {}

    private static Set<UUID> eventIds(List<InboundText> burst) {
        return burst.stream()
                .map(text -> EventIds.of("sms.received", text.messageSid()))
                .collect(Collectors.toSet());
    }

    private static TextAgent.Question question(
            Tenant tenant, InboundText last, Optional<LeadContext> context, List<InboundText> burst) {
        String words = burst.stream().map(InboundText::body).collect(Collectors.joining("\n"));
        return new TextAgent.Question(tenant, last.leadId(), last.customer(), context, words);
    }

    /** The reply, the end of the waiting and the conversation's events are one transaction; the sending comes after. */
    private Uni<Void> settle(List<InboundText> burst, Optional<Tenant> tenant, Turn turn, Optional<Asked> asked) {
        Instant now = clock.instant();
        InboundText last = burst.getLast();
        if (turn instanceof Turn.Silence silence && asked.isPresent()) {
            LOG.warnf("lead %s: the agent did not answer (%s)", last.leadId(), silence.reason());
        }
        Optional<OutboundText> reply = reply(turn, tenant, last);
        List<RecordedEvent> events =
                asked.map(a -> conversation(turn, a, now, last)).orElse(List.of());
        return pool.withTransaction(tx -> consents.isOptedOut(tx, last.tenantId(), last.leadId())
                        .chain(optedOut -> {
                            Optional<OutboundText> allowed = reply.filter(text -> !optedOut);
                            return inbound.settle(tx, burst, allowed.isPresent(), now)
                                    .chain(stillWaiting ->
                                            stillWaiting == 0 ? Uni.createFrom().voidItem() : add(tx, allowed, now))
                                    .chain(() -> outbox.append(tx, events))
                                    .replaceWith(allowed);
                        }))
                .chain(written -> written.map(text -> sender.send(text.id()))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> add(SqlClient tx, Optional<OutboundText> reply, Instant now) {
        return reply.map(text -> outbound.add(tx, text, now))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Optional<OutboundText> reply(Turn turn, Optional<Tenant> tenant, InboundText last) {
        return switch (turn) {
            case Turn.Replied replied ->
                Optional.of(text(
                        last,
                        ReplyText.of(replied.parts(), config.maxLength()),
                        Speaker.AGENT,
                        replied.conversationId()));
            case Turn.OverrideRefused refused -> autoReply(tenant, last);
            case Turn.Silence silence -> autoReply(tenant, last);
        };
    }

    private static Optional<OutboundText> autoReply(Optional<Tenant> tenant, InboundText last) {
        return tenant.flatMap(known -> Optional.ofNullable(known.settings().autoReply()))
                .filter(words -> !words.isBlank())
                .map(words -> text(last, words, Speaker.AGENT, null));
    }

    private static OutboundText text(
            InboundText answered, String body, Speaker author, @Nullable String conversationId) {
        return OutboundText.fresh(
                EventIds.of("reply", answered.messageSid()),
                answered.tenantId(),
                answered.leadId(),
                answered.customer(),
                new Sender(answered.businessNumber(), null),
                body,
                List.of(),
                author,
                answered.messageSid(),
                conversationId);
    }

    private static List<RecordedEvent> conversation(Turn turn, Asked asked, Instant now, InboundText last) {
        String id =
                switch (turn) {
                    case Turn.Replied replied -> replied.conversationId();
                    case Turn.Silence silence -> silence.conversationId();
                    case Turn.OverrideRefused refused -> "";
                };
        if (id.isEmpty()) {
            return List.of();
        }
        String reason = turn instanceof Turn.Silence silence ? silence.reason() : "answered";
        List<RecordedEvent> events = new ArrayList<>();
        events.add(SmsEvents.recorded(
                EventIds.of("conversation.started", id),
                asked.at(),
                last.tenantId(),
                last.leadId(),
                new ConversationEvent.Started(id, Channel.SMS, asked.agentId(), null)));
        events.add(SmsEvents.recorded(
                EventIds.of("conversation.ended", id),
                now,
                last.tenantId(),
                last.leadId(),
                new ConversationEvent.Ended(id, Channel.SMS, reason)));
        return events;
    }
}
