// Where the reader is: the page's path and the choices in its address, so that a view can be shared.

import { useEffect, useState } from "preact/hooks";

export interface Route {
  path: string;
  params: URLSearchParams;
}

/** Choices that go along from page to page. */
export const LASTING = ["at", "known", "by", "country", "adm1", "side", "kind", "p", "from", "to"];

const listeners = new Set<() => void>();
let now: Route = here();

function here(): Route {
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

window.addEventListener("popstate", () => {
  now = here();
  tell();
});

export function route(): Route {
  return now;
}

/** The route; the component is drawn anew when it changes. */
export function useRoute(): Route {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((n) => n + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return now;
}

/** The address of a page that keeps the lasting choices. */
export function href(path: string, more: Record<string, string | null> = {}): string {
  const params = new URLSearchParams();
  for (const name of LASTING) {
    const value = now.params.get(name);
    if (value !== null) params.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}

/** Goes to another page. */
export function go(address: string): void {
  history.pushState(null, "", address);
  now = here();
  window.scrollTo(0, 0);
  tell();
}

let waiting: ReturnType<typeof setTimeout> | undefined;

/** Changes choices on this page. The address follows a little later: browsers allow few changes. */
export function choose(more: Record<string, string | null>): void {
  const params = new URLSearchParams(now.params);
  for (const [name, value] of Object.entries(more)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  now = { path: now.path, params };
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const query = now.params.toString();
    history.replaceState(null, "", query ? `${now.path}?${query}` : now.path);
  }, 250);
  tell();
}
