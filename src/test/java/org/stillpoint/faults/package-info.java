/**
 * The faults: the packaged application is killed, its disk filled, ended under load, and its clock
 * moved. It is no test of the ordinary suite: {@code ./mvnw -q verify -Pfaults} runs it, prints one
 * table, and fails when a promise broke.
 */
@NullMarked
package org.stillpoint.faults;

import org.jspecify.annotations.NullMarked;
