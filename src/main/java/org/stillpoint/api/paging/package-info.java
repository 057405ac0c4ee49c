/** Lists in pages behind an opaque cursor. */
@NullMarked
package org.stillpoint.api.paging;

import org.jspecify.annotations.NullMarked;
