package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing that is there.
 *
 * @param id the provider's
 * @param document what it says, in the words of {@link Wish#wanted()}
 */
public record Found(String id, ObjectNode document) {}
