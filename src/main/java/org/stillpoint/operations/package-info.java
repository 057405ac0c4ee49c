/**
 * What an operator sees: health, metrics, traces and logs. None of them tells who somebody is or
 * what somebody wrote.
 */
@NullMarked
package org.stillpoint.operations;

import org.jspecify.annotations.NullMarked;
