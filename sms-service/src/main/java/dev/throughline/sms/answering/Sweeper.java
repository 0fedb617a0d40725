package dev.throughline.sms.answering;

import dev.throughline.sms.outbound.TextSender;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Picks up what a crash, a full process or an absent broker left behind. */
@ApplicationScoped
class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int SENDS_AT_ONCE = 8;

    private final Answering answering;
    private final TextSender sender;

    Sweeper(Answering answering, TextSender sender) {
        this.answering = answering;
        this.sender = sender;
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return answering
                .sweep(PATIENCE)
                .chain(sender::clearUp)
                .chain(sender::due)
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUni(this::send)
                        .merge(SENDS_AT_ONCE)
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    /** One text that cannot be sent must not keep the others from it. */
    private Uni<Void> send(UUID id) {
        return sender.send(id)
                .onFailure()
                .invoke(failure -> LOG.errorf("text %s: sending failed (%s), tried again later", id, failure))
                .onFailure()
                .recoverWithNull();
    }
}
