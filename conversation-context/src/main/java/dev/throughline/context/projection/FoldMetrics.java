package dev.throughline.context.projection;

import dev.throughline.events.ConversationEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what has become known: this service alone sees every event of every channel, each once. */
@Singleton
class FoldMetrics {

    private final MeterRegistry metrics;

    FoldMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** @param news events that are committed and were not known before */
    void count(List<RecordedEvent> news) {
        for (RecordedEvent recorded : news) {
            metrics.counter("throughline.events.folded", "type", recorded.type())
                    .increment();
            switch (recorded.event()) {
                case SmsEvent.Received received -> text("received");
                case SmsEvent.Sent sent -> text("requested");
                case SmsEvent.Refused refused -> text("refused");
                case SmsEvent.StatusChanged changed -> text(changed.status());
                case ConversationEvent.Analysed analysed -> cost(analysed.cost());
                default -> {
                    // Counted by its type alone.
                }
            }
        }
    }

    private void text(String status) {
        metrics.counter("throughline.texts", "status", status).increment();
    }

    private void cost(@Nullable Double credits) {
        if (credits != null) {
            metrics.counter("throughline.conversations.cost.credits").increment(credits);
        }
    }
}
