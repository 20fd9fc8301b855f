// Joins the parts: the slider, playing, choosing a place, the address, the theme.
const last = data.steps.length - 1;
const slider = byId("slider");
const SHOW = 25_000; // milliseconds that playing the whole period takes, if steps allow
let playing = null;

function changedAt(step) {
  const changed = new Set();
  if (step > 0) {
    data.places.forEach((place, index) => {
      const holder = (at) => place.rows[place.row[at]][0];
      if (holder(step) !== holder(step - 1)) changed.add(index);
    });
  }
  return changed;
}

function goTo(step) {
  slider.value = step;
  const at = steps[step];
  if (at) {
    byId("now").replaceChildren(`${weekday.format(at)} ${shortDay.format(at)}`, make("small", {}, `${hour.format(at)} UTC, ${at.getUTCFullYear()}`));
    slider.setAttribute("aria-valuetext", `${weekday.format(at)} ${day.format(at)}, ${hour.format(at)} UTC`);
  }
  const changed = changedAt(step);
  markers.paint(step, changed);
  panel.paint(step, changed);
  remember();
}

function choose(index) {
  const left = markers.chosen;
  markers.choose(index);
  if (index === null) panel.close(left);
  else {
    panel.place(index);
    byId("detail").querySelector("h2").focus({ preventScroll: true });
    byId("detail").parentElement.scrollTop = 0;
    const spot = data.places[index].at;
    if (spot) {
      const [x, y] = stage.screen(spot);
      if (stage.width < SMALL || x < 40 || y < 40 || x > stage.width - 40 || y > stage.height - 40) stage.show(spot);
    }
  }
  remember();
}

/** Keeps step and place in the address, so that a view can be shared. */
function remember() {
  const parts = new URLSearchParams({ at: data.steps[Number(slider.value)] ?? "" });
  if (markers.chosen !== null) parts.set("place", data.places[markers.chosen].id);
  history.replaceState(null, "", `#${parts}`);
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const step = data.steps.indexOf(parts.get("at"));
  goTo(step < 0 ? last : step);
  const index = data.places.findIndex((place) => place.id === parts.get("place"));
  if (index >= 0) choose(index);
}

function hover(place, event) {
  const tip = byId("tip");
  tip.hidden = place === null;
  if (place === null) return;
  const seen = believed(place, Number(slider.value));
  const sure = seen.holder === NONE ? `likeliest: ${nameOf(seen.state)}, ${percent(seen.chance)}`
    : `${likelihood(seen.chance)}, ${percent(seen.chance)}`;
  tip.replaceChildren(make("b", {}, place.name), `${place.kind}`, make("br"), `${holderText(seen)} (${sure})`);
  const box = stage.svg.getBoundingClientRect();
  const left = Math.min(event.clientX - box.left + 14, stage.width - tip.offsetWidth - 8);
  const below = event.clientY - box.top + 16;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${below + tip.offsetHeight > stage.height ? below - tip.offsetHeight - 30 : below}px`;
}

function play(on) {
  clearInterval(playing);
  playing = null;
  byId("play").setAttribute("aria-pressed", String(on));
  byId("play").setAttribute("aria-label", on ? "Pause" : "Play");
  byId("play").firstElementChild.textContent = on ? "❚❚" : "▶";
  if (!on) return;
  if (Number(slider.value) >= last) goTo(0);
  playing = setInterval(() => {
    const next = Number(slider.value) + 1;
    if (next > last) play(false);
    else goTo(next);
  }, Math.min(900, Math.max(160, SHOW / (last + 1))));
}

/** Dates above the slider: as many as fit without touching. */
function ticks() {
  const width = byId("ticks").clientWidth;
  const every = Math.max(1, Math.ceil((last + 1) / Math.max(2, Math.floor(width / 64))));
  const shown = steps.map((at, i) => [at, i]).filter(([, i]) => i % every === 0);
  byId("ticks").replaceChildren(...shown.map(([at, i]) => {
    const tick = make("span", {}, shortDay.format(at));
    tick.style.left = `${last ? (i / last) * 100 : 50}%`;
    return tick;
  }));
}

function theme() {
  const wants = matchMedia("(prefers-color-scheme: dark)");
  const dress = (dark) => {
    document.documentElement.classList.toggle("dark", dark);
    data.sides.forEach(({ colours }, i) => {
      if (colours) document.documentElement.style.setProperty(`--side-${i}`, colours[dark ? 1 : 0]);
    });
  };
  dress(wants.matches);
  wants.addEventListener("change", () => dress(wants.matches));
  byId("theme").addEventListener("click", () => dress(!document.documentElement.classList.contains("dark")));
}

theme();
slider.max = Math.max(0, last);
slider.disabled = last < 1;
byId("play").disabled = last < 1;
stage.measure();
stage.draw();
markers.draw((index) => choose(index), hover);
panel.choose = choose;
panel.goTo = goTo;
panel.draw();
let waiting = false;
stage.moved = () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    markers.arrange();
  });
};
stage.fit();
stage.listen();
slider.addEventListener("input", () => {
  play(false);
  goTo(Number(slider.value));
});
byId("play").addEventListener("click", () => play(playing === null));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && markers.chosen !== null) choose(null);
});
new ResizeObserver(ticks).observe(byId("ticks"));
if (data.steps.length) recall();
markers.arrange();
