// The sandbox's page in a real browser: what is done on one phone is seen on the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withSandbox } from "../sandbox.mjs";
import { withBrowser } from "./browser.mjs";

const picture = process.env.SCREENSHOT;

test("two phones, side by side", { timeout: 180_000 }, () =>
  withSandbox((url) =>
    withBrowser(async (browser) => {
      const page = await browser.newPage({ viewport: { width: 1040, height: 900 } });
      const failures = [];
      page.on("pageerror", (failure) => failures.push(failure.message));
      page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
      await page.goto(url);
      const ana = page.locator('[data-name="Ana"]');
      const ben = page.locator('[data-name="Ben"]');

      await ana.getByText("Propose to hold hands").click();
      await ben.getByText("Yes, I assent").click();
      await page.waitForFunction(() => document.querySelectorAll(".assent:not([hidden])").length === 0);
      await page.getByText("A day later").click();
      await page.getByText("A day later").click();
      await ben.locator(".level").getByText("permitted").waitFor();

      await ana.locator(".note").fill("Quieter than I had feared.");
      await ana.locator(".submit").click();
      await ana.locator(".sealed").getByText("Submitted.").waitFor();
      assert.equal(await ben.locator(".answers li").count(), 0, "Sealed until both have submitted.");
      await ben.locator(".note").fill("I liked the walk.");
      await ben.locator(".submit").click();
      await ben.locator(".answers").getByText("Ana: Quieter").waitFor();
      await ana.locator(".answers").getByText("Ben: I liked").waitFor();

      await ana.locator(".red").click();
      await ben.locator(".notice").getByText(/Please .* \([0-9.]+ ms from tap to arrival\)/).waitFor();
      assert.ok(await ben.evaluate((phone) => phone.classList.contains("paused")));
      assert.equal(await ben.locator(".lift").isVisible(), false, "Only who raised it lifts it.");
      await ben.locator(".level").getByText("notPermitted").waitFor();
      if (picture) {
        await page.screenshot({ path: picture });
      }
      await ana.locator(".lift").click();
      await ben.locator(".notice").getByText("Lifted.").waitFor();
      await ben.locator(".level").getByText("permitted").waitFor();
      assert.deepEqual(failures, []);

      await page.goto(`${url}/sandbox/docs`);
      await page.locator("#operations-tag-Pauses").waitFor();
      assert.deepEqual(failures, []);
    }),
  ),
);
