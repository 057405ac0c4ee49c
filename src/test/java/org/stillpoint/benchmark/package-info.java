/**
 * The benchmark: how fast a tap is, and how far from what the database alone could do. It is no
 * test: {@code ./mvnw -q verify -Pbenchmark} runs it and prints one table.
 */
@NullMarked
package org.stillpoint.benchmark;

import org.jspecify.annotations.NullMarked;
