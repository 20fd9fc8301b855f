// The shell: header, pages by address, live news.

import { render, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./style.css";
import type { Overview } from "./api";
import { A, Await, Title } from "./parts/basics";
import { SignIn } from "./parts/signing";
import { forget, listen, useOverview } from "./data";
import { ChangesPage } from "./pages/changes";
import { DisputesPage } from "./pages/disputes";
import { ExitsPage } from "./pages/exits";
import { ForecastsPage } from "./pages/forecasts";
import { InboxPage } from "./pages/inbox";
import { MapPage, prefetchMap } from "./pages/map";
import { NumbersPage } from "./pages/numbers";
import { PlacePage } from "./pages/place";
import { ReportPage } from "./pages/report";
import { ReportsPage } from "./pages/reports";
import { ReviewPage } from "./pages/review";
import { SourcesPage } from "./pages/sources";
import { TimelinePage } from "./pages/timeline";
import { useRoute } from "./route";

type Page = (props: { overview: Overview }) => JSX.Element;

const PAGES: [path: string, name: string | null, page: Page][] = [
  ["/", "Map", MapPage],
  ["/changes", "Changes", ChangesPage],
  ["/timeline", "Timeline", TimelinePage],
  ["/disputes", "Disputes", DisputesPage],
  ["/exits", "Ways out", ExitsPage],
  ["/numbers", "Numbers", NumbersPage],
  ["/forecasts", "Forecasts", ForecastsPage],
  ["/sources", "Sources", SourcesPage],
  ["/reports", "Reports", ReportsPage],
  ["/review", "Review", ReviewPage],
  ["/inbox", "Inbox", InboxPage],
  ["/place", null, PlacePage],
  ["/report", null, ReportPage],
];

function App(): JSX.Element {
  const { path } = useRoute();
  const overview = useOverview();
  const [, redraw] = useState(0);
  useEffect(() => {
    const theme = window.matchMedia("(prefers-color-scheme: dark)");
    const again = () => redraw((n) => n + 1);
    theme.addEventListener("change", again);
    window.addEventListener("themechange", again);
    return () => {
      theme.removeEventListener("change", again);
      window.removeEventListener("themechange", again);
    };
  }, []);
  useEffect(() => document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }), [path]);
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
        <SignIn overview={overview.data} />
        <ThemeButton />
      </header>
      <main id="main" class={path === "/" ? "wide" : undefined}>
        <Await of={overview}>{(known) => !known.reports && path !== "/inbox" ? <Empty /> : Found ? <Found overview={known} /> : <Title>There is no such page</Title>}</Await>
      </main>
    </>
  );
}

function Empty(): JSX.Element {
  return (
    <>
      <Title>There is no report yet</Title>
      <p>Hand some in at the <A to="/inbox">inbox</A>, or on the command line: <code>whoholds read FILES</code></p>
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

let told: ReturnType<typeof setTimeout> | undefined;
void listen((event) => {
  if (event !== "changed" && event !== "reading") return;
  clearTimeout(told); // news come in bursts while an archive is read
  told = setTimeout(forget, 300);
});
prefetchMap(); // what the map is made of does not wait for what the ledger is called
const app = document.getElementById("app");
if (app) render(<App />, app);
