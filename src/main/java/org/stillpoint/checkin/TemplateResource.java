package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;

/** The catalogue of templates, the same for everybody who may see check-ins. */
@Path("/v1/check-in-templates")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class TemplateResource {
  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listCheckInTemplates",
      summary = "List the templates for check-ins, in the language of Accept-Language",
      description =
          "They are suggestions: items can be left out and times changed. None is an examination, and"
              + " each can end early.")
  public RestResponse<Page<CheckInTemplateView>> list(
      @BeanParam PageRequest page, HttpHeaders headers) {
    Language language = Languages.of(headers);
    TemplateTexts texts = TemplateTexts.in(language);
    return Languages.said(
        language,
        RestResponse.ok(
            Page.ofAll(
                TemplateCatalogue.all(),
                page,
                template -> CheckInTemplateView.of(template, texts))));
  }

  @GET
  @Path("/{templateId}")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "getCheckInTemplate",
      summary = "Read a template for check-ins, in the language of Accept-Language")
  @Parameter(
      name = "If-None-Match",
      in = ParameterIn.HEADER,
      description =
          "An ETag that you have; the answer is 304 if it still stands in the language you ask for.",
      schema = @Schema(type = SchemaType.STRING),
      example = "\"1-en\"")
  public RestResponse<CheckInTemplateView> get(
      @Parameter(
              description = "The `id` of a template.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 64),
              example = "after-closeness")
          @RestPath
          String templateId,
      HttpHeaders headers) {
    Language language = Languages.of(headers);
    Template template =
        TemplateCatalogue.find(templateId).orElseThrow(HttpProblem.NOT_FOUND::exception);
    return Languages.said(
        language,
        Etags.answer(
            headers,
            Etags.of(template.version(), language),
            CheckInTemplateView.of(template, TemplateTexts.in(language))));
  }
}
