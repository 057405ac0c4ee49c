/**
 * What every feature that holds a member's data implements, so that it can be copied for the member
 * and ended, without that {@code privacy} knows the feature.
 */
@NullMarked
package org.stillpoint.privacy.spi;

import org.jspecify.annotations.NullMarked;
