import { defineConfig } from 'vite'

// esbuild compiles JSX by itself; no framework plugin is needed for a production bundle.
export default defineConfig({
  esbuild: { jsx: 'automatic' },
  build: {
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      // The component library marks its files for server frameworks, which there are none here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
  server: { proxy: { '/api': process.env.BACKEND ?? 'http://localhost:8080' } },
})
