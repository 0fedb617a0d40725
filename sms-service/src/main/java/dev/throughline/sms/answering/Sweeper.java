package dev.throughline.sms.answering;

import dev.throughline.sms.outbound.TextSender;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Picks up what a crash, a full process or an absent broker left behind. */
@ApplicationScoped
class Sweeper {

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
                        .transformToUni(sender::send)
                        .merge(SENDS_AT_ONCE)
                        .collect()
                        .asList())
                .replaceWithVoid();
    }
}
