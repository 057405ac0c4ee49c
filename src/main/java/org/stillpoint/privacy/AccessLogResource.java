package org.stillpoint.privacy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** Who has got at the caller's own data. */
@Path("/v1/me/access-log")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Privacy")
public class AccessLogResource {
  private final Callers callers;
  private final AccessLog log;

  AccessLogResource(Callers callers, AccessLog log) {
    this.callers = callers;
    this.log = log;
  }

  @GET
  @RolesAllowed(Scopes.PRIVACY_READ)
  @Operation(
      operationId = "listAccessLog",
      summary = "List which apps have got at your data, newest first",
      description =
          "Your own logins, and what practitioners have read of you or of all of you. What the other"
              + " members do isn't in it, as theirs doesn't tell of you."
              + " Taps aren't either: a pause tells of itself. Counts are a few seconds behind.")
  public Page<AccessEntryView> list(@BeanParam PageRequest page) {
    return Page.of(
        log.of(callers.current(), page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.occurredAt(), row.id()),
        AccessEntryView::of);
  }
}
