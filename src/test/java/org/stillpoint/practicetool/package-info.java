/**
 * A practice tool, as somebody else would write it: it knows the API by its document alone, through
 * the client that is generated from it, and nothing of Stillpoint's code.
 */
@NullMarked
package org.stillpoint.practicetool;

import org.jspecify.annotations.NullMarked;
