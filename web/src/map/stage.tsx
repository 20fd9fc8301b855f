// The map on the page: the ground, the markers over it, what pointer and keys do.

import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Areas, Overview, PlaceCourse, Side } from "../api";
import { isDark } from "../parts/basics";
import { likelihood } from "../words";
import { countries, Ground, type Paper, type Shape } from "./ground";
import { Markers, mercator, type Look, type Spot, type View } from "./markers";

interface Props {
  spots: Spot[];
  all: PlaceCourse[];
  areas: Areas | null;
  overview: Overview;
  chosen: string | null;
  open: (place: PlaceCourse) => void;
}

interface Tip {
  x: number;
  y: number;
  spot: Spot;
}

/** Pixels of the whole world at the scale 1. */
const WORLD = 512;
const MOST_SCALE = 4096;
const EARTH_KM = 40075;

function css(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function lookOf(overview: Overview): Look {
  return {
    sides: new Map(overview.sides.map((s): [string, Side] => [s.id, s])), dark: isDark(),
    ink: css("--ink"), soft: css("--soft"), halo: css("--halo"), accent: css("--accent"),
  };
}

function paperOf(): Paper {
  return { water: css("--water"), land: css("--land"), border: css("--border"), name: css("--name"), halo: css("--halo") };
}

/** The view that shows all places: three in a hundred may lie outside, as far strays do. */
export function homeOf(places: PlaceCourse[], width: number, height: number): ZoomTransform {
  const at = places.filter((p) => p.latitude !== null && p.type !== "country")
    .map((p) => mercator(p.longitude ?? 0, p.latitude ?? 0));
  const between = (values: number[]): [number, number] => {
    const order = [...values].sort((a, b) => a - b);
    const off = Math.floor(order.length * 0.015);
    return [order[off] ?? 0.1, order[order.length - 1 - off] ?? 0.9];
  };
  const [west, east] = between(at.map((p) => p[0]));
  const [north, south] = between(at.map((p) => p[1]));
  const room = [Math.max(0.006, east - west) * 1.25, Math.max(0.004, south - north) * 1.25] as const;
  const scale = Math.max(0.5, Math.min(MOST_SCALE, width / WORLD / room[0], height / WORLD / room[1]));
  return zoomIdentity.translate(width / 2, height / 2).scale(scale)
    .translate(-(west + east) / 2 * WORLD, -(north + south) / 2 * WORLD);
}

interface Inner {
  at: ZoomTransform;
  moves: ZoomBehavior<HTMLDivElement, unknown>;
  ground: Ground;
  markers: Markers;
  shapes: Shape[];
  look: Look;
  paper: Paper;
  hovered: string | null;
  frame: number;
  moved: boolean;
}

export function Stage(props: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const top = useRef<HTMLCanvasElement>(null);
  const scale = useRef<HTMLSpanElement>(null);
  const inner = useRef<Inner | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [tip, setTip] = useState<Tip | null>(null);

  const view = (): View => {
    const [width, height] = [box.current?.clientWidth ?? 1, box.current?.clientHeight ?? 1];
    const at = inner.current?.at ?? zoomIdentity;
    return { width, height, world: WORLD * at.k, x: (width / 2 - at.x) / at.k / WORLD, y: (height / 2 - at.y) / at.k / WORLD };
  };
  const drawMarkers = () => {
    const my = inner.current;
    if (!my) return;
    my.markers.draw(view(), my.look, latest.current.chosen, my.hovered);
    above.current?.setAttribute("data-drawn", String(my.markers.count()));
    above.current?.setAttribute("data-areas", String(my.markers.areaCount()));
  };
  const drawAll = () => {
    const my = inner.current;
    if (!my) return;
    const now = view();
    my.ground.draw(now, my.shapes, my.paper);
    below.current?.setAttribute("data-shapes", String(my.shapes.length));
    drawMarkers();
    showScale(scale.current, now);
  };
  const soon = () => {
    const my = inner.current;
    if (my && !my.frame) {
      my.frame = requestAnimationFrame(() => {
        my.frame = 0;
        drawAll();
      });
    }
  };

  useEffect(() => {
    const area = box.current;
    if (!area || !below.current || !above.current || !top.current) return;
    const moves = zoom<HTMLDivElement, unknown>().scaleExtent([0.5, MOST_SCALE])
      .on("zoom", (event: D3ZoomEvent<HTMLDivElement, unknown>) => {
        if (!inner.current) return;
        inner.current.at = event.transform;
        if (event.sourceEvent) inner.current.moved = true;
        setTip(null);
        soon();
      });
    inner.current = {
      at: homeOf(props.all, area.clientWidth, area.clientHeight), moves, shapes: [],
      ground: new Ground(below.current, props.overview.tiles, soon), markers: new Markers(above.current, top.current),
      look: lookOf(props.overview), paper: paperOf(), hovered: null, frame: 0, moved: false,
    };
    inner.current.markers.set(latest.current.spots);
    inner.current.markers.setAreas(latest.current.areas?.areas ?? []);
    select(area).call(moves).call(moves.transform, inner.current.at).on("dblclick.zoom", null);
    drawAll();
    void countries().then((shapes) => {
      if (inner.current) inner.current.shapes = shapes;
      drawAll();
    });
    const repaint = () => {
      if (!inner.current) return;
      inner.current.look = lookOf(latest.current.overview);
      inner.current.paper = paperOf();
      drawAll();
    };
    const resized = new ResizeObserver(() => {
      if (inner.current && !inner.current.moved) home();
      soon();
    });
    resized.observe(area);
    const theme = window.matchMedia("(prefers-color-scheme: dark)");
    theme.addEventListener("change", repaint);
    window.addEventListener("themechange", repaint);
    return () => {
      resized.disconnect();
      theme.removeEventListener("change", repaint);
      window.removeEventListener("themechange", repaint);
      if (inner.current) cancelAnimationFrame(inner.current.frame);
      select(area).on(".zoom", null);
      inner.current = null;
    };
  }, []);

  useEffect(() => {
    if (!inner.current) return;
    inner.current.look = lookOf(props.overview);
    inner.current.markers.set(props.spots);
    drawMarkers();
  }, [props.spots, props.overview]);

  useEffect(() => {
    inner.current?.markers.setAreas(props.areas?.areas ?? []);
    drawMarkers();
  }, [props.areas]);

  useEffect(() => {
    const place = props.all.find((p) => p.id === props.chosen);
    if (place?.latitude != null && place.longitude != null && inner.current && box.current) {
      const [x, y] = mercator(place.longitude, place.latitude);
      const k = Math.max(32, inner.current.at.k);
      inner.current.moved = true; // a first measuring of the page must not undo it
      put(zoomIdentity.translate(box.current.clientWidth / 2, box.current.clientHeight / 2).scale(k)
        .translate(-x * WORLD, -y * WORLD));
    }
  }, [props.chosen]);

  const put = (at: ZoomTransform) => {
    const my = inner.current;
    if (my && box.current) select(box.current).call(my.moves.transform, at);
  };
  const home = () => {
    if (box.current) put(homeOf(latest.current.all, box.current.clientWidth, box.current.clientHeight));
  };
  const closer = (by: number) => {
    const my = inner.current;
    if (my && box.current) select(box.current).call(my.moves.scaleBy, by);
  };
  const keys = (event: KeyboardEvent) => {
    const by: Record<string, [number, number]> = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
    const step = by[event.key];
    const my = inner.current;
    if (!my || !box.current || event.altKey || event.ctrlKey || event.metaKey) return;
    if (step) select(box.current).call(my.moves.translateBy, step[0] / my.at.k, step[1] / my.at.k);
    else if (event.key === "+" || event.key === "=") closer(1.5);
    else if (event.key === "-") closer(1 / 1.5);
    else if (event.key === "0") home();
    else return;
    event.preventDefault();
  };
  const spotUnder = (event: MouseEvent): [number, number, Spot | null] => {
    const area = box.current?.getBoundingClientRect();
    const [x, y] = [event.clientX - (area?.left ?? 0), event.clientY - (area?.top ?? 0)];
    return [x, y, inner.current?.markers.at(x, y) ?? null];
  };
  const hover = (event: MouseEvent) => {
    const [x, y, spot] = spotUnder(event);
    const my = inner.current;
    if (my && (spot?.place.id ?? null) !== my.hovered) {
      my.hovered = spot?.place.id ?? null;
      drawMarkers();
    }
    box.current?.classList.toggle("over", spot !== null);
    setTip(spot ? { x, y, spot } : null);
  };
  const click = (event: MouseEvent) => {
    const [, , spot] = spotUnder(event);
    if (spot) latest.current.open(spot.place);
  };
  return (
    <div class="stage">
      <div ref={box} class="ground" tabIndex={0} role="group" onMouseMove={hover} onMouseLeave={() => setTip(null)}
        onClick={click} onKeyDown={keys}
        aria-label="Map. Arrow keys move it, plus and minus zoom, 0 shows everything. The list beside it has the same places.">
        <canvas ref={below} aria-hidden="true" />
        <canvas ref={above} class="markers" aria-hidden="true" />
        <canvas ref={top} aria-hidden="true" />
      </div>
      <div class="zoom">
        <button type="button" aria-label="Zoom in" onClick={() => closer(1.7)}>+</button>
        <button type="button" aria-label="Zoom out" onClick={() => closer(1 / 1.7)}>−</button>
        <button type="button" aria-label="Show everything" onClick={home}>⌂</button>
      </div>
      <span ref={scale} class="scale-bar" aria-hidden="true" />
      <span class="credits">Borders: Natural Earth · Places: GeoNames, CC BY 4.0</span>
      {tip && <TipBox tip={tip} overview={props.overview} />}
    </div>
  );
}

/** A bar for a round number of kilometres. */
function showScale(bar: HTMLElement | null, view: View): void {
  if (!bar) return;
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * view.y)));
  const perPixel = EARTH_KM * Math.cos(latitude) / view.world;
  const most = perPixel * 110;
  const power = 10 ** Math.floor(Math.log10(most));
  const round = [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
  bar.style.width = `${round / perPixel}px`;
  bar.textContent = `${round.toLocaleString("en")} km`;
}

function TipBox(props: { tip: Tip; overview: Overview }): JSX.Element {
  const { spot: { place, state }, x, y } = props.tip;
  const side = props.overview.sides.find((s) => s.id === state.holder);
  return (
    <div class="tip" style={{ left: `${x + 14}px`, top: `${y + 14}px` }}>
      <b dir="auto">{place.name}</b> <span class="soft">{place.kind}</span><br />
      {side ? <>{side.name}: {likelihood(state.percent / 100)}, {state.percent}%</> : "unknown who holds it"}
      {state.contested && ", contested"}
    </div>
  );
}
