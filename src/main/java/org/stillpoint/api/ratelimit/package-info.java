/**
 * How much one caller may ask, told by the RateLimit header fields. A pause is never counted (S1).
 */
@NullMarked
package org.stillpoint.api.ratelimit;

import org.jspecify.annotations.NullMarked;
