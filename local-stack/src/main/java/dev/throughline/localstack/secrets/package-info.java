/**
 * The secrets of one local installation: made once, kept in the data directory readable by the owner only, never printed. Also
 * the operator tokens signed with them, which every service checks with the public key.
 */
@NullMarked
package dev.throughline.localstack.secrets;

import org.jspecify.annotations.NullMarked;
