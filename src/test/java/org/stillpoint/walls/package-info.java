/** The walls under the rules: what still holds when a rule's code has been forgotten. */
@NullMarked
package org.stillpoint.walls;

import org.jspecify.annotations.NullMarked;
