// What is believed of each place at a step: runs looked up, nothing computed.

import type { Frames, PlaceCourse, Unfolding } from "../api";

export interface State {
  /** Id of the side that holds it; null: unknown. */
  holder: string | null;
  percent: number;
  contested: boolean;
}

/** The state of a place at a step: that of the last run which began by then. */
export function stateAt(frames: Frames, place: PlaceCourse, step: number): State {
  const runs = place.runs;
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.[0] ?? 0) <= step) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  if (!run) return { holder: null, percent: 0, contested: false };
  return { holder: run[1] < 0 ? null : frames.sides[run[1]] ?? null, percent: run[2], contested: run[3] === 1 };
}

/** The frames as known at the end of one of the days: the last version that began by then. */
export function framesAt(all: Unfolding, day: number): Frames {
  const places: PlaceCourse[] = [];
  for (const place of all.places) {
    let found: (typeof place.versions)[number] | undefined;
    for (const version of place.versions) {
      if (version[0] > day) break;
      found = version;
    }
    if (!found?.[4].length) continue;
    const { id, name, kind, type, country, adm1, latitude, longitude, size } = place;
    places.push({ id, name, kind, type, country, adm1, latitude, longitude, size, claims: found[1],
      origins: found[2], runs: found[4], kinds: found[3].map((k) => all.kinds[k] ?? "") });
  }
  return { version: all.version, known_at: all.days[day] ?? null, according_to: all.according_to,
    steps: all.steps, sides: all.sides, places };
}

export interface Wanted {
  country: string | null;
  adm1: string | null;
  side: string | null;
  kind: string | null;
  least: number;
  words: string;
  /** First and last step in which the holder, or whether it is contested, changes; null: whenever. */
  changed: [number, number] | null;
}

/** The steps of the period in the address; null where none is asked for. */
function periodOf(params: URLSearchParams, steps: string[]): Wanted["changed"] {
  const from = params.get("from");
  const to = params.get("to");
  if (!from && !to) return null;
  const first = from ? steps.findIndex((s) => s >= from) : 1;
  const last = to ? steps.findLastIndex((s) => s.slice(0, to.length) <= to) : steps.length - 1;
  return [first < 0 ? steps.length : first, last];
}

/** Whether another holder, or fighting begun or over, falls into these steps. */
function changes(place: PlaceCourse, [first, last]: [number, number]): boolean {
  return place.runs.some((run, i) => {
    const before = place.runs[i - 1];
    return before !== undefined && run[0] >= first && run[0] <= last && (run[1] !== before[1] || run[3] !== before[3]);
  });
}

export function wantedOf(params: URLSearchParams, words: string, steps: string[]): Wanted {
  return {
    changed: periodOf(params, steps),
    country: params.get("country"), adm1: params.get("adm1"), side: params.get("side"),
    kind: params.get("kind"), least: Number(params.get("p") ?? 0) || 0, words: fold(words),
  };
}

/** Letters without marks and case, to compare names by. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f'’`-]/g, "").toLowerCase().trim();
}

/** Whether a place in this state is wanted. */
export function isWanted(place: PlaceCourse, state: State, wanted: Wanted): boolean {
  return (!wanted.country || place.country === wanted.country)
    && (!wanted.adm1 || place.adm1 === wanted.adm1)
    && (!wanted.side || (wanted.side === "unknown" ? state.holder === null
      : wanted.side === "contested" ? state.contested : state.holder === wanted.side))
    && (!wanted.kind || place.kinds.includes(wanted.kind))
    && (!wanted.changed || changes(place, wanted.changed))
    && (!wanted.least || (state.holder !== null && state.percent >= wanted.least))
    && (!wanted.words || fold(place.name).includes(wanted.words) || fold(place.kind).includes(wanted.words));
}
