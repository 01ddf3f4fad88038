import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Namespace } from '@/lib/i18n/messages'

/** Hands the texts of some namespaces to client components: only those travel with the page. */
export async function ClientMessages({ use, children }: { use: readonly Namespace[]; children: ReactNode }) {
  const all = await getMessages()
  const messages = Object.fromEntries(use.map((name) => [name, all[name]]))
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>
}
