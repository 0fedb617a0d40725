package dev.throughline.tools.catalog;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * Something that can be had with a service.
 *
 * @param name unique within the service, whatever the case
 * @param price on top of the service's, in the tenant's currency, zero or more
 * @param minutes it makes the visit longer by, zero or more
 */
public record AddOn(UUID id, String name, BigDecimal price, int minutes) {}
