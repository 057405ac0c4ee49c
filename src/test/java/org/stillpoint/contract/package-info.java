/**
 * Writes the OpenAPI documents from the code, and holds the committed ones against them. What the
 * application serves is the committed ones: generating them is not part of running it.
 */
@NullMarked
package org.stillpoint.contract;

import org.jspecify.annotations.NullMarked;
