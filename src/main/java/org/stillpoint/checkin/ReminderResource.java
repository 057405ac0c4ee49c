package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** When a member wants to be reminded of check-ins. Nobody else learns of it. */
@Path("/v1/me/check-in-reminders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Calendars")
public class ReminderResource {
  private static final String LEADS = "[3600, 86400]";
  private static final String MEANING =
      "How long before the start: 3600 is an hour, 86400 a day; empty is never.";

  private final Callers callers;
  private final Reminders reminders;

  ReminderResource(Callers callers, Reminders reminders) {
    this.callers = callers;
    this.reminders = reminders;
  }

  @Schema(name = "CheckInRemindersRequest", description = "All reminders that you want.")
  record RemindersRequest(
      @Schema(required = true, description = MEANING, examples = LEADS) @NotNull @Size(max = 2)
          List<@NotNull @Min(3_600) @Max(86_400) Integer> leadSeconds) {}

  @Schema(name = "CheckInReminders", description = "When you are reminded of check-ins.")
  record RemindersView(
      @Schema(required = true, description = MEANING, examples = LEADS)
          List<Integer> leadSeconds) {}

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "getCheckInReminders",
      summary = "Read when you are reminded of check-ins")
  public RemindersView get() {
    return new RemindersView(reminders.of(callers.current().memberId()));
  }

  @PUT
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "setCheckInReminders",
      summary = "Set when you want to be reminded of check-ins; never, unless you say so",
      description =
          "A notice that tells nothing, at most one for each check-in and time. None while somebody in"
              + " the relationship pauses, none about an answer, and none for what is due already.")
  public RemindersView set(@Valid @NotNull RemindersRequest request) {
    List<Integer> leads = request.leadSeconds();
    for (int place = 0; place < leads.size(); place++) {
      if (!Reminders.LEADS.contains(leads.get(place))) {
        throw HttpProblem.VALIDATION_FAILED
            .exception()
            .withError(FieldError.member("/leadSeconds/" + place, Flaw.NOT_ALLOWED_VALUE));
      }
    }
    return new RemindersView(reminders.set(callers.current().memberId(), leads));
  }
}
