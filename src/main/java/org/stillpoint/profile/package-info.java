/**
 * {@code /me}: what a member says of themself, the attestation of S36, and which apps act for them.
 */
@NullMarked
package org.stillpoint.profile;

import org.jspecify.annotations.NullMarked;
