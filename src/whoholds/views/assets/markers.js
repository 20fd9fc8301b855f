// Markers and labels: shape and colour say who, strength how surely, hatching that it is fought over.
const CONTESTED = data.sides.length - 2;
const NONE = -1;
const RADIUS = [3.8, 5.4, 6.6, 8.6];
const SMALL = 560; // pixels of map width below which markers and names shrink

/** A state's colour, which follows the theme; nothing for unknown, contested and others. */
const colour = (state) => (data.sides[state]?.colours ? `var(--side-${state})` : "");

/** What is believed of a place at a step: holder, contested, chance of the holder or likeliest state. */
function believed(place, step) {
  const [holder, contested, ...chances] = place.rows[place.row[step]];
  const best = chances.reduce((most, chance, i) => (chance > chances[most] ? i : most), 0);
  const at = holder === NONE ? best : place.states.indexOf(holder);
  return { holder, contested: contested === 1, state: place.states[at] ?? NONE, chance: (chances[at] ?? 0) / 1000, chances };
}

/** The outline of a side's shape with radius r; unknown is a circle. */
function outline(shape, r) {
  const point = (x, y) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`;
  const corners = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
    wedge: [[0, 1.2], [-1.15, -0.85], [1.15, -0.85]],
    diamond: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  }[shape];
  if (corners) return `M${corners.map(([x, y]) => point(x, y)).join("L")}Z`;
  return `M${point(-1, 0)}A${r} ${r} 0 1 1 ${point(1, 0)}A${r} ${r} 0 1 1 ${point(-1, 0)}Z`;
}

/** How strongly a marker is filled: 0.35 where a side just reaches one half, 1 where it is sure. */
const strength = (chance) => Math.min(1, 0.35 + 1.3 * Math.max(0, chance - 0.5));

/** Gives a marker its looks; does nothing where it has them already. */
function dress(marker, seen, r) {
  const looks = `${seen.holder} ${seen.contested} ${seen.chance} ${r}`;
  if (marker.looks === looks) return;
  marker.looks = looks;
  const side = seen.holder === NONE ? null : data.sides[seen.holder];
  const d = outline(side?.shape, r);
  const [body, rim, cover] = [...marker.children].slice(-3);
  for (const part of [body, rim, cover]) part.setAttribute("d", d);
  marker.classList.toggle("unknown", side === null);
  marker.classList.toggle("contested", seen.contested);
  if (side) {
    body.setAttribute("fill-opacity", strength(seen.chance));
  } else body.removeAttribute("fill-opacity");
  body.style.fill = colour(seen.holder);
  rim.style.stroke = colour(seen.holder);
}

function markerParts(r) {
  const parts = ["body", "rim", "cover"].map((name) => make("path", { class: name }));
  return [make("path", { class: "ring", d: outline("circle", r + 4) }), ...parts];
}

/** A small marker for lists and the legend. */
function dot(seen) {
  const group = make("g", { class: "marker", transform: "translate(9 9)" }, ...markerParts(6).slice(1));
  const svg = make("svg", { class: "dot", "aria-hidden": "true" }, group);
  dress(group, seen, 6);
  return svg;
}

/** Boxes on the screen, in cells, so that each is compared with its neighbours only. */
class Boxes {
  cells = new Map();

  *around([left, top, right, bottom]) {
    const size = 48;
    for (let i = Math.floor(left / size); i <= Math.floor(right / size); i += 1)
      for (let j = Math.floor(top / size); j <= Math.floor(bottom / size); j += 1) yield i * 4096 + j;
  }

  add(box) {
    for (const key of this.around(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  hits(box) {
    let count = 0;
    for (const key of this.around(box))
      for (const other of this.cells.get(key) ?? []) count += overlap(box, other) ? 1 : 0;
    return count;
  }
}

const markers = {
  layer: byId("markers"),
  labels: byId("labels"),
  placed: [],
  chosen: null,

  draw(choose, hover) {
    data.places.forEach((place, index) => {
      place.index = index;
      if (!place.at) return;
      const r = RADIUS[place.size];
      const leader = make("path", { class: "leader" });
      const group = make("g", { class: "marker" }, ...markerParts(r));
      const label = make("text", { class: `label s${place.size}` }, place.name);
      for (const element of [group, label]) {
        element.addEventListener("click", () => choose(index));
        element.addEventListener("pointerenter", (event) => hover(place, event));
        element.addEventListener("pointerleave", () => hover(null));
      }
      this.placed.push({ place, group, label, leader, full: r, r, width: 0, height: 0 });
    });
    for (const one of this.placed) this.layer.append(one.leader);
    for (const one of [...this.placed].reverse()) this.layer.append(one.group);
    for (const one of this.placed) this.labels.append(one.label);
    this.measure();
  },

  /** Fits sizes to the screen. Names are measured off screen: reading sizes back from it is slow. */
  measure() {
    const factor = stage.width < SMALL ? 0.78 : 1;
    if (factor === this.factor) return;
    this.factor = factor;
    this.labels.classList.toggle("small", factor < 1);
    const ruler = document.createElement("canvas").getContext("2d");
    const fonts = [];
    for (const one of this.placed) {
      const style = (fonts[one.place.size] ??= getComputedStyle(one.label));
      ruler.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const area = one.place.size === 0;
      const name = area ? one.place.name.toUpperCase() : one.place.name;
      const wider = area ? name.length * parseFloat(style.letterSpacing) : 0;
      one.width = ruler.measureText(name).width + wider + 2;
      one.height = parseFloat(style.fontSize) * 1.24;
      one.r = one.full * factor;
    }
  },

  paint(step, changed) {
    for (const { place, group, full } of this.placed) {
      dress(group, believed(place, step), full);
      group.classList.toggle("changed", changed.has(place.index));
    }
  },

  choose(index) {
    this.chosen = index;
    for (const { place, group } of this.placed) group.classList.toggle("chosen", place.index === index);
    this.arrange();
  },

  /** Puts markers where they belong, and as many names as fit beside them without overlap. */
  arrange() {
    this.measure();
    const seen = [];
    for (const one of this.placed) {
      [one.x, one.y] = one.spot = stage.screen(one.place.at);
      const inside = one.x > -20 && one.y > -20 && one.x < stage.width + 20 && one.y < stage.height + 20;
      if (inside) seen.push(one);
      for (const element of [one.group, one.leader]) element.setAttribute("visibility", inside ? "visible" : "hidden");
      if (!inside) one.label.setAttribute("visibility", "hidden");
    }
    this.spread(seen);
    const taken = new Boxes();
    for (const box of stage.furniture()) taken.add(box);
    for (const one of seen) {
      const [x, y] = one.spot;
      one.group.setAttribute("transform", `translate(${one.x} ${one.y}) scale(${this.factor})`);
      const apart = Math.hypot(one.x - x, one.y - y) > one.r * 0.8;
      one.leader.setAttribute("d", apart ? `M${x} ${y}L${one.x} ${one.y}M${x - 1.5} ${y}h3` : "");
      taken.add([one.x - one.r - 1, one.y - one.r - 1, one.x + one.r + 1, one.y + one.r + 1]);
    }
    const first = seen.filter((one) => one.place.index === this.chosen);
    for (const one of [...first, ...seen.filter((other) => !first.includes(other))]) {
      const spot = this.room(one, taken);
      one.label.setAttribute("visibility", spot ? "visible" : "hidden");
      if (!spot) continue;
      taken.add(spot.box);
      one.label.setAttribute("x", spot.left);
      one.label.setAttribute("y", spot.base);
    }
    stage.nameCountries(taken);
  },

  /** Moves markers that cover each other apart, the lesser ones, by little more than they need. */
  spread(seen) {
    const cell = 24;
    const filled = new Map();
    const near = (one) => {
      const found = [];
      for (let i = -1; i <= 1; i += 1)
        for (let j = -1; j <= 1; j += 1)
          found.push(...(filled.get(`${Math.floor(one.x / cell) + i},${Math.floor(one.y / cell) + j}`) ?? []));
      return found;
    };
    for (const one of seen) {
      for (let round = 0; round < 4; round += 1) {
        const hit = near(one).find((other) => Math.hypot(one.x - other.x, one.y - other.y) < one.r + other.r + 1);
        if (!hit) break;
        const [by, down] = [one.x - hit.x, one.y - hit.y];
        const angle = Math.hypot(by, down) < 0.5 ? -Math.PI / 4 : Math.atan2(down, by);
        const away = one.r + hit.r + 2;
        one.x = hit.x + Math.cos(angle) * away;
        one.y = hit.y + Math.sin(angle) * away;
      }
      const key = `${Math.floor(one.x / cell)},${Math.floor(one.y / cell)}`;
      if (!filled.has(key)) filled.set(key, []);
      filled.get(key).push(one);
    }
  },

  /** The first spot around a marker where its name hits nothing; null for none. Capitals and the
      chosen place always get one: where it hurts least. */
  room(one, taken) {
    const { x, y, r, width, height, place } = one;
    const needed = place.size === 3 || place.index === this.chosen;
    let best = null;
    for (const gap of needed ? [r + 5, r + 16, r + 28] : [r + 5]) {
      const near = gap * 0.75;
      const [left, middle, top] = [x - gap - width, x - width / 2, y - gap - height];
      const spots = [
        [x + gap, y - height / 2], [left, y - height / 2], [middle, top], [middle, y + gap],
        [x + near, y - near - height * 0.8], [x + near, y + near - height * 0.2],
        [x - near - width, y - near - height * 0.8], [x - near - width, y + near - height * 0.2]];
      for (const [at, above] of spots) {
        const box = [at, above, at + width, above + height];
        if (box[0] < 2 || box[1] < 2 || box[2] > stage.width - 2 || box[3] > stage.height - 2) continue;
          const hits = taken.hits(box);
        const spot = { left: at, base: above + height * 0.79, box, hits };
        if (!hits) return spot;
        if (!best || hits < best.hits) best = spot;
      }
    }
    return needed ? best : null;
  },
};
