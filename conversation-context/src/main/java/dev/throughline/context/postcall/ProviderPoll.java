package dev.throughline.context.postcall;

import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConversationSummary;
import dev.throughline.platform.tenant.TenantDirectory;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Fills in what no webhook brought: lists each agent's conversations once they are old enough for their webhook to be late, and asks for those
 * nothing is known of. How far it came is in the database, replicas take different agents, and a provider that fails is left alone for
 * longer each time.
 */
@ApplicationScoped
class ProviderPoll {

    private static final Logger LOG = Logger.getLogger(ProviderPoll.class);
    /** What one list can hold ({@link ConvaiClient#conversations}); a period with more is listed by halves. */
    static final int FULL_LIST = 500;

    private static final Duration LONGEST_PERIOD = Duration.ofHours(6);
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(10);

    private final ConvaiClient convai;
    private final TenantDirectory tenants;
    private final ProviderPollStore store;
    private final MissingConversations missing;
    private final PostCallConfig config;
    private final Clock clock;

    ProviderPoll(
            ConvaiClient convai,
            TenantDirectory tenants,
            ProviderPollStore store,
            MissingConversations missing,
            PostCallConfig config,
            Clock clock) {
        this.convai = convai;
        this.tenants = tenants;
        this.store = store;
        this.missing = missing;
        this.config = config;
        this.clock = clock;
    }

    /** One round: one list of one agent, then some of the conversations that are missing. */
    @Scheduled(
            every = "${throughline.provider-poll.look:30s}",
            delayed = "30s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> round() {
        if (!convai.isConfigured()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant();
        return store.know(agents(), now.minus(config.pollBack()), now)
                .chain(() -> store.claim(now, config.pollEvery().multipliedBy(2)))
                .chain(claimed -> claimed.map(agent -> list(agent, now))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(missing::ask)
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("looking for missing conversations failed, reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Set<String> agents() {
        Set<String> agents = new TreeSet<>();
        convai.defaultAgentId().ifPresent(agents::add);
        tenants.all().forEach(tenant -> {
            Optional.ofNullable(tenant.settings().elevenLabsAgentId()).ifPresent(agents::add);
            Optional.ofNullable(tenant.settings().elevenLabsTextAgentId()).ifPresent(agents::add);
        });
        return agents;
    }

    private Uni<Void> list(ProviderPollStore.Agent agent, Instant now) {
        Instant end = now.minus(config.pollAfter());
        if (!agent.listedUntil().isBefore(end)) {
            return store.listed(agent.id(), agent.listedUntil(), now.plus(config.pollEvery()));
        }
        Instant to = earlier(end, agent.listedUntil().plus(LONGEST_PERIOD));
        return list(agent, to, now);
    }

    private Uni<Void> list(ProviderPollStore.Agent agent, Instant to, Instant now) {
        return convai.conversations(agent.id(), agent.listedUntil(), to).chain(answer -> switch (answer) {
            case ConvaiAnswer.Success<List<ConversationSummary>>(List<ConversationSummary> found) -> {
                Duration period = Duration.between(agent.listedUntil(), to);
                if (found.size() >= FULL_LIST && period.compareTo(SHORTEST_PERIOD) > 0) {
                    yield list(agent, agent.listedUntil().plus(period.dividedBy(2)), now);
                }
                yield store.missing(
                                agent.id(),
                                found.stream().map(ConversationSummary::id).toList(),
                                now)
                        .chain(() -> store.listed(agent.id(), to, now.plus(config.pollEvery())));
            }
            case ConvaiAnswer.Failure<List<ConversationSummary>> failure -> {
                LOG.warnf("conversations not listed, agentId=%s reason=%s", agent.id(), failure.reason());
                yield store.failed(agent, now, config.pollEvery());
            }
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
