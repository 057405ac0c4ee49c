package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stillpoint.api.language.Language;
import org.stillpoint.relationship.DefaultSignals;

/**
 * What phones can show for a signal: each member in the own language, none with a name or with
 * words that somebody wrote (S30).
 */
@Schema(name = "DiscreetText", description = "A neutral text that phones can show for a signal.")
public enum DiscreetText {
  @JsonProperty("kettle")
  KETTLE,
  @JsonProperty("umbrella")
  UMBRELLA,
  @JsonProperty("keys")
  KEYS,
  @JsonProperty("parcel")
  PARCEL,
  @JsonProperty("plants")
  PLANTS,
  @JsonProperty("callBack")
  CALL_BACK,
  @JsonProperty("later")
  LATER,
  @JsonProperty("breathe")
  BREATHE;

  String in(Language language) {
    return DefaultSignals.texts(language).getString("discreet." + name().toLowerCase(Locale.ROOT));
  }
}
