/**
 * What holds for every exchange, before any resource is asked: its identifier, its headers, its
 * size and its deadlines.
 */
@NullMarked
package org.stillpoint.api.http;

import org.jspecify.annotations.NullMarked;
