// Areas of places under their markers: filled in the colour of who holds them.

import type { Area } from "../api";
import { shapeOf, UNITS, type Shape } from "./ground";
import type { Look, Spot, View } from "./markers";

interface Drawn {
  spot: Spot;
  shape: Shape;
  /** From the shape's units to the canvas. */
  at: DOMMatrix;
}

export class AreaLayer {
  private shapes = new Map<string, Shape>();
  private shown: Drawn[] = [];

  set(areas: Area[]): void {
    this.shapes = new Map(areas.map((area): [string, Shape] =>
      [area.id, shapeOf("", { type: "MultiPolygon", coordinates: area.polygons })]));
  }

  get drawn(): number {
    return this.shown.length;
  }

  /** Draws the areas in sight, large ones first, so that what lies inside others is seen. */
  draw(c: CanvasRenderingContext2D, ratio: number, view: View, spots: Spot[], look: Look,
    hatch: CanvasPattern | null, marked: string | null): void {
    this.shown = [];
    if (!this.shapes.size) return;
    for (const spot of spots) {
      const shape = this.shapes.get(spot.place.id);
      if (shape) this.shown.push(...this.seen(spot, shape, ratio, view));
    }
    const size = ({ box: [west, north, east, south] }: Shape) => (east - west) * (south - north);
    this.shown.sort((a, b) => size(b.shape) - size(a.shape));
    for (const one of this.shown) this.one(c, ratio, view, one, look, hatch, one.spot.place.id === marked);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  private seen(spot: Spot, shape: Shape, ratio: number, view: View): Drawn[] {
    const [west, north, east, south] = shape.box;
    const half = [view.width / 2 / view.world, view.height / 2 / view.world] as const;
    if (south < view.y - half[1] || north > view.y + half[1]) return [];
    const unit = ratio * view.world / UNITS;
    return [-1, 0, 1].filter((turn) => east + turn >= view.x - half[0] && west + turn <= view.x + half[0])
      .map((turn) => ({ spot, shape, at: new DOMMatrix([unit, 0, 0, unit,
        ratio * (view.width / 2 + (turn - view.x) * view.world), ratio * (view.height / 2 - view.y * view.world)]) }));
  }

  private one(c: CanvasRenderingContext2D, ratio: number, view: View, one: Drawn, look: Look,
    hatch: CanvasPattern | null, marked: boolean): void {
    const { state } = one.spot;
    const side = state.holder === null ? undefined : look.sides.get(state.holder);
    const colour = side ? (look.dark ? side.on_dark : side.colour) : look.soft;
    c.setTransform(one.at);
    if (side) {
      c.globalAlpha = 0.12 + 0.3 * Math.max(0, Math.min(1, (state.percent - 50) / 45));
      c.fillStyle = colour;
      c.fill(one.shape.path, "evenodd");
      c.globalAlpha = 1;
    }
    if (state.contested && hatch) {
      hatch.setTransform(new DOMMatrix().multiply(one.at.inverse()).scale(ratio));
      c.globalAlpha = 0.45;
      c.fillStyle = hatch;
      c.fill(one.shape.path, "evenodd");
      c.globalAlpha = 1;
      hatch.setTransform(new DOMMatrix());
    }
    c.lineWidth = (marked ? 3 : 1.4) * UNITS / view.world;
    c.strokeStyle = marked ? look.accent : colour;
    c.setLineDash(side ? [] : [4 * UNITS / view.world, 3 * UNITS / view.world]);
    c.stroke(one.shape.path);
    c.setLineDash([]);
  }

  /** The smallest area under a point of the canvas. */
  at(c: CanvasRenderingContext2D, x: number, y: number): Spot | null {
    const ratio = window.devicePixelRatio || 1;
    for (const { spot, shape, at } of [...this.shown].reverse()) {
      c.setTransform(at);
      const inside = c.isPointInPath(shape.path, x * ratio, y * ratio, "evenodd");
      if (inside) return spot;
    }
    return null;
  }
}
