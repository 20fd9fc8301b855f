import { defineConfig } from "vite";

// Everything is bundled: the pages ask for nothing from outside.
export default defineConfig({
  build: {
    outDir: "../src/whoholds/web/static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy lets no data: script or style act
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8765" } },
});
