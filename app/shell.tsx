import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { AppShell, type ShellAudit, type Theme, themes } from '@/components/shell'
import { setLocale, setTheme } from './preferences'

/** The colours this browser asked for. */
export async function currentTheme(): Promise<Theme> {
  const stored = (await cookies()).get('theme')?.value
  return themes.find((theme) => theme === stored) ?? 'system'
}

/** The frame of a page, with what only the server knows. Layouts of a section use it once. */
export async function Shell({ audit, children }: { audit?: ShellAudit; children: ReactNode }) {
  return (
    <AppShell audit={audit} theme={await currentTheme()} setTheme={setTheme} setLocale={setLocale}>
      {children}
    </AppShell>
  )
}
