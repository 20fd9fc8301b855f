// Probability bands: who held a place over time, as shares of the height.

import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { Bands, CitedClaim, Overview, Side } from "../api";
import { clock, day, iso, percent } from "../words";
import { colour, isDark } from "./basics";

const HEIGHT = 190;
const LEFT = 34;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 40;

interface Band {
  name: string;
  fill: string;
  path: string;
}

function made(bands: Bands, sides: Side[], x: (at: number) => number): Band[] {
  const times = bands.times.map((t) => Date.parse(t));
  const low = bands.times.map(() => 0);
  const span = HEIGHT - TOP - BOTTOM;
  const y = (p: number) => TOP + (1 - p) * span;
  return bands.states.map((state, j) => {
    const side = sides.find((s) => s.id === state);
    const lower = [...low];
    bands.chances.forEach((row, i) => {
      low[i] = (low[i] ?? 0) + (row[j] ?? 0);
    });
    const point = (edge: number[]) => (at: number, i: number) =>
      `${x(at).toFixed(1)} ${y(Math.min(1, edge[i] ?? 0)).toFixed(1)}`;
    const up = times.map(point(low));
    const down = times.map(point(lower)).reverse();
    return {
      name: bands.names[j] ?? state,
      fill: side ? colour(side) : state === "contested" ? "url(#hatch)" : "var(--none)",
      path: `M${up.join("L")}L${down.join("L")}Z`,
    };
  });
}

/** Days (or weeks, months) to write under the axis: at most a dozen. */
function ticks(first: number, last: number, most: number): number[] {
  const whole = 24 * 3600_000;
  let step = whole;
  while ((last - first) / step > most) step *= 2;
  const out: number[] = [];
  for (let at = Math.ceil(first / whole) * whole; at <= last; at += step) out.push(at);
  return out;
}

export function BandChart(props: { bands: Bands; overview: Overview; at: string; claims: CitedClaim[];
  choose: (at: string) => void }): JSX.Element {
  const { bands, overview } = props;
  const svg = useRef<SVGSVGElement>(null);
  const WIDTH = window.innerWidth < 600 ? 360 : 720; // letters stay as large as elsewhere
  const times = useMemo(() => bands.times.map((t) => Date.parse(t)), [bands]);
  const first = times[0] ?? 0;
  const last = times[times.length - 1] ?? 1;
  const x = (at: number) => LEFT + ((at - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const shown = useMemo(() => made(bands, overview.sides, x), [bands, overview, isDark(), WIDTH]);
  const at = Date.parse(props.at);
  const told = useMemo(() => [...new Set(props.claims.map((c) => c.published?.[1]).filter(
    (t): t is string => Boolean(t)))].map((t) => Date.parse(t)).filter((t) => t >= first && t <= last),
  [props.claims, first, last]);
  const nearest = times.reduce((best, t, i) =>
    Math.abs(t - at) < Math.abs((times[best] ?? 0) - at) ? i : best, 0);
  const now = bands.states.map((_, j) => ({ name: bands.names[j] ?? "", p: bands.chances[nearest]?.[j] ?? 0 }))
    .filter((s) => s.p >= 0.005).sort((a, b) => b.p - a.p);
  const click = (event: MouseEvent) => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return;
    const share = ((event.clientX - box.left) / box.width * WIDTH - LEFT) / (WIDTH - LEFT - RIGHT);
    const hour = 3600_000;
    props.choose(iso(Math.round((first + Math.max(0, Math.min(1, share)) * (last - first)) / hour) * hour));
  };
  const base = HEIGHT - BOTTOM;
  const summary = now.map((s) => `${s.name} ${percent(s.p)}`).join(", ");
  return (
    <figure class="bands">
      <svg ref={svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" onClick={click}
        aria-label={`Who held it over time. At ${day(props.at)} ${clock(props.at)}: ${summary}`}>
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" fill="var(--none)" />
            <rect width="2.4" height="6" fill="var(--hatch)" />
          </pattern>
        </defs>
        {[0, 0.5, 1].map((p) => (
          <g key={p}>
            <text class="axis" x={LEFT - 5} y={TOP + (1 - p) * (base - TOP) + 4} text-anchor="end">{p * 100}%</text>
          </g>
        ))}
        {shown.map((band) => <path key={band.name} d={band.path} fill={band.fill}><title>{band.name}</title></path>)}
        <line class="half" x1={LEFT} x2={WIDTH - RIGHT} y1={(TOP + base) / 2} y2={(TOP + base) / 2} />
        {ticks(first, last, WIDTH / 80).map((t) => (
          <g key={t}>
            <line class="tick" x1={x(t)} x2={x(t)} y1={base} y2={base + 5} />
            <text class="axis" x={x(t)} y={HEIGHT - 8} text-anchor={x(t) > WIDTH - 30 ? "end" : "middle"}>{day(iso(t), false)}</text>
          </g>
        ))}
        {told.map((t) => <path key={t} class="told" d={`M${x(t)} ${base + 6}l4 7h-8z`}>
          <title>a report of {day(iso(t))}</title></path>)}
        {at >= first && at <= last && (
          <g class="cursor">
            <line x1={x(at)} x2={x(at)} y1={TOP - 4} y2={base + 4} />
          </g>
        )}
      </svg>
      <figcaption>
        {bands.states.map((state, j) => {
          const band = shown[j];
          const most = Math.max(...bands.chances.map((row) => row[j] ?? 0));
          if (most < 0.02 || !band) return null;
          return (
            <span class="key" key={state}>
              <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                <rect width="12" height="12" rx="2" fill={band.fill} /></svg>
              {band.name === "somebody else" ? "nobody told of" : band.name}
            </span>
          );
        })}
        <span class="key soft"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path class="told" d="M6 2l4 7H2z" /></svg>a report</span>
        <span class="soft">The higher a band, the likelier. Click to ask about another moment.</span>
      </figcaption>
    </figure>
  );
}
