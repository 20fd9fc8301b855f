// What the server answers: asked for once, kept while the ledger stays as it is, made harmless.

import { useEffect, useState } from "preact/hooks";
import type { Overview } from "./api";

// Direction controls can make a line read as something it does not say. Each is replaced by one
// visible character, so that positions in a text stay true.
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function harmless(text: string): string {
  return text.replace(DIRECTIONS, "\ufffd");
}

export class Refused extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const TOKEN = "whoholds-token";

export function token(): string | null {
  return sessionStorage.getItem(TOKEN);
}

export function setToken(text: string | null): void {
  if (text) sessionStorage.setItem(TOKEN, text);
  else sessionStorage.removeItem(TOKEN);
  forget();
}

function signed(headers: Record<string, string> = {}): Record<string, string> {
  const mine = token();
  return mine ? { ...headers, Authorization: `Bearer ${mine}` } : headers;
}

/** Asks the server; throws Refused with the server's own words. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  let answer: Response;
  try {
    const headers = signed(init.headers as Record<string, string> | undefined);
    answer = await fetch(path, { ...init, headers });
  } catch {
    throw new Refused(0, "the server does not answer; is it still running?");
  }
  const text = harmless(await answer.text());
  if (!answer.ok) {
    let detail = `the server answered ${answer.status}`;
    try {
      detail = (JSON.parse(text) as { detail: string }).detail;
    } catch {
      // not JSON: the status says it
    }
    throw new Refused(answer.status, detail);
  }
  return JSON.parse(text) as T;
}

/** Live news of the server; ends when the page does. */
export async function listen(onNews: (event: string, data: string) => void): Promise<void> {
  for (;;) {
    try {
      const answer = await fetch("/api/events", { headers: signed() });
      if (!answer.ok || !answer.body) return;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        rest += value;
        const blocks = rest.split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const field = (name: string) =>
            block.split("\n").filter((l) => l.startsWith(`${name}: `))
              .map((l) => l.slice(name.length + 2)).join("\n");
          if (field("event")) onNews(field("event"), harmless(field("data")));
        }
      }
    } catch {
      // the server went away; it may come back
    }
    await new Promise((wake) => setTimeout(wake, 3000));
  }
}

const kept = new Map<string, Promise<unknown>>();
const watchers = new Set<() => void>();
let epoch = 0;

/** Forgets every answer: the ledger has changed. What is on the screen stays until it is replaced. */
export function forget(): void {
  kept.clear();
  epoch += 1;
  for (const watcher of [...watchers]) watcher();
}

const MOST_KEPT = 80;

/** An answer, asked for once. */
export function answer<T>(path: string): Promise<T> {
  let found = kept.get(path);
  if (!found) {
    found = ask<T>(path);
    found.catch(() => kept.delete(path));
    kept.set(path, found);
    const oldest = kept.size > MOST_KEPT ? kept.keys().next() : undefined;
    if (oldest && !oldest.done) kept.delete(oldest.value);
  }
  return found as Promise<T>;
}

export interface Asked<T> {
  data: T | null;
  error: Refused | null;
  busy: boolean;
}

/** An answer for a component. While the next is on its way the last one stays. */
export function useAnswer<T>(path: string | null): Asked<T> {
  const [asked, set] = useState<Asked<T>>({ data: null, error: null, busy: path !== null });
  const [age, setAge] = useState(epoch);
  useEffect(() => {
    const watcher = () => setAge(epoch);
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }, []);
  useEffect(() => {
    if (path === null) {
      set({ data: null, error: null, busy: false });
      return;
    }
    let current = true;
    set((last) => ({ ...last, busy: true }));
    answer<T>(path).then(
      (data) => current && set({ data, error: null, busy: false }),
      (error: unknown) => current && set({
        data: null, busy: false,
        error: error instanceof Refused ? error : new Refused(0, String(error)),
      }),
    );
    return () => {
      current = false;
    };
  }, [path, age]);
  return asked;
}

/** The address of an answer at the moments chosen. */
export function query(path: string, values: Record<string, string | null | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) params.set(name, value);
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

export function useOverview(): Asked<Overview> {
  return useAnswer<Overview>("/api/ledger");
}
