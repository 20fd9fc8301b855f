// The map's ground: countries from Natural Earth, drawn on a canvas. It needs no WebGL, no worker
// and no glyphs, and nothing comes from outside unless a person chose a tile server.

import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlasUrl from "world-atlas/countries-50m.json?url";
import { mercator, type View } from "./markers";

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** Units of the whole world in which paths are kept. */
export const UNITS = 4096;

export interface Shape {
  name: string;
  path: Path2D;
  /** West, north, east, south, 0 to 1. */
  box: [number, number, number, number];
  /** Where the name goes and how wide the shape is there; null where it is too small. */
  label: [number, number, number] | null;
}

type Ring = GeoJSON.Position[];

function rings(geometry: GeoJSON.Geometry | null): Ring[] {
  if (geometry?.type === "Polygon") return geometry.coordinates;
  if (geometry?.type === "MultiPolygon") return geometry.coordinates.flat();
  return [];
}

/** Area (twice), centroid and width of a flat ring. */
function middle(points: [number, number][]): [number, number, number, number] {
  let [twice, x, y] = [0, 0, 0];
  points.forEach(([x0, y0], i) => {
    const [x1, y1] = points[(i + 1) % points.length] ?? [x0, y0];
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  const xs = points.map((p) => p[0]);
  return twice ? [Math.abs(twice), x / (3 * twice), y / (3 * twice), Math.max(...xs) - Math.min(...xs)] : [0, 0, 0, 0];
}

/** A shape of a GeoJSON geometry. */
export function shapeOf(name: string, geometry: GeoJSON.Geometry | null): Shape {
  const path = new Path2D();
  const box: Shape["box"] = [1, 1, 0, 0];
  let label: Shape["label"] = null;
  let largest = 1e-6; // of the world's square: smaller ones have no room for a name
  for (const ring of rings(geometry)) {
    const points = ring.map((p) => mercator(p[0] ?? 0, p[1] ?? 0));
    points.forEach(([x, y], i) => {
      if (i) path.lineTo(x * UNITS, y * UNITS);
      else path.moveTo(x * UNITS, y * UNITS);
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    });
    path.closePath();
    const [area, x, y, width] = middle(points);
    if (area > largest) [largest, label] = [area, [x, y, width]];
  }
  return { name, path, box, label };
}

let atlas: Promise<Shape[]> | undefined;

/** The world's countries, fetched once from this server. */
export function countries(): Promise<Shape[]> {
  atlas ??= fetch(atlasUrl).then((answer) => answer.json() as Promise<Atlas>).then((world) =>
    feature(world, world.objects.countries).features.map((f) => shapeOf(f.properties.name, f.geometry)));
  return atlas;
}

export interface Paper {
  water: string;
  land: string;
  border: string;
  name: string;
  halo: string;
}

export class Ground {
  private readonly context: CanvasRenderingContext2D;
  private readonly tiles: Tiles | null;

  constructor(private readonly canvas: HTMLCanvasElement, tiles: string | null, redraw: () => void) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("no drawing in this browser");
    this.context = context;
    this.tiles = tiles ? new Tiles(tiles, redraw) : null;
  }

  draw(view: View, shapes: Shape[], paper: Paper): void {
    const c = this.context;
    const ratio = sized(this.canvas, view);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = paper.water;
    c.fillRect(0, 0, view.width, view.height);
    c.lineJoin = "round";
    const unit = view.world / UNITS;
    const half = [view.width / 2 / view.world, view.height / 2 / view.world] as const;
    const seen = this.seen(view, shapes, half);
    const each = (paint: (shape: Shape) => void) => {
      for (const [shape, turn] of seen) {
        const left = view.width / 2 + (turn - view.x) * view.world;
        const top = view.height / 2 - view.y * view.world;
        c.setTransform(ratio * unit, 0, 0, ratio * unit, ratio * left, ratio * top);
        paint(shape);
      }
    };
    c.fillStyle = paper.land;
    each((shape) => c.fill(shape.path, "evenodd"));
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.tiles?.draw(c, view);
    c.strokeStyle = paper.border;
    c.lineWidth = 1.1 / unit;
    each((shape) => c.stroke(shape.path));
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!this.tiles) this.names(view, seen, paper);
  }

  /** The shapes in sight, and by how many worlds they are moved. */
  private seen(view: View, shapes: Shape[], half: readonly [number, number]): [Shape, number][] {
    const found: [Shape, number][] = [];
    for (const shape of shapes) {
      const [west, north, east, south] = shape.box;
      if (south < view.y - half[1] || north > view.y + half[1]) continue;
      for (const turn of [-1, 0, 1]) {
        if (east + turn >= view.x - half[0] && west + turn <= view.x + half[0]) found.push([shape, turn]);
      }
    }
    return found;
  }

  private names(view: View, seen: [Shape, number][], paper: Paper): void {
    const c = this.context;
    c.font = "600 11px system-ui, sans-serif";
    c.textAlign = "center";
    c.lineWidth = 3;
    for (const [shape, turn] of seen) {
      if (!shape.label) continue;
      const text = [...shape.name.toUpperCase()].join("\u200a");
      if (c.measureText(text).width > shape.label[2] * view.world * 0.8) continue;
      const x = view.width / 2 + (shape.label[0] + turn - view.x) * view.world;
      const y = view.height / 2 + (shape.label[1] - view.y) * view.world;
      c.fillStyle = paper.name;
      c.fillText(text, x, y);
    }
    c.textAlign = "start";
  }
}

/** Makes a canvas as large as the view; gives the device's pixels for one of ours. */
export function sized(canvas: HTMLCanvasElement, view: View): number {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  return ratio;
}

const MOST_TILES = 256;

/** Raster tiles of a server that a person chose. */
class Tiles {
  private readonly kept = new Map<string, HTMLImageElement>();

  constructor(private readonly address: string, private readonly redraw: () => void) {}

  draw(c: CanvasRenderingContext2D, view: View): void {
    const zoom = Math.max(0, Math.min(19, Math.round(Math.log2(view.world / 256))));
    const many = 2 ** zoom;
    const size = view.world / many;
    const left = view.x * many - view.width / 2 / size;
    const top = view.y * many - view.height / 2 / size;
    for (let i = Math.floor(left); i <= left + view.width / size; i++) {
      for (let j = Math.max(0, Math.floor(top)); j <= Math.min(many - 1, top + view.height / size); j++) {
        const image = this.image(zoom, ((i % many) + many) % many, j);
        if (image.complete && image.naturalWidth) c.drawImage(image, (i - left) * size, (j - top) * size, size + 0.5, size + 0.5);
      }
    }
  }

  private image(z: number, x: number, y: number): HTMLImageElement {
    const url = this.address.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
    let image = this.kept.get(url);
    if (!image) {
      image = new Image();
      image.onload = this.redraw;
      image.referrerPolicy = "no-referrer";
      image.src = url;
      this.kept.set(url, image);
      const oldest = this.kept.size > MOST_TILES ? this.kept.keys().next() : undefined;
      if (oldest && !oldest.done) this.kept.delete(oldest.value);
    }
    return image;
  }
}
