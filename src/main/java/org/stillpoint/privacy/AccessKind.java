package org.stillpoint.privacy;

/** What has a row of its own in the access log. The rest is counted by the scope that was used. */
enum AccessKind {
  CLIENT_FIRST_USED("client.firstUsed"),
  CLIENT_CUT_OFF("client.cutOff"),
  CLIENT_READMITTED("client.readmitted"),
  RETENTION_CHANGED("retention.changed"),
  EXPORT_REQUESTED("export.requested"),
  EXPORT_FETCHED("export.fetched"),
  EXITED("account.exited");

  private final String wireName;

  AccessKind(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
