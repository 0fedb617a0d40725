package dev.throughline.platform.service;

import org.jspecify.annotations.Nullable;

/**
 * What the other service answered.
 *
 * @param status of HTTP, any
 * @param retryAfter the header {@code Retry-After}, as it came; null when there was none
 * @param body may be empty
 */
public record ServiceReply(int status, @Nullable String retryAfter, String body) {}
