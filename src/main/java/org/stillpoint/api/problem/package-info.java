/**
 * Every failure as a problem of RFC 9457: a permanent code, a sentence in the caller's language,
 * never exception text. What is not there and what is not yours get the same answer (S34).
 */
@NullMarked
package org.stillpoint.api.problem;

import org.jspecify.annotations.NullMarked;
