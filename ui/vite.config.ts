import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

// Everything is a file of its own: the pages' Content-Security-Policy allows nothing inline.
export default defineConfig({
  plugins: [
    svelte(),
    // The service worker keeps the pages, never an answer of /api. main.ts registers it.
    VitePWA({
      injectRegister: false,
      manifest: false,
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,webmanifest}', 'words/*.json'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/safety/],
        globIgnores: ['safety/**'], // for those without an account: small enough to be fetched
        clientsClaim: true,
        skipWaiting: true,
        inlineWorkboxRuntime: true,
      },
    }),
  ],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
})
