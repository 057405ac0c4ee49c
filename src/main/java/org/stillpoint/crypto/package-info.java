/**
 * Secrets and people's words: master keys outside the database, the keys that they wrap, and the
 * types that keep words quiet and sealed. What a member wrote is sealed under the member's own data
 * key; to destroy that key is to erase it, within the time after which master keys are destroyed
 * (S33).
 */
@NullMarked
package org.stillpoint.crypto;

import org.jspecify.annotations.NullMarked;
