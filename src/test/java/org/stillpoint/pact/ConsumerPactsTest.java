package org.stillpoint.pact;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import com.fasterxml.uuid.Generators;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.StillpointTest;

/** What apps and a practice tool rely on, as they have written it down ({@code openapi/pacts}). */
@StillpointTest
@Provider("stillpoint")
@PactFolder("openapi/pacts")
class ConsumerPactsTest {
  @BeforeEach
  void target(PactVerificationContext context) {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    context.setTarget(new HttpTestTarget("127.0.0.1", port));
  }

  @TestTemplate
  @ExtendWith(PactVerificationInvocationContextProvider.class)
  void holds(PactVerificationContext context) {
    context.verifyInteraction();
  }

  @State("Ana and Ben are together")
  Map<String, Object> together() {
    return values(Couple.create());
  }

  @State("Ana has paused")
  Map<String, Object> paused() {
    Couple couple = Couple.create();
    UUID pause = Couple.id(couple.tap(couple.ana(), "red").then().extract().path("id"));
    Map<String, Object> values = values(couple);
    values.put("pauseId", pause.toString());
    return values;
  }

  @State("a practitioner reads pauses")
  Map<String, Object> practitioner() {
    Couple couple = Couple.create();
    Person practitioner = Practices.practitioner();
    UUID grant = Practices.granted(couple, practitioner, "pauses");
    couple.tap(couple.ana(), "red").then().statusCode(200);
    return values(couple, practitioner, grant);
  }

  @State("the grant has ended")
  Map<String, Object> ended() {
    Couple couple = Couple.create();
    Person practitioner = Practices.practitioner();
    UUID grant = Practices.granted(couple, practitioner, "pauses");
    Practices.end(couple, couple.ben(), grant).then().statusCode(204);
    return values(couple, practitioner, grant);
  }

  private static Map<String, Object> values(Couple couple, Person practitioner, UUID grant) {
    Map<String, Object> values = values(couple);
    values.put("practitionerToken", practitioner.token());
    values.put("grantId", grant.toString());
    return values;
  }

  private static Map<String, Object> values(Couple couple) {
    return new HashMap<>(
        Map.of(
            "token", couple.ana().token(),
            "partnerToken", couple.ben().token(),
            "relationshipId", couple.relationship().toString(),
            "nowhere", UUID.randomUUID().toString(),
            "tapId", Generators.timeBasedEpochGenerator().generate().toString()));
  }
}
