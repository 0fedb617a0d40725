package dev.throughline.sms.answering;

import dev.throughline.events.Channel;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.inbound.InboundText;
import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.Sender;
import dev.throughline.sms.outbound.TextSender;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers one burst of texts of one lead, from the lead's context to the reply handed to Twilio. */
@ApplicationScoped
class LeadAnswer {

    private static final Logger LOG = Logger.getLogger(LeadAnswer.class);
    private static final String PICTURE = "[The customer sent a picture or a file, which you cannot see.]";

    private final TenantDirectory tenants;
    private final LeadContexts contexts;
    private final RecentTexts recent;
    private final TextAgent agent;
    private final Settlement settlement;
    private final TextSender sender;
    private final SmsConfig config;
    private final Clock clock;

    LeadAnswer(
            TenantDirectory tenants,
            LeadContexts contexts,
            RecentTexts recent,
            TextAgent agent,
            Settlement settlement,
            TextSender sender,
            SmsConfig config,
            Clock clock) {
        this.tenants = tenants;
        this.contexts = contexts;
        this.recent = recent;
        this.agent = agent;
        this.settlement = settlement;
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
            List<String> words =
                    tenant.flatMap(LeadAnswer::autoReply).map(List::of).orElse(List.of());
            return write(burst, words, null, List.of());
        }
        Instant began = clock.instant();
        return contexts.find(last.tenantId(), last.leadId())
                .chain(context -> recent.addedTo(context, last.tenantId(), last.leadId()))
                .map(context -> context.map(known -> known.hiding(eventIds(burst))))
                .chain(context -> agent.ask(agentId.get(), question(tenant.get(), last, context, burst)))
                .chain(turn -> write(
                        burst,
                        words(turn, tenant.get(), last),
                        turn instanceof Turn.Replied replied ? replied.conversationId() : null,
                        conversation(turn, agentId.get(), began, last)));
    }

    private static Set<UUID> eventIds(List<InboundText> burst) {
        return burst.stream()
                .map(text -> EventIds.of("sms.received", text.messageSid()))
                .collect(Collectors.toSet());
    }

    private static TextAgent.Question question(
            Tenant tenant, InboundText last, Optional<LeadContext> context, List<InboundText> burst) {
        String words = burst.stream()
                .flatMap(text -> Stream.of(text.body(), text.mediaUrls().isEmpty() ? "" : PICTURE))
                .filter(said -> !said.isBlank())
                .collect(Collectors.joining("\n"));
        Set<String> sids = burst.stream().map(InboundText::messageSid).collect(Collectors.toSet());
        return new TextAgent.Question(tenant, last.leadId(), last.customer(), context, words, sids);
    }

    private Uni<Void> write(
            List<InboundText> burst, List<String> words, @Nullable String conversationId, List<RecordedEvent> events) {
        InboundText last = burst.getLast();
        List<OutboundText> replies = new ArrayList<>();
        for (String body : words) {
            replies.add(reply(last, body, replies.size(), conversationId));
        }
        return settlement.settle(burst, replies, events).chain(this::send);
    }

    /** One after the other; what has to wait for its place is found by the sweep. */
    private Uni<Void> send(List<OutboundText> replies) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (OutboundText reply : replies) {
            all = all.chain(() -> sender.send(reply.id()));
        }
        return all;
    }

    private List<String> words(Turn turn, Tenant tenant, InboundText last) {
        if (turn instanceof Turn.Replied replied) {
            Integer own = tenant.settings().texts().maxLength();
            int limit = own == null ? config.maxLength() : Math.min(own, config.maxLength());
            return ReplyTexts.of(replied.parts(), limit);
        }
        LOG.warnf("lead %s: the agent did not answer (%s)", last.leadId(), turn);
        return Optional.ofNullable(tenant.settings().texts().fallback())
                .filter(fallback -> !fallback.isBlank())
                .or(() -> autoReply(tenant))
                .map(List::of)
                .orElse(List.of());
    }

    private static Optional<String> autoReply(Tenant tenant) {
        return Optional.ofNullable(tenant.settings().autoReply()).filter(words -> !words.isBlank());
    }

    /** @param number from 0, among the texts of the answer */
    private static OutboundText reply(InboundText answered, String body, int number, @Nullable String conversationId) {
        String sid = answered.messageSid();
        return OutboundText.answer(
                number == 0 ? EventIds.of("reply", sid) : EventIds.of("reply", sid, number),
                answered.tenantId(),
                answered.leadId(),
                answered.customer(),
                new Sender(answered.businessNumber(), null),
                body,
                sid,
                number,
                conversationId);
    }

    private List<RecordedEvent> conversation(Turn turn, String agentId, Instant began, InboundText last) {
        String id =
                switch (turn) {
                    case Turn.Replied replied -> replied.conversationId();
                    case Turn.Silence silence -> silence.conversationId();
                    case Turn.OverrideRefused refused -> "";
                    case Turn.NotReached notReached -> "";
                };
        if (id.isEmpty()) {
            return List.of();
        }
        String reason = turn instanceof Turn.Silence silence ? silence.reason() : "answered";
        return List.of(
                SmsEvents.recorded(
                        EventIds.of("conversation.started", id),
                        began,
                        last.tenantId(),
                        last.leadId(),
                        new ConversationEvent.Started(id, Channel.SMS, agentId, null)),
                SmsEvents.recorded(
                        EventIds.of("conversation.ended", id),
                        clock.instant(),
                        last.tenantId(),
                        last.leadId(),
                        new ConversationEvent.Ended(id, Channel.SMS, reason)));
    }
}
