// The sheet: pans and zooms the base map, and tells where a spot of it lies on the screen.
const data = JSON.parse(document.getElementById("data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

/** An element with attributes; text always goes in as text. */
function make(name, attributes = {}, ...children) {
  const svg = ["svg", "g", "path", "rect", "line", "text", "polygon"].includes(name);
  const element = svg ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Whether two boxes [left, top, right, bottom] share any of the screen. */
const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

const stage = {
  svg: byId("stage"),
  sheet: byId("sheet"),
  view: { x: 0, y: 0, k: 1 },
  width: 0,
  height: 0,
  moved: () => {},

  draw() {
    this.sheet.append(make("path", { class: "grid", d: data.grid }));
    for (const land of [...data.base].sort((a, b) => a.focus - b.focus)) {
      this.sheet.append(make("path", { class: land.focus ? "land focus" : "land", d: land.d }));
      if (!land.at) continue;
      const name = make("text", { class: "country" }, land.name);
      name.spot = land.at;
      byId("country-names").append(name);
    }
  },

  /** Screen position of a spot on the sheet. */
  screen([x, y]) {
    return [x * this.view.k + this.view.x, y * this.view.k + this.view.y];
  },

  measure() {
    const box = this.svg.getBoundingClientRect();
    [this.width, this.height] = [box.width, box.height];
  },

  /** Keeps what is in the middle there when the window changes; shows everything if it did before. */
  resize() {
    const { k, x, y } = this.view;
    const [width, height, all] = [this.width, this.height, this.all];
    this.measure();
    if (width === this.width && height === this.height) return;
    if (all) this.fit();
    else this.set(k, x + (this.width - width) / 2, y + (this.height - height) / 2);
    markers.arrange();
  },

  least() {
    const [width, height] = data.size;
    return Math.min(this.width / width, this.height / height);
  },

  fit() {
    const [width, height] = data.size;
    const k = this.least();
    this.set(k, (this.width - width * k) / 2, (this.height - height * k) / 2);
    this.all = true;
  },

  /** Sets the view, within what the sheet has: never smaller than half of everything. */
  set(k, x, y) {
    const fit = this.least();
    k = Math.min(Math.max(k, fit * 0.6), fit * 60);
    const [west, north, east, south] = data.box;
    const held = (value, low, high, room) =>
      (high - low) * k < room ? (room - (high + low) * k) / 2 : Math.min(-low * k, Math.max(room - high * k, value));
    this.all = false;
    this.view = { k, x: held(x, west, east, this.width), y: held(y, north, south, this.height) };
    this.sheet.setAttribute("transform", `translate(${this.view.x} ${this.view.y}) scale(${k})`);
    this.scale();
    this.moved();
  },

  /** Puts countries' names where they belong, save those that would cover something. */
  nameCountries(taken) {
    for (const name of byId("country-names").children) {
      const [x, y] = this.screen(name.spot);
      name.setAttribute("x", x);
      name.setAttribute("y", y);
      name.width ??= name.getBBox().width;
      const box = [x - name.width / 2, y - 13, x + name.width / 2, y + 4];
      name.setAttribute("visibility", taken.hits(box) ? "hidden" : "visible");
    }
  },

  zoom(factor, left = this.width / 2, top = this.height / 2) {
    const { k, x, y } = this.view;
    const fit = this.least();
    const to = Math.min(Math.max(k * factor, fit * 0.6), fit * 60);
    this.set(to, left - ((left - x) * to) / k, top - ((top - y) * to) / k);
  },

  pan(by, down) {
    this.set(this.view.k, this.view.x + by, this.view.y + down);
  },

  /** Brings a spot to the middle, and close enough to be told from its neighbours. */
  show(spot) {
    const k = Math.max(this.view.k, this.least() * 2.5);
    this.set(k, this.width / 2 - spot[0] * k, this.height / 2 - spot[1] * k);
  },

  /** Where buttons and the scale lie over the map: no name goes there. */
  furniture() {
    const stage = this.svg.getBoundingClientRect();
    return [...document.querySelectorAll(".zoom, .scale")].map((element) => {
      const box = element.getBoundingClientRect();
      return [box.left - stage.left, box.top - stage.top, box.right - stage.left, box.bottom - stage.top];
    });
  },

  scale() {
    const perPixel = data.km / this.view.k;
    const rough = perPixel * 110;
    const power = 10 ** Math.floor(Math.log10(rough));
    const km = [5, 2, 1].map((step) => step * power).find((step) => step <= rough) ?? power;
    byId("scale-text").textContent = km >= 1 ? `${km} km` : `${Math.round(km * 1000)} m`;
    byId("scale-bar").style.width = `${km / perPixel}px`;
  },

  listen() {
    const held = new Map();
    let travelled = 0;
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = this.svg.getBoundingClientRect();
      const lines = event.deltaMode === 1 ? 24 : 1;
      this.zoom(Math.exp(-event.deltaY * lines * 0.0022), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    this.svg.addEventListener("pointerdown", (event) => {
      held.set(event.pointerId, event);
      travelled = 0;
    });
    this.svg.addEventListener("pointermove", (event) => {
      const before = held.get(event.pointerId);
      if (!before) return;
      travelled += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
      if (travelled > 4 && !this.svg.hasPointerCapture(event.pointerId)) {
        this.svg.setPointerCapture(event.pointerId);
        this.svg.classList.add("dragging");
      }
      if (held.size === 2) this.pinch(held, event);
      else if (travelled > 4) this.pan(event.clientX - before.clientX, event.clientY - before.clientY);
      held.set(event.pointerId, event);
    });
    const drop = (event) => {
      held.delete(event.pointerId);
      this.svg.classList.remove("dragging");
    };
    this.svg.addEventListener("pointerup", drop);
    this.svg.addEventListener("pointercancel", drop);
    this.svg.addEventListener("click", (event) => {
      if (travelled > 4) event.stopPropagation();
    }, true);
    this.svg.addEventListener("keydown", (event) => this.key(event));
    byId("zoom-in").addEventListener("click", () => this.zoom(1.6));
    byId("zoom-out").addEventListener("click", () => this.zoom(1 / 1.6));
    byId("zoom-all").addEventListener("click", () => this.fit());
    new ResizeObserver(() => this.resize()).observe(this.svg);
  },

  pinch(held, event) {
    const other = [...held.values()].find((one) => one.pointerId !== event.pointerId);
    const before = held.get(event.pointerId);
    const box = this.svg.getBoundingClientRect();
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    this.zoom(apart(event) / apart(before), (event.clientX + other.clientX) / 2 - box.left,
      (event.clientY + other.clientY) / 2 - box.top);
  },

  key(event) {
    const acts = {
      ArrowLeft: () => this.pan(60, 0), ArrowRight: () => this.pan(-60, 0),
      ArrowUp: () => this.pan(0, 60), ArrowDown: () => this.pan(0, -60),
      "+": () => this.zoom(1.4), "=": () => this.zoom(1.4), "-": () => this.zoom(1 / 1.4), 0: () => this.fit(),
    };
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  },
};
