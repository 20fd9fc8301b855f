// The places, drawn over the map's ground: colour and shape by holder, strength by certainty,
// hatched where contested. Names go where there is room; no glyphs are fetched.

import type { Area, PlaceCourse, Side } from "../api";
import { AreaLayer } from "./areas";
import type { State } from "./course";
import { sized } from "./ground";

export interface Spot {
  place: PlaceCourse;
  state: State;
}

export interface View {
  width: number;
  height: number;
  /** Mercator, 0 to 1, of the middle of the view, and pixels of the whole world. */
  x: number;
  y: number;
  world: number;
}

export interface Look {
  sides: Map<string, Side>;
  dark: boolean;
  ink: string;
  soft: string;
  halo: string;
  accent: string;
}

const RADIUS = [5, 5, 6.5, 8.5];
const STEPS_OF_STRENGTH = 9; // of five per cent: less is not seen
const MOST_STAMPS = 600;
const NEAR = 16; // pixels around a marker that belong to it

export function mercator(longitude: number, latitude: number): [number, number] {
  const held = Math.max(-85, Math.min(85, latitude)) * Math.PI / 180;
  return [(longitude + 180) / 360, (1 - Math.log(Math.tan(Math.PI / 4 + held / 2)) / Math.PI) / 2];
}

interface Drawn {
  spot: Spot;
  x: number;
  y: number;
  radius: number;
}

interface Name {
  id: string;
  font: string;
  text: string;
  x: number;
  y: number;
  fill: string;
}

const PAUSE = 250; // milliseconds without a step of a slider

export class Markers {
  private readonly context: CanvasRenderingContext2D;
  private readonly ground = new Map<string, [number, number]>();
  private readonly widths = new Map<string, number>();
  private spots: Spot[] = [];
  private drawn: Drawn[] = [];
  private hatch: CanvasPattern | null = null;
  private hatchIsDark = false;
  private readonly areas = new AreaLayer();
  private readonly stamps = new Map<string, HTMLCanvasElement>();
  private readonly writing: CanvasRenderingContext2D;
  private ids = "";
  private names: Name[] = [];
  private namedIn = "";
  private namedOf = "";
  private later: ReturnType<typeof setTimeout> | undefined;

  /** Names have a canvas of their own: they stay while only holders change. */
  constructor(private readonly canvas: HTMLCanvasElement, private readonly labels: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    const writing = labels.getContext("2d");
    if (!context || !writing) throw new Error("no drawing in this browser");
    [this.context, this.writing] = [context, writing];
  }

  /** The places to draw, the least important first. */
  set(spots: Spot[]): void {
    const drawable = spots.filter((s) => s.place.latitude !== null && s.place.type !== "country");
    this.ids = drawable.map((s) => s.place.id).join();
    this.spots = drawable.sort((a, b) => a.place.size - b.place.size || a.place.claims - b.place.claims);
    for (const { place } of this.spots) {
      if (!this.ground.has(place.id)) {
        this.ground.set(place.id, mercator(place.longitude ?? 0, place.latitude ?? 0));
      }
    }
  }

  /** The areas of places, drawn under the markers in their holders' colours. */
  setAreas(areas: Area[]): void {
    this.areas.set(areas);
  }

  areaCount(): number {
    return this.areas.drawn;
  }

  draw(view: View, look: Look, chosen: string | null, hovered: string | null): void {
    const { canvas, context } = this;
    const ratio = sized(canvas, view);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    this.areas.draw(context, ratio, view, this.spots, look, this.hatching(look), chosen ?? hovered);
    this.place(view);
    for (const one of this.drawn) this.marker(one, look, ratio, one.spot.place.id === chosen, one.spot.place.id === hovered);
    this.name(view, look, ratio, chosen);
  }

  /** Places the names anew where the view is another. Where only places came or went, as they do
      while a slider moves, those that went lose their names at once, the others wait for a pause. */
  private name(view: View, look: Look, ratio: number, chosen: string | null): void {
    const seen = [view.x, view.y, view.world, view.width, view.height, ratio, look.ink, chosen].join();
    clearTimeout(this.later);
    if (seen === this.namedIn && this.ids === this.namedOf) return;
    const anew = () => {
      [this.namedIn, this.namedOf] = [seen, this.ids];
      this.names = this.placed(view, look, chosen);
      this.write(view, look, ratio);
    };
    if (seen !== this.namedIn) return anew();
    const here = new Set(this.drawn.map((d) => d.spot.place.id));
    const kept = this.names.filter((n) => here.has(n.id));
    if (kept.length < this.names.length) {
      this.names = kept;
      this.write(view, look, ratio);
    }
    this.later = setTimeout(anew, PAUSE);
  }

  private write(view: View, look: Look, ratio: number): void {
    const c = this.writing;
    sized(this.labels, view);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, view.width, view.height);
    c.lineJoin = "round";
    c.lineWidth = 3;
    c.strokeStyle = look.halo;
    for (const { font, text, x, y, fill } of this.names) {
      c.font = font;
      c.strokeText(text, x, y);
      c.fillStyle = fill;
      c.fillText(text, x, y);
    }
  }

  private place(view: View): void {
    this.drawn = [];
    const zoomed = Math.min(1.25, Math.max(0.8, Math.log2(view.world / 512) / 6));
    for (const spot of this.spots) {
      const at = this.ground.get(spot.place.id);
      if (!at) continue;
      const east = ((at[0] - view.x + 1.5) % 1) - 0.5;
      const x = east * view.world + view.width / 2;
      const y = (at[1] - view.y) * view.world + view.height / 2;
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
      this.drawn.push({ spot, x, y, radius: (RADIUS[spot.place.size] ?? 5) * zoomed });
    }
  }

  private marker(one: Drawn, look: Look, ratio: number, chosen: boolean, hovered: boolean): void {
    const c = this.context;
    if (chosen || hovered) {
      c.beginPath();
      c.arc(one.x, one.y, one.radius + 5, 0, 2 * Math.PI);
      c.lineWidth = chosen ? 3 : 2;
      c.strokeStyle = look.accent;
      c.stroke();
    }
    const stamp = this.stamp(one, look, ratio);
    const [wide, x, y] = [stamp.width / ratio, Math.round(one.x * ratio) / ratio, Math.round(one.y * ratio) / ratio];
    c.drawImage(stamp, x - wide / 2, y - wide / 2, wide, wide);
  }

  /** A marker as a picture, drawn once: hundreds look the same. */
  private stamp(one: Drawn, look: Look, ratio: number): HTMLCanvasElement {
    const { state, place } = one.spot;
    const sure = Math.round(Math.max(0, Math.min(1, (state.percent - 50) / 45)) * STEPS_OF_STRENGTH) / STEPS_OF_STRENGTH;
    const radius = one.radius * (place.size === 0 ? 0.85 : 1);
    const key = [state.holder, state.holder === null ? 0 : sure, state.contested, radius.toFixed(2), look.ink, ratio].join();
    const found = this.stamps.get(key);
    if (found) return found;
    const made = document.createElement("canvas");
    made.width = made.height = 2 * Math.ceil((radius * 1.25 + 4) * ratio);
    const c = made.getContext("2d");
    if (c) {
      c.setTransform(ratio, 0, 0, ratio, made.width / 2, made.height / 2);
      this.paint(c, look, state, sure, radius);
    }
    if (this.stamps.size >= MOST_STAMPS) this.stamps.clear();
    this.stamps.set(key, made);
    return made;
  }

  private paint(c: CanvasRenderingContext2D, look: Look, state: State, sure: number, radius: number): void {
    const side = state.holder === null ? undefined : look.sides.get(state.holder);
    const fill = side ? (look.dark ? side.on_dark : side.colour) : look.soft;
    outline(c, side?.shape ?? "circle", 0, 0, radius);
    c.lineWidth = 3.5;
    c.strokeStyle = look.halo;
    c.stroke();
    if (side) {
      c.fillStyle = look.halo;
      c.fill();
      c.globalAlpha = 0.25 + 0.75 * sure;
      c.fillStyle = fill;
      c.fill();
      c.globalAlpha = 1;
    } else {
      c.fillStyle = look.halo;
      c.fill();
    }
    if (state.contested) {
      c.fillStyle = this.hatching(look) ?? look.ink;
      c.fill();
    }
    c.setLineDash(side ? [] : [2.5, 2]);
    c.lineWidth = 1.6;
    c.strokeStyle = fill;
    c.stroke();
    c.setLineDash([]);
  }

  private hatching(look: Look): CanvasPattern | null {
    if (this.hatch && this.hatchIsDark === look.dark) return this.hatch;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 5;
    const t = tile.getContext("2d");
    if (!t) return null;
    t.strokeStyle = look.ink;
    t.lineWidth = 1.5;
    for (const shift of [-5, 0, 5]) {
      t.moveTo(shift, 5);
      t.lineTo(shift + 5, 0);
    }
    t.stroke();
    this.hatchIsDark = look.dark;
    this.hatch = this.context.createPattern(tile, "repeat");
    return this.hatch;
  }

  /** Names from the most important place down, where they cover neither names nor markers. */
  private placed(view: View, look: Look, chosen: string | null): Name[] {
    const c = this.writing;
    const found: Name[] = [];
    const taken = new Grid();
    for (const { x, y, radius } of this.drawn) taken.add(x - radius, y - radius, x + radius, y + radius);
    const order = [...this.drawn].reverse();
    const first = order.findIndex((d) => d.spot.place.id === chosen);
    if (first > 0) order.unshift(...order.splice(first, 1));
    let most = 160;
    for (const { spot: { place }, x, y, radius } of order) {
      const big = place.size === 3 || place.id === chosen;
      const name = place.name.length > 28 ? `${place.name.slice(0, 27)}…` : place.name;
      const text = place.size === 0 ? name.toUpperCase() : name;
      c.font = `${big ? 600 : place.size === 2 ? 500 : 400} ${big ? 14 : place.size ? 12 : 10}px system-ui, sans-serif`;
      const key = `${c.font}${text}`;
      let width = this.widths.get(key);
      if (width === undefined) this.widths.set(key, width = c.measureText(text).width);
      const gap = radius + 4;
      const spots: [number, number][] = [[x + gap, y + 4], [x - gap - width, y + 4],
        [x - width / 2, y + gap + 11], [x - width / 2, y - gap - 2]];
      const at = spots.find(([left, base]) => left > 2 && left + width < view.width - 2
        && taken.free(left - 2, base - 11, left + width + 2, base + 3));
      if (!at) continue;
      taken.add(at[0] - 2, at[1] - 11, at[0] + width + 2, at[1] + 3);
      found.push({ id: place.id, font: c.font, text, x: at[0], y: at[1], fill: place.size >= 2 ? look.ink : look.soft });
      if (--most === 0) break;
    }
    return found;
  }

  /** The place under a point, the nearest and most important; null where there is none. */
  at(x: number, y: number): Spot | null {
    let best: Drawn | null = null;
    let least = NEAR;
    for (const one of this.drawn) {
      const away = Math.hypot(one.x - x, one.y - y) - one.radius / 2;
      if (away <= least) [best, least] = [one, away];
    }
    return best?.spot ?? this.areas.at(this.context, x, y);
  }

  count(): number {
    return this.drawn.length;
  }
}

function outline(c: CanvasRenderingContext2D, shape: string, x: number, y: number, r: number): void {
  c.beginPath();
  const points: Record<string, [number, number][]> = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    triangle: [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
    diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
    wedge: [[0, 1.15], [1.1, -0.85], [-1.1, -0.85]],
  };
  const corners = points[shape];
  if (!corners) c.arc(x, y, r, 0, 2 * Math.PI);
  else corners.forEach(([dx, dy], i) => i ? c.lineTo(x + dx * r, y + dy * r) : c.moveTo(x + dx * r, y + dy * r));
  c.closePath();
}

/** Rectangles that are taken, found by cells of 64 pixels. */
class Grid {
  private readonly cells = new Map<number, [number, number, number, number][]>();

  private *keys(x0: number, y0: number, x1: number, y1: number): Generator<number> {
    for (let i = Math.floor(x0 / 64); i <= Math.floor(x1 / 64); i++) {
      for (let j = Math.floor(y0 / 64); j <= Math.floor(y1 / 64); j++) yield i * 4096 + j;
    }
  }

  add(x0: number, y0: number, x1: number, y1: number): void {
    for (const key of this.keys(x0, y0, x1, y1)) {
      const cell = this.cells.get(key);
      if (cell) cell.push([x0, y0, x1, y1]);
      else this.cells.set(key, [[x0, y0, x1, y1]]);
    }
  }

  free(x0: number, y0: number, x1: number, y1: number): boolean {
    for (const key of this.keys(x0, y0, x1, y1)) {
      for (const [a, b, c, d] of this.cells.get(key) ?? []) {
        if (a < x1 && c > x0 && b < y1 && d > y0) return false;
      }
    }
    return true;
  }
}
