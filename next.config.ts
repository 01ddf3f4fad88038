import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import { coreVersion } from './scripts/lib.mjs'

// Every answer carries these; pages add the Content-Security-Policy with its nonce in proxy.ts.
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Embedder-Policy', value: 'require-corp' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

const config: NextConfig = {
  poweredByHeader: false,
  images: { unoptimized: true }, // no picture is resized here, and nobody can ask for it
  reactStrictMode: true,
  devIndicators: false,
  // forbidden(): a page of its own, with status 403, for what a role does not include.
  experimental: { authInterrupts: true },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  // Reports are kept with the core that made them (lib/server/reports.ts): a changed core makes them again.
  env: { POSTERN_CORE_VERSION: coreVersion() },
  // libsql and the schema engine load native and WASM files that lie beside them.
  serverExternalPackages: [
    'libsql',
    '@libsql/client',
    '@prisma/adapter-libsql',
    '@prisma/adapter-pg',
    'pg',
    '@prisma/schema-engine-wasm',
    '@prisma/driver-adapter-utils',
  ],
  outputFileTracingRoot: import.meta.dirname,
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    // The address of a shared link is its key: no other page may learn it, and nothing may keep what it shows.
    // So is that of a link that sets a password.
    {
      source: '/:kind(s|link)/:path*',
      headers: [
        { key: 'Referrer-Policy', value: 'no-referrer' },
        { key: 'Cache-Control', value: 'no-store' },
      ],
    },
    // Framed by the page that makes a link, and by no other.
    {
      source: '/shares/preview/:path*',
      headers: [
        { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
        // A page without scripts of its own cannot have an opener policy.
        { key: 'Cross-Origin-Opener-Policy', value: 'unsafe-none' },
        { key: 'Referrer-Policy', value: 'no-referrer' },
        { key: 'Cache-Control', value: 'no-store' },
      ],
    },
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; sandbox" }],
    },
  ],
}

/** The built app needs no compiler for its texts: loading the plugin's costs the server memory. */
export default async function configFor(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER) return config
  const { default: createNextIntlPlugin } = await import('next-intl/plugin')
  return createNextIntlPlugin('./lib/i18n/request.ts')(config)
}
