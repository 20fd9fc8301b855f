// The map and the list beside it: who holds what, at the moment of the sliders.

import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Areas, Frames, Overview, PlaceCourse, Unfolding } from "../api";
import { framesAt, isWanted, stateAt, wantedOf, type State } from "../map/course";
import type { Spot } from "../map/markers";
import { Stage } from "../map/stage";
import { A, Await, SideName, Title } from "../parts/basics";
import { Filters, Voice } from "../parts/filters";
import { TimeBar, timesOf } from "../parts/time";
import { answer, query, useAnswer } from "../data";
import { choose, go, href, useRoute } from "../route";
import { count, day } from "../words";

/** The known days come all at once, after the first view: their slider then moves without asking. */
const AFTER_FIRST_VIEW = 600; // milliseconds

/** The address of the frames that are asked for. */
function framesPath(params: URLSearchParams): string {
  return query("/api/frames", { known_at: params.get("known"), according_to: params.get("by") });
}

/** Asks for the first frames before the page is there. */
export function prefetchMap(): void {
  if (location.pathname === "/") answer<Frames>(framesPath(new URLSearchParams(location.search))).catch(() => undefined);
}

export function MapPage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const [settled, settle] = useState(false);
  const [known, by] = [params.get("known"), params.get("by")];
  const all = useAnswer<Unfolding>(settled ? query("/api/unfolding", { according_to: by }) : null).data;
  const areas = useAnswer<Areas>(settled ? "/api/areas" : null).data;
  const day = known && all?.version === props.overview.version && all.according_to === by
    ? all.days.indexOf(known) : -1;
  const ready = useMemo(() => all && day >= 0 ? framesAt(all, day) : null, [all, day]);
  const path = useRef("");
  if (!ready) path.current = framesPath(params);
  const found = useAnswer<Frames>(path.current || null);
  useEffect(() => {
    if (settled || !found.data) return;
    const timer = setTimeout(() => settle(true), AFTER_FIRST_VIEW);
    return () => clearTimeout(timer);
  }, [settled, found.data]);
  const shown = ready ? { data: ready, error: null, busy: false } : found;
  return (
    <div class="mappage" data-unfolded={all?.version === props.overview.version}>
      <Await of={shown}>{(frames) => <Shown frames={frames} areas={areas} overview={props.overview} />}</Await>
    </div>
  );
}

const CALM = 100; // milliseconds: while a slider moves, the list waits for the map

/** A value that follows another once that has not changed for a while. */
function useCalm<T>(value: T): T {
  const [calm, set] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set(() => value), CALM);
    return () => clearTimeout(timer);
  }, [value]);
  return calm;
}

function Shown(props: { frames: Frames; areas: Areas | null; overview: Overview }): JSX.Element {
  const { frames, overview } = props;
  const { params } = useRoute();
  const [words, setWords] = useState("");
  const times = timesOf(overview, params);
  const spots = useMemo((): Spot[] => {
    const wanted = wantedOf(params, words, frames.steps);
    return frames.places.map((place) => ({ place, state: stateAt(frames, place, times.at) }))
      .filter(({ place, state }) => isWanted(place, state, wanted));
  }, [frames, times.at, params, words]);
  const calm = useCalm(spots);
  const beside = useMemo(() => <Beside spots={calm} overview={overview} words={words} />, [calm, overview, params.get("side")]);
  const open = (place: PlaceCourse) => go(href("/place", { id: place.id }));
  const at = frames.steps[times.at];
  return (
    <>
      <div class="panel" data-known={frames.known_at ?? ""}>
        <Title name="Map" sub={at ? <>on {day(at)}{params.get("by") ? <>, according to <bdi>{params.get("by")}</bdi></> : ""}</> : undefined}>
          Who holds what</Title>
        <Voice />
        <input type="search" class="find" placeholder="Find a place" aria-label="Find a place"
          value={words} onInput={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            const first = ranked(spots, words)[0];
            if (event.key === "Enter" && first) open(first.place);
          }} />
        <Filters overview={overview} only={["by", "country", "adm1", "side", "kind", "p", "period"]} period="Changed" />
        {beside}
      </div>
      <Stage spots={spots} all={frames.places} areas={props.areas} overview={overview} chosen={params.get("place")} open={open} />
      <TimeBar overview={overview} />
    </>
  );
}

/** What stands beside the map: who holds how many places, and which. */
function Beside(props: { spots: Spot[]; overview: Overview; words: string }): JSX.Element {
  const { spots, overview, words } = props;
  return (
    <>
      <Balance spots={spots} overview={overview} />
      <List spots={ranked(spots, words)} overview={overview} words={words} />
    </>
  );
}

function ranked(spots: Spot[], words: string): Spot[] {
  return words
    ? [...spots].sort((a, b) => b.place.size - a.place.size || a.place.name.length - b.place.name.length)
    : spots;
}

/** How many places each side holds; choosing one filters. */
function Balance(props: { spots: Spot[]; overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const chosen = params.get("side");
  const held = new Map<string, number>();
  let contested = 0;
  for (const { state } of props.spots) {
    const id = state.holder ?? "unknown";
    held.set(id, (held.get(id) ?? 0) + 1);
    if (state.contested) contested += 1;
  }
  const order = [...held].sort((a, b) => Number(a[0] === "unknown") - Number(b[0] === "unknown") || b[1] - a[1]);
  return (
    <ul class="balance" aria-label="Places by holder">
      {order.map(([id, n]) => (
        <li key={id}>
          <button type="button" aria-pressed={chosen === id} onClick={() => choose({ side: chosen === id ? null : id })}>
            <SideName id={id === "unknown" ? null : id} overview={props.overview} /> <b>{n}</b>
          </button>
        </li>
      ))}
      {contested > 0 && (
        <li><button type="button" aria-pressed={chosen === "contested"}
          onClick={() => choose({ side: chosen === "contested" ? null : "contested" })}>
          <span class="hatched" aria-hidden="true" /> contested <b>{contested}</b></button></li>
      )}
    </ul>
  );
}

const MOST_LISTED = 100; // lines: more would cost every step of a slider more than the map itself

function List(props: { spots: Spot[]; overview: Overview; words: string }): JSX.Element {
  const groups = new Map<string | null, Spot[]>();
  for (const spot of props.spots.slice(0, MOST_LISTED)) {
    const group = groups.get(spot.state.holder);
    if (group) group.push(spot);
    else groups.set(spot.state.holder, [spot]);
  }
  const order = [...groups].sort((a, b) => Number(a[0] === null) - Number(b[0] === null) || b[1].length - a[1].length);
  const left = props.spots.length - MOST_LISTED;
  return (
    <div class="list" role="region" aria-label="Places">
      <p class="visually-hidden" role="status">{count(props.spots.length, "place")}</p>
      {props.spots.length === 0 && <p class="soft">No place is like that{props.words && <> here: “{props.words}”</>}.</p>}
      {order.map(([holder, spots]) => (
        <section key={holder}>
          <h2><SideName id={holder} overview={props.overview} /></h2>
          <ul>{spots.map(({ place, state }) => <Line key={place.id} place={place} state={state} />)}</ul>
        </section>
      ))}
      {left > 0 && <p class="soft">and {left.toLocaleString("en")} more: type a name, or filter</p>}
    </div>
  );
}

function Line(props: { place: PlaceCourse; state: State }): JSX.Element {
  const { place, state } = props;
  return (
    <li>
      <A to="/place" with={{ id: place.id }}>
        <span class="name" dir="auto">{place.name}</span>
        <span class="soft kind">{place.kind}</span>
        <span class="p">{state.holder !== null ? `${state.percent}%` : ""}{state.contested &&
          <span class="hatched" role="img" aria-label="contested" title="contested" />}</span>
      </A>
    </li>
  );
}
