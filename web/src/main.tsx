// The shell: header, pages by address, live news.

import { render, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./style.css";
import type { Overview } from "./api";
import { A, Await, Title } from "./parts/basics";
import { forget, listen, useOverview } from "./data";
import { MapPage } from "./pages/map";
import { PlacePage } from "./pages/place";
import { useRoute } from "./route";

type Page = (props: { overview: Overview }) => JSX.Element;

const PAGES: [path: string, name: string | null, page: Page][] = [
  ["/", "Map", MapPage],
  ["/place", null, PlacePage],
];

function App(): JSX.Element {
  const { path } = useRoute();
  const overview = useOverview();
  const Found = PAGES.find(([at]) => at === path)?.[2];
  return (
    <>
      <a class="skip" href="#main">Skip to the page</a>
      <header class="top">
        <A to="/" class="brand" label="whoholds: the map">whoholds</A>
        <nav aria-label="Pages">
          {PAGES.filter(([, name]) => name !== null).map(([at, name]) =>
            <A key={at} to={at} current={at === path}>{name}</A>)}
        </nav>
        <ThemeButton />
      </header>
      <main id="main" class={path === "/" ? "wide" : undefined}>
        <Await of={overview}>{(known) => Found ? <Found overview={known} /> : <Title>There is no such page</Title>}</Await>
      </main>
    </>
  );
}

function ThemeButton(): JSX.Element {
  const [theme, set] = useState(localStorage.getItem("whoholds-theme") ?? "auto");
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    localStorage.setItem("whoholds-theme", theme);
    window.dispatchEvent(new Event("themechange"));
  }, [theme]);
  const next = { auto: "light", light: "dark", dark: "auto" }[theme] ?? "auto";
  return (
    <button type="button" class="theme" onClick={() => set(next)} aria-label={`Colours: ${theme}; change to ${next}`}>
      {theme === "auto" ? "◐" : theme === "light" ? "☀" : "☾"}
    </button>
  );
}

void listen((event) => {
  if (event === "changed") forget();
});
const app = document.getElementById("app");
if (app) render(<App />, app);
