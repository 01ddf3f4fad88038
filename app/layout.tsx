import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { RouteFocus } from '@/components/shell'
import { codeFont, textFont } from './fonts'
import './globals.css'
import { currentTheme } from './shell'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell')
  return {
    title: { default: t('title'), template: `%s · ${t('title')}` },
    description: t('tagline'),
    referrer: 'same-origin',
    robots: { index: false, follow: false },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1319' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the request makes every page dynamic: a nonce that is baked in at build time would be no nonce.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const theme = await currentTheme()
  return (
    <html
      lang={await getLocale()}
      data-theme={theme === 'system' ? undefined : theme}
      className={`${textFont.variable} ${codeFont.variable}`}
    >
      <head>{nonce && <meta property="csp-nonce" content={nonce} nonce={nonce} />}</head>
      <body>
        {children}
        <RouteFocus />
      </body>
    </html>
  )
}
