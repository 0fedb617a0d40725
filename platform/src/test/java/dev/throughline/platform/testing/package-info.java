/**
 * What the tests of every service share, shipped as the platform's test jar: real PostgreSQL and Kafka, operator tokens, signed requests as
 * the providers send them, tenants, and the architecture rules. Signature checks stay on in tests.
 */
@NullMarked
package dev.throughline.platform.testing;

import org.jspecify.annotations.NullMarked;
