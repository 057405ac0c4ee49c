package org.stillpoint.agreement;

/** What an agreement is: a written one, or one that consists of a single term of its own kind. */
enum AgreementKind {
  AGREEMENT,
  HOLD,
  SIGNAL,
  COOLING_OFF
}
