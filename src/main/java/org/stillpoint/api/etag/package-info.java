/** Versions of a resource, so that nobody overwrites what they have not seen. */
@NullMarked
package org.stillpoint.api.etag;

import org.jspecify.annotations.NullMarked;
