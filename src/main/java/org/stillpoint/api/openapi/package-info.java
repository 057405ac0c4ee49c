/**
 * What the OpenAPI document says once, and what it says of every operation alike, so that no
 * resource has to repeat it.
 */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Stillpoint",
            version = "1.0.0",
            description =
                """
                The backend behind apps for partners who rebuild, or keep, trust around intimacy.

                One tap raises a pause, which is in force when it is answered; only who raised it \
                lifts it. Every failure is a problem (RFC 9457) with a permanent `code`. Values of \
                strings with `x-extensible-enum`, event types and fields are added over time: pass \
                over what you don't know.

                Stillpoint is not an emergency service, and nothing in it is a legal contract.\
                """,
            license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
    servers = @Server(url = "/", description = "The server that you talk to"),
    tags = {
      @Tag(name = "Me", description = "What you say of yourself, and which apps act for you"),
      @Tag(name = "Relationships", description = "What you share with whom; leaving needs nobody"),
      @Tag(name = "Invitations", description = "How somebody joins, with everybody's yes"),
      @Tag(name = "Signals", description = "The agreed words, colours and cues"),
      @Tag(name = "Pauses", description = "One tap: slow down, stop, or stop everything"),
      @Tag(name = "Tap keys", description = "Pausing from a watch, a widget or an NFC tag"),
      @Tag(
          name = "Limits",
          description = "Lines around one's own part: drawn at once, eased after a while"),
      @Tag(name = "Agreements", description = "What all of you agree on, in versions"),
      @Tag(
          name = "Terms",
          description = "One clause of an agreement: your yes, and taking it back"),
      @Tag(name = "Holds", description = "What is put off for a time"),
      @Tag(name = "In force", description = "What is agreed at this instant"),
      @Tag(name = "Check-ins", description = "Talks that are planned, and ways to begin them"),
      @Tag(name = "Guests", description = "Witnesses and counsellors, in one check-in each"),
      @Tag(
          name = "Reflections",
          description = "A journal of one's own, copies of it for others, and prompts"),
      @Tag(
          name = "Grants",
          description =
              "What practitioners may read: of a relationship by everybody's yes, or of you"),
      @Tag(
          name = "Practice",
          description = "For a practitioner's tool: who you are, and what members let you read"),
      @Tag(name = "Calendars", description = "When your check-ins are, for a calendar program"),
      @Tag(name = "Devices", description = "Which phones and browsers of yours are told"),
      @Tag(
          name = "Channels",
          description = "Where you are reached without an app, and in which order"),
      @Tag(name = "Events", description = "What has happened, as a stream and as a list"),
      @Tag(name = "Webhooks", description = "The same events, sent to the server of an app"),
      @Tag(
          name = "Privacy",
          description = "Your rights: who has got at your data, a copy of it, and its end")
    },
    components =
        @Components(
            securitySchemes = {
              @SecurityScheme(
                  securitySchemeName = "login",
                  type = SecuritySchemeType.OPENIDCONNECT,
                  openIdConnectUrl = "https://login.example.com/.well-known/openid-configuration",
                  description = "An access token (RFC 9068) of the configured OpenID provider."),
              @SecurityScheme(
                  securitySchemeName = "tapKey",
                  type = SecuritySchemeType.APIKEY,
                  in = SecuritySchemeIn.HEADER,
                  apiKeyName = "Tap-Key",
                  description = "A key that can raise its owner's pause and nothing else.")
            },
            responses = {
              @APIResponse(
                  name = "Problem",
                  description = "What went wrong. Branch on `code`.",
                  headers = {
                    @Header(
                        name = "Request-Id",
                        description = "Names this exchange in the server's logs.",
                        schema = @Schema(type = SchemaType.STRING)),
                    @Header(
                        name = "Retry-After",
                        description = "How many seconds to wait before another try.",
                        schema = @Schema(type = SchemaType.INTEGER, format = "int32"))
                  },
                  content =
                      @Content(
                          mediaType = "application/problem+json",
                          schema = @Schema(implementation = Problem.class))),
              @APIResponse(
                  name = "TooManyRequests",
                  description = "Too much at once. Wait for `Retry-After`.",
                  headers = {
                    @Header(
                        name = "Request-Id",
                        description = "Names this exchange in the server's logs.",
                        schema = @Schema(type = SchemaType.STRING)),
                    @Header(
                        name = "Retry-After",
                        description = "How many seconds to wait before another try.",
                        schema = @Schema(type = SchemaType.INTEGER, format = "int32")),
                    @Header(
                        name = "RateLimit",
                        description =
                            "How many requests are left to this app, and when there are all again:"
                                + " `\"app\";r=0;t=42`. Absent without a login.",
                        schema = @Schema(type = SchemaType.STRING)),
                    @Header(
                        name = "RateLimit-Policy",
                        description =
                            "How many requests this app has, and in how many seconds:"
                                + " `\"app\";q=600;w=60`. Absent without a login.",
                        schema = @Schema(type = SchemaType.STRING))
                  },
                  content =
                      @Content(
                          mediaType = "application/problem+json",
                          schema = @Schema(implementation = Problem.class)))
            }))
@NullMarked
package org.stillpoint.api.openapi;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stillpoint.api.problem.Problem;
import org.jspecify.annotations.NullMarked;
