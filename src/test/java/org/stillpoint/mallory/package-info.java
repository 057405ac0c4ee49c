/**
 * The hostile partner: somebody with a valid login and the API's own documents, who tries to read,
 * block, hurry, wear down, impersonate, trace and outlast the other. Each attempt is tagged with
 * the rule that it attacks. Where it can be, an attempt is made of the document, so that a new
 * operation is attacked without anybody adding it, or says which thing {@code Estate} has to make
 * for it.
 */
@NullMarked
package org.stillpoint.mallory;

import org.jspecify.annotations.NullMarked;
