/**
 * What the members agreed on, and the limits that each draws for themself. Keeps S8, S10, S12, S13
 * and S32.
 */
@NullMarked
package org.stillpoint.agreement;

import org.jspecify.annotations.NullMarked;
