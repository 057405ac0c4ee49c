/**
 * The embedded database: a real, unmodified PostgreSQL that lives in a folder and runs exactly as
 * long as this JVM.
 *
 * <p>The rules it keeps: what was acknowledged survives any kill of the JVM, of the server or of
 * both; the next start needs nobody's hand; no server outlives its JVM; one process at a time owns
 * a folder; nobody but the folder's owner reads it, and nobody logs in without a password.
 */
@NullMarked
package org.stillpoint.database;

import org.jspecify.annotations.NullMarked;
