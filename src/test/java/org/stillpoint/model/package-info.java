/**
 * Living agreements against a reference model: random members do random things over HTTP, and after
 * each of them everybody has to see what the model says. The model is written from the rules alone
 * and knows nothing of the application.
 */
@NullMarked
package org.stillpoint.model;

import org.jspecify.annotations.NullMarked;
