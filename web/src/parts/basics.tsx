// Small parts that every page uses.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Overview, Side } from "../api";
import type { Asked } from "../data";
import { go, href } from "../route";

interface LinkProps {
  to: string;
  with?: Record<string, string | null>;
  children: ComponentChildren;
  class?: string;
  current?: boolean;
  label?: string;
}

/** A link to another of our pages that keeps the choices in the address. */
export function A(props: LinkProps): JSX.Element {
  const address = href(props.to, props.with);
  const onClick = (event: MouseEvent) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(href(props.to, props.with));
  };
  return (
    <a href={address} onClick={onClick} class={props.class} aria-label={props.label}
      aria-current={props.current ? "page" : undefined}>{props.children}</a>
  );
}

/** A page's heading, which gets the focus when the page comes up, and its title. */
export function Title(props: { children: string; sub?: ComponentChildren; name?: string }): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.name ?? props.children} · whoholds`;
  }, [props.children, props.name]);
  useEffect(() => head.current?.focus({ preventScroll: true }), []);
  return (
    <header class="title">
      <h1 ref={head} tabIndex={-1} dir="auto">{props.children}</h1>
      {props.sub && <p class="soft">{props.sub}</p>}
    </header>
  );
}

/** What to show while an answer is on its way or was refused; the answer itself otherwise. */
export function Await<T>(props: { of: Asked<T>; children: (data: T) => ComponentChildren }): JSX.Element {
  const { data, error, busy } = props.of;
  if (error) return <p class="problem" role="alert">{sentence(error.message)}</p>;
  if (data === null) return <p class="soft wait" role="status">{busy ? "Looking it up …" : ""}</p>;
  return <div class={busy ? "busy" : undefined} aria-busy={busy}>{props.children(data)}</div>;
}

export function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** How a side looks: its marker and its name. */
export function SideName(props: { id: string | null; overview: Overview; contested?: boolean;
  name?: string | null }): JSX.Element {
  const side = props.overview.sides.find((s) => s.id === props.id);
  return (
    <span class="side">
      <Marker side={side ?? null} />
      <span dir="auto">{side?.name ?? props.name ?? "unknown"}</span>
      {props.contested && <span class="tag">contested</span>}
    </span>
  );
}

const SHAPES: Record<string, string> = {
  square: "M3 3h10v10H3z", circle: "M8 2.5a5.5 5.5 0 1 0 .01 0z", triangle: "M8 2l6.2 11H1.8z",
  diamond: "M8 1.5L14.5 8 8 14.5 1.5 8z", wedge: "M8 14L1.8 3h12.4z",
};

export function Marker(props: { side: Side | null }): JSX.Element {
  const { side } = props;
  return (
    <svg class="marker" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      {side
        ? <path d={SHAPES[side.shape] ?? SHAPES.circle} fill={colour(side)} />
        : <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="1.5"
          stroke-dasharray="2.5 2" />}
    </svg>
  );
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : dark.matches;
}

export function colour(side: Side): string {
  return isDark() ? side.on_dark : side.colour;
}

/** A bar from 0 to 1. */
export function Bar(props: { p: number; label?: string; kind?: string }): JSX.Element {
  return (
    <span class={`bar ${props.kind ?? ""}`} role="img" aria-label={props.label ?? `${Math.round(props.p * 100)}%`}>
      <span style={{ width: `${Math.max(0, Math.min(1, props.p)) * 100}%` }} />
    </span>
  );
}
