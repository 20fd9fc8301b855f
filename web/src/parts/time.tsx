// The two times: when it was so, and what was known by when.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Overview } from "../api";
import { choose, useRoute } from "../route";
import { day, instantOf, iso, moment } from "../words";

const HOUR = 3600_000;
const DAY = 24 * HOUR;

export interface Times {
  /** Steps of the first slider. */
  steps: number[];
  /** Index into steps of the moment asked about. */
  at: number;
  /** Ends of days for the second slider; the last means everything. */
  days: number[];
  known: number;
}

/** Moments 6 hours apart (coarser over long periods) from the first report's eve to the last. */
export function stepsOf(overview: Overview): number[] {
  const first = instantOf(overview.first);
  const last = instantOf(overview.last);
  if (first === null || last === null) return [];
  let step = 6 * HOUR;
  while ((last - first) / step > 400) step *= 2;
  const out: number[] = [];
  for (let at = first; at < last; at += step) out.push(at);
  return [...out, last];
}

export function timesOf(overview: Overview, params: URLSearchParams): Times {
  const steps = stepsOf(overview);
  const last = steps.length - 1;
  const days: number[] = [];
  for (let at = (steps[0] ?? 0) + DAY - 1000; at < (steps[last] ?? 0); at += DAY) days.push(at);
  days.push(Infinity);
  const known = instantOf(params.get("known"));
  const knownAt = known === null ? days.length - 1 : Math.max(0, days.findLastIndex((d) => d <= known));
  const wanted = instantOf(params.get("at")) ?? known;
  const at = wanted === null ? last : Math.max(0, steps.findLastIndex((s) => s <= wanted));
  return { steps, at, days, known: knownAt };
}

/** The address words for the moments: nothing where the slider is at its end. */
export function setAt(times: Times, index: number): void {
  const at = times.steps[index];
  const end = index >= times.steps.length - 1 && times.known === times.days.length - 1;
  choose({ at: end || at === undefined ? null : iso(at) });
}

export function setKnown(times: Times, index: number): void {
  const at = times.days[index];
  choose({ known: at === undefined || at === Infinity ? null : iso(at) });
}

/** Moves on by itself; the next step comes when the last is drawn. */
function usePlay(step: () => boolean, pause: number): [boolean, (on: boolean) => void] {
  const [playing, play] = useState(false);
  const next = useRef(step);
  next.current = step;
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      if (!next.current()) play(false);
    }, pause);
    return () => clearInterval(timer);
  }, [playing, pause]);
  return [playing, play];
}

interface SliderProps {
  id: string;
  label: string;
  hint: string;
  value: number;
  most: number;
  text: string;
  set: (value: number) => void;
  pause: number;
}

function Slider(props: SliderProps): JSX.Element {
  const value = useRef(props.value);
  value.current = props.value;
  const [playing, play] = usePlay(() => {
    if (value.current >= props.most) return false;
    props.set(value.current + 1);
    return true;
  }, props.pause);
  const start = () => {
    if (!playing && props.value >= props.most) props.set(0);
    play(!playing);
  };
  return (
    <div class="slider">
      <button type="button" class="play" onClick={start} aria-pressed={playing}
        aria-label={`${playing ? "Stop" : "Play"}: ${props.label}`}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d={playing ? "M3 2h4v12H3zM9 2h4v12H9z" : "M3 1.5v13L14 8z"} fill="currentColor" />
        </svg>
      </button>
      <label for={props.id} title={props.hint}>{props.label}</label>
      <input id={props.id} type="range" min={0} max={props.most} step={1} value={props.value}
        aria-valuetext={props.text}
        onInput={(event) => props.set(Number(event.currentTarget.value))} />
      <output for={props.id}>{props.text}</output>
    </div>
  );
}

/** Both sliders; pages whose answers have no valid time show the second alone. */
export function TimeBar(props: { overview: Overview; valid?: boolean }): JSX.Element | null {
  const { params } = useRoute();
  const times = timesOf(props.overview, params);
  if (!times.steps.length) {
    return <p class="soft note">No report here has a date, so there is no time to move in.</p>;
  }
  const at = times.steps[times.at];
  const known = times.days[times.known];
  const exact = instantOf(params.get("at"));
  return (
    <section class="times" aria-label="Times" data-asked={params.get("known") ?? ""}>
      {props.valid !== false && at !== undefined && (
        <Slider id="slider-at" label="When it was so" value={times.at} most={times.steps.length - 1}
          hint="Valid time: the moment in the world that is asked about" pause={180}
          text={moment(iso(exact ?? at))} set={(index) => setAt(times, index)} />)}
      <Slider id="slider-known" label="What was known" value={times.known} most={times.days.length - 1}
        hint="Known time: only what was published by then" pause={900}
        text={known === undefined || known === Infinity ? "everything" : `by the end of ${day(iso(known))}`}
        set={(index) => setKnown(times, index)} />
    </section>
  );
}

/** The moments as the API takes them. */
export function asked(params: URLSearchParams): { at: string | null; known_at: string | null;
  according_to: string | null } {
  return { at: params.get("at"), known_at: params.get("known"), according_to: params.get("by") };
}
