/**
 * The operator's page: its session, which is the operator's own token in an HttpOnly cookie, and its files, which hold no data.
 * Invariant: everything an operator sees comes from the JWT-guarded APIs; the files are the same for everybody.
 */
@NullMarked
package dev.throughline.context.session;

import org.jspecify.annotations.NullMarked;
