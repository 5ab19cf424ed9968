// Speaking with the server: JSON in and out, problems as errors with a sentence for people.

import { say } from "./words.js";

export class Problem extends Error {
  constructor(status, body) {
    super((body && body.detail) || say("app.wrong"));
    this.status = status;
    this.body = body || {};
  }
}

// No answer at all: the network, or a server that is being restarted.
export class Unreachable extends Error {}

export async function call(method, path, body, given = {}) {
  const options = { method, headers: {}, credentials: "same-origin", signal: given.signal };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    // two windows may wait for the same address: a browser that caches would make the second wait for the first
    answer = await fetch(path, { ...options, cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Unreachable(unreachable(method));
  }
  const data = await answer.json().catch(() => null);
  if (answer.ok) return data;
  if (answer.status >= 502) throw new Unreachable((data && data.detail) || unreachable(method));
  const problem = new Problem(answer.status, data);
  problem.wait = Number(answer.headers.get("Retry-After")) || 0;
  throw problem;
}

// What is read and what is typed goes on by itself; what was pressed has to be pressed again.
const unreachable = (method) => say(method === "POST" || method === "DELETE" ? "app.offline_press" : "app.offline");

export const get = (path, given) => call("GET", path, undefined, given);
export const patch = (path, body) => call("PATCH", path, body);
export const remove = (path) => call("DELETE", path);

// Whoever presses twice on a slow line sends once: the second press joins the first.
const running = new Map();

export function post(path, body = {}) {
  const key = `${path} ${JSON.stringify(body)}`;
  if (!running.has(key)) running.set(key, call("POST", path, body).finally(() => running.delete(key)));
  return running.get(key);
}

// Begin a session, or go on with the one the cookie names.
export const begin = () => call("POST", "/api/v1/session");
