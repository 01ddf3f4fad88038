import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { AppShell, type ShellAudit, type Theme, themes } from '@/components/shell'
import { currentActor } from '@/lib/server/gate'
import { setLocale, setTheme } from './preferences'
import { signOutAction } from './sign-in/actions'

/** The colours this browser asked for. */
export async function currentTheme(): Promise<Theme> {
  const stored = (await cookies()).get('theme')?.value
  return themes.find((theme) => theme === stored) ?? 'system'
}

/** The frame of a page, with what only the server knows. Layouts of a section use it once. */
export async function Shell({ audit, children }: { audit?: ShellAudit; children: ReactNode }) {
  const actor = await currentActor()
  const person = actor && { name: actor.name, email: actor.email, role: actor.role, may: [...actor.permissions] }
  return (
    <AppShell
      audit={audit}
      person={person}
      signOut={signOutAction}
      theme={await currentTheme()}
      setTheme={setTheme}
      setLocale={setLocale}
    >
      {children}
    </AppShell>
  )
}

/** The frame of pages for whoever is not signed in: nothing in it leads anywhere. */
export async function PublicShell({ children }: { children: ReactNode }) {
  return (
    <AppShell person={null} theme={await currentTheme()} setTheme={setTheme} setLocale={setLocale}>
      {children}
    </AppShell>
  )
}
