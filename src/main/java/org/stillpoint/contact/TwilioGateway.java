package org.stillpoint.contact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Response;

/** As Twilio takes messages, and others who speak like it. */
@Singleton
class TwilioGateway implements SmsGateway {
  /** Nobody's, for the sandbox to take. */
  private static final URI NOWHERE = URI.create("https://sms.invalid/");

  /** Whoever has it has answered STOP. */
  private static final int UNSUBSCRIBED = 21_610;

  private final Optional<URI> url;
  private final String from;
  private final Map<String, String> headers;
  private final ObjectMapper json;

  TwilioGateway(
      SmsConfig config,
      @ConfigProperty(name = "stillpoint.sandbox") boolean sandbox,
      ObjectMapper json) {
    this.url = config.url().or(() -> sandbox ? Optional.of(NOWHERE) : Optional.empty());
    this.from = config.from().orElse("");
    this.headers = headers(config);
    this.json = json;
  }

  private static Map<String, String> headers(SmsConfig config) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("Accept", "application/json");
    config
        .user()
        .ifPresent(
            user -> {
              byte[] login =
                  (user + ":" + config.password().orElse("")).getBytes(StandardCharsets.UTF_8);
              headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
            });
    return Map.copyOf(headers);
  }

  @Override
  public boolean isSetUp() {
    return url.isPresent();
  }

  @Override
  public Post post(String number, String text) {
    String form = "To=" + encoded(number) + "&From=" + encoded(from) + "&Body=" + encoded(text);
    return new Post(url.orElseThrow(), headers, form.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** A path that isn't there says something of the settings, and nothing of the number. */
  @Override
  public Outcome outcome(Response response) {
    if (response.status() == 404) {
      return Outcome.LATER;
    }
    return code(response) == UNSUBSCRIBED ? Outcome.GONE : Outcome.ofHttp(response.status());
  }

  private int code(Response response) {
    if (response.status() < 400) {
      return 0;
    }
    try {
      return json.readTree(response.body()).path("code").asInt();
    } catch (JsonProcessingException e) {
      return 0;
    }
  }
}
