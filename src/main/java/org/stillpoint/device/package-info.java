/**
 * A member's devices, and the push services that reach them. A device's address is sealed under its
 * owner's key and shown to nobody, its owner included; whoever registers one that another member
 * has registered before takes it from nobody. What partners see doesn't change by it. Keeps S10,
 * S30, S31, S33 and S34.
 */
@NullMarked
package org.stillpoint.device;

import org.jspecify.annotations.NullMarked;
