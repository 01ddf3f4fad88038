import type { ReactNode } from 'react'
import { Shell } from '@/app/shell'

import { sectionsFor } from '@/components/settings/sections'
import { SettingsNav } from '@/components/settings/settings-nav'
import { enter } from '@/lib/server/gate'

/** The frame of all settings. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await enter('self')
  return (
    <Shell>
      <div className="mx-auto max-w-app lg:flex lg:gap-8">
        <SettingsNav sections={sectionsFor(actor.permissions)} />
        <div className="min-w-0 flex-1">{children}</div>
      </div>
    </Shell>
  )
}
