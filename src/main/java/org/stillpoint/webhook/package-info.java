/**
 * What happens to members, told to the servers of their apps, by the Standard Webhooks
 * specification 1.0.0. An app's server says where, by a login of the app itself; a member's app
 * says whose events. Keeps S30 (ids and types only, signed), S31, S33 and S34.
 */
@NullMarked
package org.stillpoint.webhook;

import org.jspecify.annotations.NullMarked;
