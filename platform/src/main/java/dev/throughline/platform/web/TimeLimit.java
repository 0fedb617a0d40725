package dev.throughline.platform.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;

/** See {@link TimeLimited}. The failure is an outage, which {@link ErrorMappers} answers. */
@Interceptor
@TimeLimited
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class TimeLimit {

    /** How long an answer may take. */
    @ConfigMapping(prefix = "throughline.web")
    public interface Config {

        /** Lower than what callers wait: webhooks of our providers are given up after 15 s and more. */
        @WithDefault("10s")
        Duration timeLimit();
    }

    private final Config config;

    @Inject
    TimeLimit(Config config) {
        this.config = config;
    }

    @AroundInvoke
    Object limit(InvocationContext invocation) throws Exception {
        Object answer = invocation.proceed();
        return answer instanceof Uni<?> uni
                ? uni.ifNoItem().after(config.timeLimit()).fail()
                : answer;
    }
}
