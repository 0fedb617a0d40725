package dev.throughline.sms.answering;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadNews;
import dev.throughline.platform.elevenlabs.AgentConnectException;
import dev.throughline.platform.elevenlabs.AgentMessages;
import dev.throughline.platform.elevenlabs.AgentSockets;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.sms.SmsConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Asks a tenant's agent in writing. */
@ApplicationScoped
class TextAgent {

    private static final Logger LOG = Logger.getLogger(TextAgent.class);
    private static final String TEXT_ONLY = "conversation.text_only";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final ConvaiClient convai;
    private final AgentSockets sockets;
    private final LeadNews news;
    private final SmsConfig config;
    private final Vertx vertx;
    private final Clock clock;

    TextAgent(ConvaiClient convai, AgentSockets sockets, LeadNews news, SmsConfig config, Vertx vertx, Clock clock) {
        this.convai = convai;
        this.sockets = sockets;
        this.news = news;
        this.config = config;
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * What to ask.
     *
     * @param customer E.164
     * @param context what is known of the lead, without the texts in {@code question}
     * @param question the text or burst to answer
     * @param messageSids of the texts in {@code question}
     */
    record Question(
            Tenant tenant,
            UUID leadId,
            String customer,
            Optional<LeadContext> context,
            String question,
            Set<String> messageSids) {}

    /** The agent that answers the tenant's texts; empty when there is none or ElevenLabs is not configured. */
    Optional<String> agentOf(Tenant tenant) {
        if (!convai.isConfigured()) {
            return Optional.empty();
        }
        return Optional.ofNullable(tenant.settings().elevenLabsTextAgentId())
                .or(() -> Optional.ofNullable(tenant.settings().elevenLabsAgentId()))
                .filter(id -> !id.isBlank())
                .or(convai::defaultAgentId);
    }

    /** Asks, and asks once more on a new session when there was no answer; never fails. */
    Uni<Turn> ask(String agentId, Question question) {
        boolean override = question.tenant().settings().elevenLabsTextAgentId() == null
                && question.tenant().settings().elevenLabsOverrides().contains(TEXT_ONLY);
        return reached(agentId, question, override).chain(first -> switch (first) {
            case Turn.Replied replied -> Uni.createFrom().item(first);
            case Turn.OverrideRefused refused -> {
                LOG.warnf(
                        "agent of tenant %s refuses the override %s",
                        question.tenant().id(), TEXT_ONLY);
                yield reached(agentId, question, false);
            }
            case Turn.Silence silence -> {
                LOG.infof("no answer to lead %s (%s), asking once more", question.leadId(), silence.reason());
                yield reached(agentId, question, override);
            }
            case Turn.NotReached notReached when notReached.mayPass() -> reached(agentId, question, override);
            case Turn.NotReached notReached -> Uni.createFrom().item(first);
        });
    }

    /** One session. An agent that is not reached is tried again for as long as one that is reached may take to answer. */
    private Uni<Turn> reached(String agentId, Question question, boolean override) {
        return reached(agentId, question, override, clock.instant().plus(config.replyTimeout()), FIRST_PAUSE);
    }

    private Uni<Turn> reached(String agentId, Question question, boolean override, Instant until, Duration pause) {
        return once(agentId, question, override).chain(turn -> {
            boolean again = turn instanceof Turn.NotReached notReached
                    && notReached.mayPass()
                    && clock.instant().plus(pause).isBefore(until);
            return again
                    ? Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(pause)
                            .chain(() -> reached(agentId, question, override, until, pause.multipliedBy(2)))
                    : Uni.createFrom().item(turn);
        });
    }

    private Uni<Turn> once(String agentId, Question question, boolean override) {
        return convai.signedUrl(agentId).chain(answer -> switch (answer) {
            case ConvaiAnswer.Failure<String> failure ->
                Uni.createFrom()
                        .item(new Turn.NotReached(
                                failure.reason().name(), failure.reason().retryable()));
            case ConvaiAnswer.Success<String>(String url) -> converse(url, question, override);
        });
    }

    private Uni<Turn> converse(String url, Question question, boolean override) {
        String initiation = initiation(question, override);
        boolean textOnlyAgent = question.tenant().settings().elevenLabsTextAgentId() != null;
        return Uni.createFrom().emitter(emitter -> {
            TextSession session = new TextSession(vertx, config, question.question(), !textOnlyAgent, emitter);
            SessionNews told = new SessionNews(question, session::inform);
            news.subscribe(question.leadId(), told);
            session.atEnd(() -> news.unsubscribe(question.leadId(), told));
            sockets.connect(url, session)
                    .subscribe()
                    .with(
                            socket -> session.begin(socket, initiation),
                            failure -> session.couldNotOpen(notReached(failure)));
        });
    }

    private static Turn.NotReached notReached(Throwable failure) {
        int status = failure instanceof AgentConnectException answered ? answered.httpStatus() : 0;
        boolean mayPass = status == 0 || ConvaiFailure.ofStatus(status).retryable();
        return new Turn.NotReached(String.valueOf(failure.getMessage()), mayPass);
    }

    private String initiation(Question question, boolean override) {
        Map<String, String> variables = ConversationVariables.of(
                question.tenant(),
                question.context(),
                new ConversationVariables.Facts(
                        question.leadId(), question.customer(), null, null, ConversationVariables.Medium.SMS),
                clock.instant());
        Map<String, Object> overrides = override ? Map.of(TEXT_ONLY, true) : Map.of();
        return AgentMessages.initiation(variables, overrides, question.leadId().toString());
    }
}
