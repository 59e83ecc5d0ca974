import { defineConfig } from "vitest/config";

/** Where `npm run dev` sends API and hub requests: a platform started with `installer/lyceum up`. */
const platform = "http://127.0.0.1:8000";

export default defineConfig({
  base: "/panel/",
  // esbuild compiles TSX by itself; the React plugin would only add hot reload of components.
  esbuild: { jsx: "automatic" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0, // no data: address, so the content policy can stay strict
    rollupOptions: {
      // Libraries mark files with "use client" for frameworks that render on a server; we do not.
      onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
    },
  },
  server: { proxy: { "/api": platform, "/hub": platform } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    // Two cores: more workers would only take turns.
    maxWorkers: 2,
    minWorkers: 1,
  },
});
