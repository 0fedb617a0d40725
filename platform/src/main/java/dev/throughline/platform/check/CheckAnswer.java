package dev.throughline.platform.check;

/**
 * What a service answers to a signed question.
 *
 * @param service its name
 * @param proof a service token for {@link CheckResource#AUDIENCE} whose subject is the question's nonce; empty without {@code INTERNAL_SECRET}
 */
public record CheckAnswer(String service, String proof) {}
