/**
 * What the OpenAPI document says of every operation alike, so that no resource has to repeat it.
 */
@NullMarked
package org.stillpoint.api.openapi;

import org.jspecify.annotations.NullMarked;
