package dev.throughline.platform.tenant;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A service that does not know the tenants yet would turn callers away: not ready. Kafka going away later does not matter. */
@Readiness
@Singleton
public class TenantDirectoryReadiness implements HealthCheck {

    private final TenantDirectory directory;

    TenantDirectoryReadiness(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("tenant directory warm")
                .status(directory.isWarm())
                .withData("tenants", directory.all().size())
                .build();
    }
}
