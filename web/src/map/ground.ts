// The map's ground: countries from Natural Earth, drawn by MapLibre; nothing comes from outside
// unless a person chose a tile server.

import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl,
  type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlasUrl from "world-atlas/countries-50m.json?url";

setWorkerUrl(workerUrl);

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;

function style(tiles: string | null, colours: (name: string) => string): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      borders: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      ...(tiles ? { tiles: { type: "raster", tiles: [tiles], tileSize: 256 } } : {}),
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colours("--water") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colours("--land") } },
      ...(tiles ? [{ id: "tiles", type: "raster" as const, source: "tiles" }] : []),
      { id: "borders", type: "line", source: "borders",
        paint: { "line-color": colours("--border"), "line-width": 1.2 } },
    ],
  };
}

export function colours(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A map in `container` that shows `box` (west, south, east, north). */
export function ground(container: HTMLElement, box: [number, number, number, number],
  tiles: string | null): MapLibre {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new MapLibre({
    container, style: style(tiles, colours), bounds: box, fitBoundsOptions: { padding: 48, maxZoom: 8 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    maxZoom: 12, minZoom: 0.5, fadeDuration: 0, renderWorldCopies: true, localIdeographFontFamily: false,
    ...(still ? { reduceMotion: true } : {}),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl(), "bottom-left");
  map.addControl(new AttributionControl({
    compact: true, customAttribution: "Borders: Natural Earth. Places: GeoNames, CC BY 4.0." }));
  const atlas = fetch(atlasUrl).then((answer) => answer.json() as Promise<Atlas>);
  map.on("load", () => void atlas.then((world) => {
    source(map, "land", feature(world, world.objects.countries));
    source(map, "borders", { type: "Feature", properties: {}, geometry: mesh(world, world.objects.countries) });
  }));
  return map;
}

function source(map: MapLibre, name: string, data: GeoJSON.GeoJSON): void {
  const found = map.getSource(name);
  if (found && "setData" in found) (found as { setData(d: GeoJSON.GeoJSON): void }).setData(data);
}

/** Puts on the colours of the light or dark theme. */
export function paint(map: MapLibre): void {
  map.setPaintProperty("water", "background-color", colours("--water"));
  map.setPaintProperty("land", "fill-color", colours("--land"));
  map.setPaintProperty("borders", "line-color", colours("--border"));
}
