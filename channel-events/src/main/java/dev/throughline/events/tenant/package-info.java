/**
 * A tenant's configuration as it stands on {@link dev.throughline.events.Topics#TENANTS}: owned and published by
 * tools-service, materialised in memory by every service. Secrets are on it only as hashes.
 */
@NullMarked
package dev.throughline.events.tenant;

import org.jspecify.annotations.NullMarked;
