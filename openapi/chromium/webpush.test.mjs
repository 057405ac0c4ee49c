// Web Push in a real browser. The push service between is the vendor's and can't be reached by a test:
// the sandbox's inbox stands for it, and what lies there is handed to the browser as it would come.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withSandbox } from "../sandbox.mjs";
import { withBrowser } from "./browser.mjs";

const worker = `
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => {
  const { id, text } = event.data.json();
  event.waitUntil(self.registration.showNotification(text, { tag: id }));
});`;

async function withPages(use) {
  const server = createServer((request, response) => {
    const script = request.url === "/worker.js";
    response.setHeader("Content-Type", script ? "text/javascript" : "text/html");
    response.end(script ? worker : "<!doctype html><title>An app</title>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function api(url) {
  return async (token, method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { "Content-Type": "application/json" }),
      },
      body: body && JSON.stringify(body),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
    return { etag: response.headers.get("ETag"), body: response.status === 204 ? null : await response.json() };
  };
}

async function person(call, subject) {
  const token = (await call(null, "POST", "/sandbox/tokens", { subject })).body.accessToken;
  const { body } = await call(token, "PUT", "/v1/me/adult-attestation");
  return { token, id: body.id };
}

async function pair(call, ana, ben) {
  const us = `/v1/relationships/${(await call(ana.token, "POST", "/v1/relationships")).body.id}`;
  const { code } = (await call(ana.token, "POST", `${us}/invitations`)).body;
  const { etag } = await call(ben.token, "GET", `/v1/invitations/${code}`);
  return { us, code, etag };
}

/** In the browser: a subscription of its own making, with the keys that WebCrypto gives it. */
async function subscribe() {
  const text = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  window.keys = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  window.point = await crypto.subtle.exportKey("raw", window.keys.publicKey);
  window.secret = crypto.getRandomValues(new Uint8Array(16));
  return { p256dh: text(window.point), auth: text(window.secret) };
}

/** In the browser: opens what was sent (RFC 8291, RFC 8188), and checks who sent it (RFC 8292). */
async function open({ body, authorization }) {
  const bytes = (base64) => Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (string) => new TextEncoder().encode(string);
  const join = (...parts) => new Uint8Array(parts.flatMap((part) => [...new Uint8Array(part)]));
  const derive = async (salt, input, info, length) => {
    const material = await crypto.subtle.importKey("raw", input, "HKDF", false, ["deriveBits"]);
    return crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, material, length * 8);
  };
  const sent = bytes(body);
  const salt = sent.slice(0, 16);
  const sender = sent.slice(21, 21 + sent[20]);
  const theirs = await crypto.subtle.importKey("raw", sender, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, window.keys.privateKey, 256);
  const input = await derive(window.secret, shared, join(text("WebPush: info\0"), window.point, sender), 32);
  const aes = await crypto.subtle.importKey(
    "raw", await derive(salt, input, text("Content-Encoding: aes128gcm\0"), 16), "AES-GCM", false, ["decrypt"]);
  const iv = await derive(salt, input, text("Content-Encoding: nonce\0"), 12);
  const padded = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, aes, sent.slice(21 + sent[20])));

  const [, token, k] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization);
  const [head, claims, signature] = token.split(".");
  const signer = await crypto.subtle.importKey(
    "raw", bytes(k), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const genuine = await crypto.subtle.verify(
    { name: "ECDSA", hash: "SHA-256" }, signer, bytes(signature), text(`${head}.${claims}`));
  return {
    plain: new TextDecoder().decode(padded.slice(0, padded.lastIndexOf(2))),
    signed: { genuine, key: k, audience: JSON.parse(new TextDecoder().decode(bytes(claims))).aud },
  };
}

/** In the browser: what its own push manager says of this key. */
async function offer(key) {
  const registration = await navigator.serviceWorker.ready;
  try {
    await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    return "subscribed";
  } catch (failure) {
    return failure.name;
  }
}

test("a pause is opened and shown by a real browser", { timeout: 180_000 }, () =>
  withSandbox((url) =>
    withPages((pages) =>
      withBrowser(async (browser) => {
        const call = api(url);
        const ana = await person(call, "ana");
        const ben = await person(call, "ben");
        const { us, code, etag } = await pair(call, ana, ben);
        const joined = await fetch(`${url}/v1/invitations/${code}/acceptance`, {
          method: "POST",
          headers: { Authorization: `Bearer ${ben.token}`, "If-Match": etag },
        });
        assert.equal(joined.status, 200);

        const context = await browser.newContext({ permissions: ["notifications"] });
        const page = await context.newPage();
        await page.goto(pages);
        const devtools = await context.newCDPSession(page);
        const registered = new Promise((resolve) =>
          devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
            if (registrations.length > 0) {
              resolve(registrations[0].registrationId);
            }
          }),
        );
        await devtools.send("ServiceWorker.enable");
        await page.evaluate(() => navigator.serviceWorker.register("/worker.js"));
        const registrationId = await registered;
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));

        const { publicKey: key } = (await call(ben.token, "GET", "/v1/web-push-key")).body;
        const refused = await page.evaluate(offer, "bm8ga2V5");
        assert.notEqual(await page.evaluate(offer, key), refused, "Chromium takes the server's key for one");

        const endpoint = "https://push.example.net/p/1";
        const subscription = await page.evaluate(subscribe);
        await call(ben.token, "POST", "/v1/me/devices", { channel: "webPush", endpoint, ...subscription });
        await call(ana.token, "POST", `${us}/pauses`, { kind: "red" });
        let notice;
        for (let tries = 0; notice === undefined && tries < 100; tries++) {
          await sleep(100);
          notice = (await call(null, "GET", `/sandbox/inbox/${ben.id}`)).body.data.find(
            ({ channel, urgent }) => channel === "webPush" && urgent,
          );
        }
        assert.ok(notice, "The pause was handed over.");

        const { plain, signed } = await page.evaluate(open, {
          body: notice.body,
          authorization: notice.headers.Authorization,
        });
        assert.deepEqual(signed, { genuine: true, key, audience: new URL(endpoint).origin });
        await devtools.send("ServiceWorker.deliverPushMessage", { origin: pages, registrationId, data: plain });
        let shown = [];
        for (let tries = 0; shown.length === 0 && tries < 100; tries++) {
          await sleep(100);
          shown = await page.evaluate(async () =>
            (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, tag }) => ({ title, tag })),
          );
        }
        assert.deepEqual(shown, [{ title: notice.text, tag: notice.id }]);
      }),
    ),
  ),
);
