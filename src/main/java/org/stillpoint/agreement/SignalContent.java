package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What an agreed signal is; the word, colour or cue itself is the text of its term.
 *
 * @param kind the pause that it raises
 * @param discreetText what the others' phones show, once all have said yes to it; null for the text
 *     of the default set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignalContent(
    SignalKind kind, SignalForm form, @Nullable DiscreetText discreetText) {}
