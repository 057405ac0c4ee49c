package org.stillpoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The browser of the tests reads what the standard says that a browser reads. */
class BrowserTest {
  /** RFC 8291, section 5 and appendix A. */
  @Test
  void itReadsTheExampleOfTheStandard() throws GeneralSecurityException {
    byte[] point =
        bytes(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
    Browser browser =
        new Browser(
            "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
            privateKey("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", point),
            point,
            bytes("BTBZMqHH6r4Tts7J_aSIgg"));

    assertThat(
            browser.read(
                bytes(
                    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                        + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                        + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")))
        .isEqualTo("When I grow up, I want to be a watermelon");
  }

  private static PrivateKey privateKey(String number, byte[] point)
      throws GeneralSecurityException {
    ECPublicKey own = (ECPublicKey) Browser.publicKey(point);
    return KeyFactory.getInstance("EC")
        .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes(number)), own.getParams()));
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }
}
