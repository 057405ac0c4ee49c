package org.stillpoint.relationship;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Invitations on the wire. */
final class InvitationViews {
  private InvitationViews() {}

  @Schema(name = "Invitation", description = "An open invitation, as the members see it.")
  record InvitationView(
      @Schema(required = true, examples = "01939a10-2b44-7d0e-a1c3-5e8f70b2d914") UUID id,
      @Schema(
              required = true,
              description = "The member who made it.",
              examples = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05")
          UUID inviterId,
      @Schema(
              required = true,
              description =
                  "Whether you have assented. What the others have done is theirs to tell.",
              examples = "true")
          boolean assentedByMe,
      @Schema(required = true, examples = "2026-11-03T18:21:00.000Z") Instant createdAt,
      @Schema(required = true, examples = "2026-11-10T18:21:00.000Z") Instant expiresAt) {

    static InvitationView of(Invitation invitation, boolean assentedByMe) {
      return new InvitationView(
          invitation.id(),
          invitation.inviterId(),
          assentedByMe,
          invitation.createdAt(),
          invitation.expiresAt());
    }
  }

  @Schema(
      name = "NewInvitation",
      description = "An invitation with its code, which is shown this once.")
  record NewInvitationView(
      @Schema(required = true, examples = "01939a10-2b44-7d0e-a1c3-5e8f70b2d914") UUID id,
      @Schema(
              required = true,
              description = "For one person; give it to nobody else.",
              examples = "7K2M-9QXC-4TBH-0WZD")
          String code,
      @Schema(required = true, examples = "2026-11-03T18:21:00.000Z") Instant createdAt,
      @Schema(required = true, examples = "2026-11-10T18:21:00.000Z") Instant expiresAt) {

    static NewInvitationView of(InvitationService.Made made) {
      Invitation invitation = made.invitation();
      return new NewInvitationView(
          invitation.id(), made.code().shown(), invitation.createdAt(), invitation.expiresAt());
    }
  }

  @Schema(
      name = "InvitationPreview",
      description = "Whom you would join. Accept with the ETag of this answer.")
  record PreviewView(
      @Schema(required = true, description = "All current members.") List<MemberView> members,
      @Schema(required = true, examples = "2026-11-10T18:21:00.000Z") Instant expiresAt) {}
}
