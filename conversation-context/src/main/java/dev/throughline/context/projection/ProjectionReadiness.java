package dev.throughline.context.projection;

import dev.throughline.events.Topics;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the projection has partitions: run no more replicas than the topic has of them. */
@Singleton
@Readiness
class ProjectionReadiness implements HealthCheck {

    private final ProjectionConsumer consumer;

    ProjectionReadiness(ProjectionConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("projection reads " + Topics.CHANNEL_EVENTS)
                .status(consumer.isAssigned())
                .build();
    }
}
