package org.stillpoint.api.problem;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.hibernate.validator.spi.messageinterpolation.LocaleResolver;
import org.hibernate.validator.spi.messageinterpolation.LocaleResolverContext;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;

/** Violated constraints speak the same language as the problem that lists them. */
@ApplicationScoped
public class ValidationLanguage implements LocaleResolver {
  @Override
  public Locale resolve(LocaleResolverContext context) {
    @Nullable ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    Language language = request == null ? Language.EN : Languages.of(request.getHttpHeaders());
    return language.locale();
  }
}
