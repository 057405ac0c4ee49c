package org.stillpoint.checkin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** As what a guest comes. It carries no permission: all guests see the same. */
@Schema(name = "GuestRole", description = "As what a guest comes; all guests see the same.")
enum GuestRole {
  @JsonProperty("witness")
  WITNESS,
  @JsonProperty("counsellor")
  COUNSELLOR;

  /** For the document. */
  static final String WIRE_NAMES = "[\"witness\", \"counsellor\"]";

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
