import localFont from 'next/font/local'

/** The text font. Its latin subset alone is preloaded; everything else is fetched when a page uses it. */
export const textFont = localFont({
  src: '../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  variable: '--font-text',
  weight: '200 900',
  display: 'swap',
  preload: true,
  adjustFontFallback: 'Arial',
})

/** The font of code, logs and commands. Ligatures are off (globals.css). */
export const codeFont = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--font-code',
  weight: '100 800',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
})
