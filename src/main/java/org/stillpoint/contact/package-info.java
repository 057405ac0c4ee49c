/**
 * How a member is reached without an app: numbers and e-mail addresses of the member's own, and the
 * order in which all ways are tried. Keeps S30, S31, S10, S33 and S34.
 *
 * <p>Nobody may use it to pester somebody else: an address gets one code, and nothing more until
 * that code came back; codes to one address are counted over all members ({@link
 * org.stillpoint.contact.ContactCodes}), and whoever asks for one can't tell what others have.
 *
 * <p>{@link org.stillpoint.contact.SmsChannel} and {@link org.stillpoint.contact.EmailChannel}
 * write what is delivered. They say what a phone shows, and nothing else.
 */
@NullMarked
package org.stillpoint.contact;

import org.jspecify.annotations.NullMarked;
