package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.checkin.Attendances.Attendance;
import org.stillpoint.checkin.GuestVisitViews.GuestCheckInView;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.transaction.CallerTransaction;

/** The talks to which members want a practitioner. */
@Path("/v1/practice/grants/{grantId}/attendances")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class AttendanceResource {
  private final GrantLookup grants;
  private final Attendances attendances;
  private final GuestVisits visits;
  private final GuestVisitViews views;

  AttendanceResource(
      GrantLookup grants, Attendances attendances, GuestVisits visits, GuestVisitViews views) {
    this.grants = grants;
    this.attendances = attendances;
    this.visits = visits;
    this.views = views;
  }

  @Schema(
      name = "PracticeAttendance",
      description = "A talk to which all who take part want you to come.")
  record AttendanceView(
      @Schema(
              required = true,
              description = "To come to it, and to read it once you have.",
              examples = GuestResource.GUEST)
          UUID id,
      @Schema(required = true, examples = "2026-11-08T19:00:00.000Z") Instant startsAt,
      @Schema(
              required = true,
              examples = "invited",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"invited\", \"present\"]",
                      parseValue = true))
          String state) {
    static AttendanceView of(Attendance talk) {
      return new AttendanceView(
          talk.id(), talk.startsAt(), talk.isPresent() ? "present" : "invited");
    }
  }

  @Schema(name = "PracticeAttendances", description = "Those that are not over.")
  record AttendancesView(
      @Schema(required = true, description = "The one that starts first first.")
          List<AttendanceView> attendances) {}

  @GET
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticeAttendances",
      summary = "List the talks to which members want you to come",
      description = "All members see in their access log that you have looked.")
  public AttendancesView list(@RestPath UUID grantId) {
    Grant grant = open(grantId);
    return new AttendancesView(attendances.list(grant).stream().map(AttendanceView::of).toList());
  }

  @GET
  @Path("/{attendanceId}")
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "getPracticeAttendance",
      summary = "Read a talk at which you are",
      description =
          "As a guest reads it, in the language of Accept-Language where it follows a template. All members"
              + " see in their access log that you have read. Not found as soon as you are no longer"
              + " its guest.")
  public GuestCheckInView get(
      @RestPath UUID grantId, @RestPath UUID attendanceId, HttpHeaders headers) {
    open(grantId);
    return views.of(visits.get(attendanceId), Languages.of(headers));
  }

  @DELETE
  @Path("/{attendanceId}")
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "leavePracticeAttendance",
      summary = "Be no longer at a talk",
      description = "At once, without a reason.")
  public void leave(@RestPath UUID grantId, @RestPath UUID attendanceId) {
    open(grantId);
    if (!visits.leave(attendanceId)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }

  @PUT
  @Path("/{attendanceId}")
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "attendCheckIn",
      summary = "Come to a talk as its guest",
      description =
          "Those who take part are told that somebody has come. Not found as soon as one of them no longer"
              + " wants it, while anybody pauses, and with the end of the grant. That you have tried is"
              + " in the members' access log, too.")
  public void attend(@RestPath UUID grantId, @RestPath UUID attendanceId) {
    if (!attendances.attend(open(grantId), attendanceId)) {
      // That it was tried is in the members' log: whoever tries may want to know of a pause.
      throw HttpProblem.NOT_FOUND.exception().keepingWhatIsStored();
    }
  }

  private Grant open(UUID grantId) {
    return grants.open(grantId, GrantScope.ATTEND_CHECK_INS, null, "practice.attendances");
  }
}
