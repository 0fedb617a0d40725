package dev.throughline.platform.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Twilio's classes are made of, as Jackson will look for it in a native executable. */
class TwilioReflectionTest {

    private static final Set<Class<?>> REGISTERED = Set.of(
            TwilioReflection.class.getAnnotation(RegisterForReflection.class).targets());

    @Test
    void shouldRegisterWhateverARegisteredTypeIsReadFrom() {
        Set<String> missing = new TreeSet<>();
        for (Class<?> type : REGISTERED) {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                Stream.of(constructor.getParameters())
                        .flatMap(TwilioReflectionTest::needed)
                        .filter(needed -> !isRegistered(needed))
                        .forEach(needed -> missing.add(needed.getName() + ", of " + type.getName()));
            }
        }

        assertThat(missing).isEmpty();
    }

    private static Stream<Class<?>> needed(Parameter parameter) {
        Stream<Class<?>> types = classes(parameter.getParameterizedType())
                .filter(type -> type.getName().startsWith("com.twilio."));
        JsonDeserialize how = parameter.getAnnotation(JsonDeserialize.class);
        return how == null || how.using() == JsonDeserializer.None.class
                ? types
                : Stream.concat(types, Stream.of(how.using()));
    }

    private static Stream<Class<?>> classes(Type type) {
        return switch (type) {
            case Class<?> plain -> Stream.of(plain);
            case ParameterizedType generic ->
                Stream.of(generic.getActualTypeArguments()).flatMap(TwilioReflectionTest::classes);
            default -> Stream.empty();
        };
    }

    /** Nested types go with the one they stand in. */
    private static boolean isRegistered(Class<?> type) {
        return REGISTERED.contains(type) || type.getEnclosingClass() != null && isRegistered(type.getEnclosingClass());
    }
}
