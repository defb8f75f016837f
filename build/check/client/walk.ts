// What a frontend does in a campaign's life, with a client that was generated from the api's contract: write it, have it approved by
// somebody else, watch it, recover, read who was reached. API_URL names the api, USERS holds the local users as JSON.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api.js";

type Users = Record<string, { username: string; password: string }>;
type Campaigns = Client<paths>;

const baseUrl = required("API_URL");
const users = JSON.parse(required("USERS")) as Users;

function required(name: string): string {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

async function login(role: string): Promise<{ api: Campaigns; cookie: string }> {
  const body = users[role];
  assert(body, `there is no ${role}`);
  const { response } = await createClient<paths>({ baseUrl }).POST("/api/auth/login", { body });
  assert.equal(response.status, 204);
  const cookie = response.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  return { api: createClient<paths>({ baseUrl, headers: { cookie } }), cookie };
}

/** Reads events until the run is completed; their number. */
async function follow(id: string, cookie: string): Promise<number> {
  const response = await fetch(`${baseUrl}/api/campaigns/${id}/progress`, { headers: { cookie, accept: "text/event-stream" } });
  assert.equal(response.status, 200);
  let events = 0;
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = text.slice(0, end).split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n");
      text = text.slice(end + 2);
      if (data) {
        events++;
        const progress = JSON.parse(data) as components["schemas"]["CampaignProgress"];
        if (progress.status === "completed") {
          return events;
        }
      }
    }
  }
  throw new Error(`the stream ended after ${events} events, and the campaign is not completed`);
}

const marketer = await login("marketer");
const manager = await login("marketing-manager");
const operator = await login("operator");

const body: components["schemas"]["CampaignRequest"] = {
  name: "Written by a generated client",
  channels: ["email"],
  email: { subject: "Hello {{name}}", html: "<p>Hello {{name}}, <a href=\"{{unsubscribe_url}}\">no more</a></p>" },
  audience: { allCustomers: true },
  startDate: new Date(Date.now() + 3_000).toISOString(),
};
const key = randomUUID();
const header = { "Idempotency-Key": key };
const created = await marketer.api.POST("/api/campaigns", { body, params: { header } });
assert.equal(created.response.status, 201, JSON.stringify(created.error));
const id = created.data!.id!;
const repeated = await marketer.api.POST("/api/campaigns", { body, params: { header } });
assert.equal(repeated.data!.id, id, "the repeated request has the same answer");

const path = { id };
const nobody = await createClient<paths>({ baseUrl }).GET("/api/campaigns/{id}", { params: { path } });
assert.equal(nobody.error!.type, "/problems/unauthenticated");
assert.equal((await marketer.api.POST("/api/campaigns/{id}/submit", { params: { path } })).data!.status, "pending_approval");
const refused = await marketer.api.POST("/api/campaigns/{id}/approve", { params: { path } });
assert.equal(refused.error!.status, 403);
assert.equal((await manager.api.POST("/api/campaigns/{id}/approve", { params: { path } })).data!.status, "approved");

const tested = await marketer.api.POST("/api/campaigns/{id}/test-send", { params: { path }, body: { email: "marketer@shop.example" } });
assert.equal(tested.data!.state, "sent", JSON.stringify(tested));

const events = await follow(id, marketer.cookie);
const recovered = await operator.api.POST("/api/campaigns/recover");
assert.equal(recovered.data!.success, true);

const runs = await marketer.api.GET("/api/campaigns/{id}/runs", { params: { path } });
const run = runs.data!.items[0]!;
let deliveries = 0;
let cursor: string | undefined;
do {
  const page = await marketer.api.GET("/api/runs/{runId}/deliveries", {
    params: { path: { runId: run.id! }, query: { limit: "50", ...(cursor ? { cursor } : {}) } },
  });
  assert(page.data, JSON.stringify(page.error));
  assert(page.data.items.every((one) => one.state === "sent"));
  deliveries += page.data.items.length;
  cursor = page.data.next ?? undefined;
} while (cursor);
assert.equal(deliveries, run.planned!["email"]);
console.log(`a generated client sent ${deliveries} e-mails and heard of it in ${events} events`);
