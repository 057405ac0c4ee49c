/**
 * Check-ins: talks that are planned. What is there is the catalogue of templates: ways to talk,
 * each with a round to begin, timed items and a quiet end. Its structure is {@link
 * org.stillpoint.checkin.TemplateCatalogue}, its words are {@code check-in-templates_*.properties}.
 *
 * <p>No template asks who is to blame, asks for an apology or for forgiveness, or lets anybody be
 * compared (S24 to S26). What could be answered to please somebody is sealed (S22).
 */
@NullMarked
package org.stillpoint.checkin;

import org.jspecify.annotations.NullMarked;
