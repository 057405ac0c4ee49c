/** The language in which an answer speaks to its caller. */
@NullMarked
package org.stillpoint.api.language;

import org.jspecify.annotations.NullMarked;
