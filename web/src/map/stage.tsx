// The map on the page: the ground, the markers over it, what the pointer does.

import type { Map as MapLibre } from "maplibre-gl";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Overview, PlaceCourse, Side } from "../api";
import { isDark } from "../parts/basics";
import { likelihood } from "../words";
import { Markers, mercator, type Look, type Spot, type View } from "./markers";

interface Props {
  spots: Spot[];
  all: PlaceCourse[];
  overview: Overview;
  chosen: string | null;
  open: (place: PlaceCourse) => void;
}

interface Tip {
  x: number;
  y: number;
  spot: Spot;
}

export function boxOf(places: PlaceCourse[]): [number, number, number, number] {
  const located = places.filter((p) => p.latitude !== null && p.longitude !== null);
  if (!located.length) return [-170, -55, 170, 70];
  const lons = located.map((p) => p.longitude ?? 0);
  const lats = located.map((p) => p.latitude ?? 0);
  const pad = 0.5;
  return [Math.min(...lons) - pad, Math.min(...lats) - pad, Math.max(...lons) + pad, Math.max(...lats) + pad];
}

function lookOf(overview: Overview): Look {
  const ink = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return {
    sides: new Map(overview.sides.map((s): [string, Side] => [s.id, s])), dark: isDark(),
    ink: ink("--ink"), soft: ink("--soft"), halo: ink("--halo"), accent: ink("--accent"),
  };
}

function viewOf(map: MapLibre): View {
  const middle = map.getCenter();
  const [x, y] = mercator(middle.lng, middle.lat);
  const box = map.getContainer();
  return { x, y, world: 512 * 2 ** map.getZoom(), width: box.clientWidth, height: box.clientHeight };
}

export function Stage(props: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const state = useRef<{ map: MapLibre | null; markers: Markers | null; hovered: string | null; look: Look | null }>(
    { map: null, markers: null, hovered: null, look: null });
  const latest = useRef(props);
  latest.current = props;
  const [tip, setTip] = useState<Tip | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const draw = () => {
    const { map, markers, hovered } = state.current;
    if (!map || !markers) return;
    state.current.look ??= lookOf(latest.current.overview);
    markers.draw(viewOf(map), state.current.look, latest.current.chosen, hovered);
    canvas.current?.setAttribute("data-drawn", String(markers.count()));
  };

  useEffect(() => {
    let over = false;
    let map: MapLibre | null = null;
    const theme = window.matchMedia("(prefers-color-scheme: dark)");
    let paint: ((map: MapLibre) => void) | null = null;
    const repaint = () => {
      state.current.look = null;
      if (map) paint?.(map);
      draw();
    };
    void import("./ground").then((made) => {
      if (over || !box.current || !canvas.current) return;
      paint = made.paint;
      map = made.ground(box.current, boxOf(latest.current.all), latest.current.overview.tiles);
      state.current.map = map;
      state.current.markers = new Markers(canvas.current);
      state.current.markers.set(latest.current.spots);
      map.on("render", draw);
      map.on("resize", draw);
      draw();
      map.getCanvas().setAttribute("aria-label",
        "Map. Arrow keys move it, plus and minus zoom. The list beside it has the same places.");
    }).catch((error: unknown) => setProblem(
      `The map cannot be drawn here (${error instanceof Error ? error.message : String(error)}). The list has every place.`));
    theme.addEventListener("change", repaint);
    window.addEventListener("themechange", repaint);
    return () => {
      over = true;
      theme.removeEventListener("change", repaint);
      window.removeEventListener("themechange", repaint);
      map?.remove();
      state.current = { map: null, markers: null, hovered: null, look: null };
    };
  }, []);

  useEffect(() => {
    state.current.look = null;
    state.current.markers?.set(props.spots);
    draw();
  }, [props.spots, props.overview, props.chosen]);

  useEffect(() => {
    const place = props.all.find((p) => p.id === props.chosen);
    if (place?.latitude != null && place.longitude != null) {
      state.current.map?.easeTo({ center: [place.longitude, place.latitude], zoom: Math.max(6, state.current.map.getZoom()) });
    }
  }, [props.chosen]);

  const hover = (event: MouseEvent) => {
    const { markers } = state.current;
    const area = box.current?.getBoundingClientRect();
    if (!markers || !area) return;
    const [x, y] = [event.clientX - area.left, event.clientY - area.top];
    const spot = markers.at(x, y);
    const id = spot?.place.id ?? null;
    if (id !== state.current.hovered) {
      state.current.hovered = id;
      draw();
    }
    if (box.current) box.current.classList.toggle("over", spot !== null);
    setTip(spot ? { x, y, spot } : null);
  };
  const click = (event: MouseEvent) => {
    const area = box.current?.getBoundingClientRect();
    const target = event.target as HTMLElement;
    if (!area || target.closest(".maplibregl-ctrl")) return;
    const spot = state.current.markers?.at(event.clientX - area.left, event.clientY - area.top);
    if (spot) latest.current.open(spot.place);
  };
  return (
    <div class="stage">
      <div ref={box} class="ground" onMouseMove={hover} onMouseLeave={() => setTip(null)} onClick={click} />
      <canvas ref={canvas} class="markers" aria-hidden="true" />
      {tip && <TipBox tip={tip} overview={props.overview} />}
      {problem && <p class="problem over-map">{problem}</p>}
    </div>
  );
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
