// The side panel: the balance of sides, what changed, the list of places, and one place in full.
const WORDS = [[0.05, "almost no chance"], [0.2, "very unlikely"], [0.45, "unlikely"], [0.55, "roughly even chance"],
  [0.8, "likely"], [0.95, "very likely"], [2, "almost certain"]];
const likelihood = (chance) => WORDS.find(([limit]) => chance < limit)[1];
const percent = (chance) => (chance > 0.99 ? ">99%" : chance < 0.01 ? "<1%" : `${Math.round(chance * 100)}%`);
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const nameOf = (state) => (state === NONE ? "unknown" : data.sides[state].name);
const holderText = (seen) =>
  `${nameOf(seen.holder)}${seen.contested && seen.holder !== NONE ? ", contested" : ""}`;

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const steps = data.steps.map((text) => new Date(text));

const MOST_CHANGES = 40; // rows: more than anybody reads at one step

const panel = {
  choose: () => {},
  goTo: () => {},
  step: 0,
  rows: [],

  draw() {
    byId("title").textContent = data.title;
    byId("known").textContent = data.known ? `As known at ${data.known}` : "";
    byId("known").hidden = !data.known;
    data.places.forEach((place, index) => {
      const row = this.row(place, index);
      row.key = plain(`${place.name} ${place.kind} ${place.country ?? ""}`);
      this.rows.push(row);
    });
    this.rows.sort((a, b) => a.place.name.localeCompare(b.place.name, "en"));
    byId("places").append(...this.rows.map((row) => row.item));
    byId("search").addEventListener("input", () => this.filter());
  },

  row(place, index) {
    const chance = make("span", { class: "chance" });
    const mark = make("span");
    const where = make("span", { class: "where" }, place.at ? place.kind : `${place.kind}, not drawn`);
    const button = make("button", { type: "button" }, mark, make("span", {}, place.name, where), chance);
    button.addEventListener("click", () => this.choose(index));
    return { item: make("li", {}, button), place, chance, mark };
  },

  filter() {
    const wanted = plain(byId("search").value.trim());
    for (const row of this.rows) row.item.hidden = !row.key.includes(wanted);
  },

  paint(step, changed) {
    this.step = step;
    for (const row of this.rows) {
      const seen = believed(row.place, step);
      const looks = `${seen.holder} ${seen.contested} ${seen.chance}`;
      if (row.looks === looks) continue;
      row.looks = looks;
      row.mark.replaceChildren(dot(seen));
      row.chance.textContent = `${holderText(seen)} ${seen.holder === NONE ? "" : percent(seen.chance)}`;
    }
    this.balance(step);
    this.changes(step, changed);
    if (markers.chosen !== null) this.place(markers.chosen);
  },

  balance(step) {
    const counts = new Map();
    let contested = 0;
    for (const place of data.places) {
      const seen = believed(place, step);
      counts.set(seen.holder, (counts.get(seen.holder) ?? 0) + 1);
      contested += seen.contested ? 1 : 0;
    }
    const order = [...counts.keys()].sort((a, b) => (a === NONE) - (b === NONE) || a - b);
    byId("balance").replaceChildren(...order.map((holder) => {
      const bar = make("i");
      bar.style.flexGrow = counts.get(holder);
      bar.style.background = colour(holder) || "var(--edge)";
      return bar;
    }));
    byId("balance").setAttribute("aria-label", order.map((h) => `${nameOf(h)}: ${counts.get(h)} places`).join("; "));
    const items = order.map((holder) => {
      const seen = { holder, contested: false, chance: 1 };
      return make("li", {}, dot(seen), `${nameOf(holder)} ${counts.get(holder)}`);
    });
    items.push(make("li", {}, dot({ holder: order[0], contested: true, chance: 1 }), `contested ${contested}`));
    items.push(make("li", { class: "note" }, "The fainter a marker, the less sure. Ringed: changed at this step. Small with spaced letters: an area."));
    byId("legend").replaceChildren(...items);
  },

  changes(step, changed) {
    byId("changes-title").textContent = step === 0 ? "" : `Changed since ${shortDay.format(steps[step - 1])}`;
    byId("changes-title").hidden = step === 0;
    byId("changes").hidden = step === 0;
    const items = [...changed].slice(0, MOST_CHANGES).map((index) => {
      const row = this.row(data.places[index], index);
      const seen = believed(data.places[index], step);
      const before = believed(data.places[index], step - 1);
      row.mark.append(dot(seen));
      row.chance.textContent = `${nameOf(before.holder)} → ${nameOf(seen.holder)}`;
      return row.item;
    });
    const more = changed.size - items.length;
    if (more > 0) items.push(make("li", {}, make("p", {}, `and ${more} more`)));
    byId("changes").replaceChildren(...(items.length ? items : [make("li", {}, make("p", {}, "Nothing."))]));
  },

  /** Back to the list, and to the place in it that was left. */
  close(left) {
    byId("detail").hidden = true;
    byId("overview").hidden = false;
    const row = this.rows.find((one) => one.place.index === left);
    row?.item.firstElementChild.focus({ preventScroll: false });
  },

  place(index) {
    const place = data.places[index];
    const seen = believed(place, this.step);
    const back = make("button", { type: "button", class: "back" }, "← All places");
    back.addEventListener("click", () => this.choose(null));
    const where = [place.kind, place.country, place.at ? null : "not drawn on the map"].filter(Boolean).join(", ");
    const answer = seen.holder === NONE ? "Unknown who holds it" : `Held by ${holderText(seen)}`;
    const surely = seen.holder === NONE
      ? `The likeliest is ${nameOf(seen.state)}: ${likelihood(seen.chance)}, ${percent(seen.chance)}`
      : `${likelihood(seen.chance)}, ${percent(seen.chance)}`;
    const asOf = `${weekday.format(steps[this.step])} ${day.format(steps[this.step])}, ${hour.format(steps[this.step])} UTC`;
    byId("detail").replaceChildren(
      back, make("h2", { class: "name", tabindex: "-1" }, place.name), make("p", { class: "where" }, where),
      make("p", { class: "answer" }, dot(seen), make("strong", {}, answer)),
      make("p", {}, `${surely[0].toUpperCase()}${surely.slice(1)}. ${asOf}.`),
      this.bars(place, seen), make("h2", {}, "Over time"), ...this.bands(place),
      make("h2", {}, place.claims.length ? "Who says so" : "Nobody says anything of this place"),
      ...place.claims.map((claim) => this.claim(claim)));
    byId("detail").hidden = false;
    byId("overview").hidden = true;
  },

  bars(place, seen) {
    const order = place.states.map((state, i) => [state, seen.chances[i]]).sort((a, b) => b[1] - a[1]);
    const cells = order.flatMap(([state, chance]) => {
      const fill = make("i", state === CONTESTED ? { class: "hatched" } : {});
      fill.style.width = `${chance / 10}%`;
      if (state !== CONTESTED) fill.style.background = colour(state) || "var(--unknown)";
      return [make("span", {}, nameOf(state)), make("span", { class: "bar" }, fill),
        make("span", { class: "num" }, percent(chance / 1000))];
    });
    return make("div", { class: "bars" }, ...cells);
  },

  /** Probability over time as stacked bands; a click goes to that moment. */
  bands(place) {
    const count = steps.length;
    if (count < 2) return [];
    const svg = make("svg", { class: "bands", viewBox: `0 0 ${count} 1000`, preserveAspectRatio: "none", role: "img",
      "aria-label": "Probability of each holder over time" });
    for (let at = 0, end; at < count; at = end) {
      end = at + 1;
      while (end < count && place.row[end] === place.row[at]) end += 1;
      let top = 0;
      place.states.forEach((state, i) => {
        const chance = place.rows[place.row[at]][2 + i];
        if (!chance) return;
        const band = make("rect", { x: at, y: top, width: end - at, height: chance });
        band.style.fill = colour(state) || (state === CONTESTED ? "var(--faint)" : "var(--edge)");
        svg.append(band);
        top += chance;
      });
    }
    const here = this.step + 0.5;
    svg.append(make("line", { class: "cursor", x1: here, x2: here, y1: 0, y2: 1000 }));
    svg.addEventListener("click", (event) => {
      const box = svg.getBoundingClientRect();
      this.goTo(Math.min(count - 1, Math.floor(((event.clientX - box.left) / box.width) * count)));
    });
    return [svg, make("div", { class: "bandticks" }, make("span", {}, shortDay.format(steps[0])),
      make("span", {}, shortDay.format(steps[count - 1])))];
  },

  claim(claim) {
    const pieces = claim.pieces.map(([text, marked]) => (marked ? make("mark", {}, text) : text));
    const published = make("p", { class: "facts" }, `Published ${claim.published}`);
    if (claim.url) {
      const link = make("a", { href: claim.url, rel: "noopener noreferrer", target: "_blank" }, "report");
      published.append(" (", link, ")");
    }
    const later = claim.time !== null && new Date(claim.time) > steps[this.step];
    if (later) published.append(", after the moment shown");
    if (claim.copy) published.append("; a copy, adds nothing");
    return make("article", { class: later ? "claim later" : "claim" },
      make("blockquote", {}, "“", ...pieces, "”"),
      ...claim.chains.map((chain) => make("p", { class: "chain" }, chain)), published,
      ...claim.says.map((says) => make("p", { class: "facts" }, says)));
  },
};
