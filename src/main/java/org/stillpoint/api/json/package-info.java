/** JSON as the contract has it: strict when read, with one form for each value when written. */
@NullMarked
package org.stillpoint.api.json;

import org.jspecify.annotations.NullMarked;
