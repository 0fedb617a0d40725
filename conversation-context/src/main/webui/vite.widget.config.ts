import { defineConfig } from 'vite'

// The chat on businesses' pages: one small script under a name that stays, and the provider's client, loaded from beside it when a
// conversation begins.
export default defineConfig({
  base: './',
  build: {
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      input: 'src/widget/main.ts',
      output: {
        entryFileNames: 'widget/v1.js',
        chunkFileNames: 'widget/parts/[name]-[hash].js',
      },
    },
  },
})
