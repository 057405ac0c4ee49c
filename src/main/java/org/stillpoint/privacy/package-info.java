/**
 * A member's rights over what is theirs: how long it is kept, the log of who has got at it, a copy
 * of it, its erasure, and the way out. Keeps S10, S29, S32, S33 and the retention that the product
 * promises. It reaches every feature through {@link org.stillpoint.privacy.spi.PersonalDataSource}.
 */
@NullMarked
package org.stillpoint.privacy;

import org.jspecify.annotations.NullMarked;
